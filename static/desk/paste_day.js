// A pasted day being mended: what differs here from the form of a day.

import { nextFault } from "./faults.js";
import { arrived, keep } from "./pasted.js";
import { field, fill, focusOn, rowOf } from "./rows.js";

const form = document.getElementById("day");
const text = document.getElementById("id_text");

/** Type one way to read a line into its row. */
function choose(radio) {
  const row = rowOf(radio);
  const { place, ...typed } = JSON.parse(radio.dataset.typed);
  field(row, "applied").value = radio.value;
  fill(row, typed);
  focusOn(row);
}

arrived();
form.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) keep(form, event.submitter);
});
form.addEventListener("change", ({ target }) => {
  if (target.matches(".readings input[type=radio]")) choose(target);
});
// What was told of a row was told before this was typed.
form.addEventListener("input", ({ target }) => rowOf(target)?.classList.add("touched"));
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('#pasted-text [name="_read"]'));
});
if (document.activeElement === document.body) nextFault();
