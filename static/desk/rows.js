// The rows of a day's form: found, made, filled, moved, removed and brought back.

import { followRows } from "./references.js";

const table = document.getElementById("rows");
const pattern = document.getElementById("pattern");
const UNTOUCHED = /-(?:id|position|remove|choice)$/;

/** All rows that stay, in the order shown; a blank one to type into is among them. */
export const rows = () => [...table.querySelectorAll("tbody.task:not(.removed)")];

/** The row an element is in, null outside of rows. */
export const rowOf = (element) => element?.closest("tbody.task") ?? null;

/** A field of a row by the name it has in the form. */
export const field = (row, name) => row.querySelector(`[name="${row.dataset.prefix}-${name}"]`);

/** The name a field has in its row: "human_hours". */
export const nameOf = (input) => input.name.replace(/^tasks-\w+?-/, "");

const content = (row) =>
  [...row.querySelectorAll("input[name], textarea[name], select[name]")].filter(
    (input) => !UNTOUCHED.test(input.name),
  );

/** Whether nothing was typed into a row; a stored task is never blank. */
export function isBlank(row) {
  if (field(row, "id").value) return false;
  return content(row).every((input) =>
    input.name.endsWith("_source") ? input.value === "declared" : !input.value.trim(),
  );
}

/** The lowest number above those of all rows, removed ones included. */
const nextNumber = () =>
  Math.max(-1, ...[...table.tBodies].map((body) => Number(body.dataset.prefix?.slice(6)))) + 1;

/** A new blank row after another one, at the end without one; `number` is what its fields are named by. */
export function addRow(after = null, number = nextNumber()) {
  const holder = document.createElement("table");
  holder.innerHTML = pattern.innerHTML.replaceAll("__row__", String(number));
  const row = holder.tBodies[0];
  prepare(row);
  if (after) after.after(row);
  else table.append(row);
  renumber();
  return row;
}

/** Leave the fields that matter in the order of Tab; the others have keys of their own. */
export function prepare(row) {
  for (const input of row.querySelectorAll(".position, .opener, .remover")) input.tabIndex = -1;
}

/** Write 1, 2, 3 into the position fields of the rows that stay. */
export function renumber() {
  rows().forEach((row, i) => {
    field(row, "position").value = i + 1;
  });
  followRows([...table.querySelectorAll("tbody.task")], rows());
}

/** One blank row at the end, and only one there. */
export function keepOneBlank() {
  const all = rows();
  let last = all.length;
  while (last > 0 && isBlank(all[last - 1])) last -= 1;
  all.slice(last + 1).forEach((row) => !row.contains(document.activeElement) && row.remove());
  if (last === all.length) addRow();
  renumber();
  const shown = rows();
  shown.forEach((row) => {
    field(row, "remove").hidden = row === shown.at(-1);
  });
}

/** Move a row to a place among the others, counted from 0; the blank row at the end stays there. */
export function moveRow(row, place) {
  const others = rows().filter((other) => other !== row);
  if (others.length && isBlank(others.at(-1))) others.pop();
  const at = Math.max(0, Math.min(place, others.length));
  if (at < others.length) others[at].before(row);
  else others.at(-1)?.after(row);
  renumber();
  tell(row);
}

/** Say that a row was changed by other means than typing, so that leaving the page asks first. */
function tell(row) {
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The values of a row by field name. */
export function values(row) {
  return Object.fromEntries(content(row).map((input) => [nameOf(input), input.value]));
}

/** Type values into a row's fields and tell whoever follows them. */
export function fill(row, wanted) {
  for (const [name, value] of Object.entries(wanted)) {
    const input = field(row, name);
    if (!input || input.value === value) continue;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Mark a row for removal and hide it, or bring it back. */
export function setRemoved(row, removed) {
  field(row, "remove").checked = removed;
  row.classList.toggle("removed", removed);
  renumber();
  tell(row);
}

/** Show or hide the fields behind a row. */
export function setOpen(row, open) {
  row.querySelector(".opener").checked = open;
}

/** Put the cursor into a field of a row, its text by default. */
export function focusOn(row, name = "description") {
  const input = field(row, name) ?? field(row, "description");
  if (input.closest("tr.further")) setOpen(row, true);
  input.focus();
  if (input.select && input.tagName === "INPUT") input.select();
  row.scrollIntoView({ block: "nearest" });
}

/** Give tokens a column of their own once a task has some. */
export function showTokens() {
  if (table.classList.contains("has-tokens")) return;
  if (!rows().some((row) => field(row, "tokens").value.trim())) return;
  table.classList.add("has-tokens");
  const focused = document.activeElement;
  for (const body of [...table.querySelectorAll("tbody.task"), pattern.content.firstElementChild]) {
    body.querySelector("td.c-tokens").append(body.querySelector('[name$="-tokens"]'));
    body.querySelector(".tokens-slot").remove();
  }
  focused?.focus();
}
