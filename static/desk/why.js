// Why public figures change: one key for each of the usual reasons.

const why = document.getElementById("why");
const buttons = [...why.querySelectorAll('button[name="why"]')];

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const button = buttons[Number(event.key) - 1];
  if (button) {
    event.preventDefault();
    button.click();
  }
}

document.addEventListener("keydown", onKey);
buttons[0].focus();
