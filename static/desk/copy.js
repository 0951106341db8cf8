// Copy buttons: the text they copy stands beside them, and can be copied by hand without this.

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(text.value);
    button.parentElement.querySelector('[role="status"]').textContent = "Copied.";
  });
}
