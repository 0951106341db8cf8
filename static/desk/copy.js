// Copy buttons: the text they copy stands beside them, and can be copied by hand without this.

async function copy(text) {
  text.select();
  // A page that came without https has no clipboard of its own.
  if (navigator.clipboard) await navigator.clipboard.writeText(text.value);
  else document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.copies));
    button.parentElement.querySelector('[role="status"]').textContent = "Copied.";
  });
}
