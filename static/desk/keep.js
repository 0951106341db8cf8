// Nothing typed is lost: leaving asks first, and after a save the cursor stands where it stood.

import { focusOn, nameOf, rowOf, rows } from "./rows.js";

const form = document.getElementById("day");
const KEY = "desk-cursor";
const AGAIN = 3000; // milliseconds in which a second save is the same key pressed twice
let sent = -AGAIN;
let changed = Boolean(form.querySelector('[aria-invalid="true"]'));

form.addEventListener("input", () => {
  changed = true;
});

form.addEventListener("submit", (event) => {
  if (event.timeStamp - sent < AGAIN) {
    event.preventDefault();
    return;
  }
  sent = event.timeStamp;
  changed = false;
  const row = rowOf(document.activeElement);
  const cursor = row && { place: rows().indexOf(row), name: nameOf(document.activeElement) };
  sessionStorage.setItem(KEY, JSON.stringify(cursor));
});

addEventListener("pageshow", () => {
  sent = -AGAIN;
});

addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

/** Put the cursor where it stood before the save, or into the row the address names. */
export function restoreCursor() {
  const cursor = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const named = location.hash.startsWith("#task-") && document.getElementById(location.hash.slice(1));
  if (named) focusOn(named);
  else if (cursor && rows()[cursor.place]) focusOn(rows()[cursor.place], cursor.name);
  else if (!form.querySelector(".faultnote:not(#kept)")) {
    const blank = rows()[rows().length - 1];
    if (rows().length === 1) focusOn(blank);
  }
}
