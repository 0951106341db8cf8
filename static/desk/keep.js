// Nothing typed is lost: leaving asks first, and after a save the page stands where it stood.

import { focusOn, nameOf, rowOf, rows } from "./rows.js";

const form = document.getElementById("day");
const KEY = "desk-cursor";
const AGAIN = 3000; // milliseconds in which a second save is the same key pressed twice
const LEADS_AWAY = ["_publish", "_preview"];
let sent = -AGAIN;
const TYPED = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea";

/** Whether something was typed before the scripts were there, or put back by the browser. */
export const wasTyped = [...form.querySelectorAll(TYPED)].some((input) => input.value !== input.defaultValue);

let changed =
  wasTyped || "unsaved" in form.dataset || Boolean(form.dataset.changed || form.querySelector('[aria-invalid="true"]'));

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
  if (!LEADS_AWAY.includes(event.submitter?.name)) sessionStorage.setItem(KEY, JSON.stringify(cursor()));
});

addEventListener("pageshow", () => {
  sent = -AGAIN;
});

addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

/** Where the cursor stands: in a row by its place, since a new row gets another name, elsewhere by name. */
function cursor() {
  const input = document.activeElement;
  const row = rowOf(input);
  const place = row ? { place: rows().indexOf(row), name: nameOf(input) } : { field: input.name };
  return { ...place, at: input.matches("textarea") ? input.selectionStart : null, top: scrollY };
}

function putBack({ place, name, field, at, top }) {
  scrollTo(0, top);
  const input = form.elements[field];
  if (rows()[place]) focusOn(rows()[place], name);
  else if (input?.matches?.("input, select, textarea")) input.focus();
  if (at !== null && document.activeElement.matches("textarea")) document.activeElement.setSelectionRange(at, at);
}

/** Put the cursor where it stood before the save, into the row the address names, or at a fault above all rows. */
export function restoreCursor() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const named = location.hash.startsWith("#task-") && document.getElementById(location.hash.slice(1));
  // The bar leads to faults in rows; one outside of them must not stay out of sight.
  const outside = [...form.querySelectorAll('[aria-invalid="true"]')].find((input) => !rowOf(input));
  // Whoever was faster than the scripts types where they are.
  if (document.activeElement !== document.body) return;
  if (named) focusOn(named);
  else if (outside) outside.focus();
  else if (kept) putBack(kept);
  else if (rows().length === 1 && !form.querySelector(".faultnote:not(#kept)")) focusOn(rows()[0]);
}
