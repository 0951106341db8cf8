// What was removed or pasted last can be taken back.

import { refresh } from "./live.js";
import { field, focusOn, isBlank, keepOneBlank, rows, setRemoved } from "./rows.js";

const place = document.getElementById("undo");
const steps = [];
let fresh = false;

/** Offer to take a step back: what was done in words, and how to undo it. */
export function offerUndo(words, undo) {
  steps.push({ words, undo });
  fresh = true;
  show();
}

/** Whether a step was the last thing done: once something is typed, Ctrl+Z is about the typing again. */
export const isFresh = () => fresh && steps.length > 0;

/** Take the latest step back. */
export function undo() {
  const step = steps.pop();
  step?.undo();
  keepOneBlank();
  refresh();
  show();
}

function show() {
  const last = steps[steps.length - 1];
  place.hidden = !last;
  place.querySelector("span").textContent = last ? last.words : "";
}

/** Remove a row, leave an Undo, and put the cursor into the row that takes its place. */
export function removeRow(row) {
  const all = rows();
  const place = all.indexOf(row);
  if (row === all.at(-1) && isBlank(row)) return; // the one to type into: there is nothing to take away
  setRemoved(row, true);
  offerUndo(`Task ${place + 1} removed.`, () => {
    setRemoved(row, false);
    focusOn(row);
  });
  keepOneBlank();
  refresh();
  focusOn(rows()[Math.min(place, rows().length - 1)]);
}

place.querySelector("button").addEventListener("click", undo);
document.addEventListener("input", (event) => {
  if (event.isTrusted) fresh = false;
});
