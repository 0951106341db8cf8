// The keyboard in the table: rows by Enter and arrows, repeats, moves, faults, save.

import { nextFault } from "./faults.js";
import { refresh } from "./live.js";
import {
  addRow, field, fill, focusOn, isBlank, keepOneBlank, moveRow, nameOf, rowOf, rows, setOpen, values,
} from "./rows.js";
import { isFresh, removeRow, undo } from "./undo.js";

const form = document.getElementById("day");
const NOT_REPEATED = ["tokens", "evidence_url"];

/** What a key does anywhere on the page; undefined where it does nothing. */
function pageKey(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.shiftKey && event.key.toLowerCase() === "s") {
    const save = form.querySelector('.bar [name="_save"]');
    return save ? () => form.requestSubmit(save) : undefined;
  }
  if (control && !event.shiftKey && event.key.toLowerCase() === "z" && isFresh()) return undo;
  if (event.key === "F8") return () => nextFault(event.shiftKey);
  return undefined;
}

/** What a key does in a row; undefined where it does what it does everywhere. */
function rowKey(event, row) {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Enter" && event.altKey && !event.isComposing) return () => toggle(row, event.target);
  if (key === "Enter" && isText(event.target) && !control) return undefined;
  if (key === "Enter" && !event.shiftKey && !event.isComposing) {
    return () => (control ? focusOn(addRow(row)) : nextRow(row));
  }
  if (key === "F2") return () => toggle(row, event.target);
  if (control && key === "Delete") return () => removeRow(row);
  if (control && key === "d") return () => (event.shiftKey ? repeatRow(row) : repeatCell(row, event.target));
  if (event.altKey && key === "ArrowUp") return () => shift(row, -1, event.target);
  if (event.altKey && key === "ArrowDown") return () => shift(row, 1, event.target);
  return undefined;
}

/** Whether Enter belongs to the field: several lines are typed into it. */
const isText = (field) => field.matches("tr.further textarea");

function nextRow(row) {
  const all = rows();
  focusOn(all[all.indexOf(row) + 1] ?? (isBlank(row) ? row : addRow(row)));
}

function toggle(row, target) {
  const open = !row.querySelector(".opener").checked;
  setOpen(row, open);
  if (open) row.querySelector("tr.further input, tr.further select").focus();
  else if (target.closest("tr.further")) focusOn(row);
}

function repeatCell(row, target) {
  const all = rows();
  const above = all[all.indexOf(row) - 1];
  if (above && target.name) fill(row, { [nameOf(target)]: field(above, nameOf(target)).value });
}

function repeatRow(row) {
  const all = rows();
  const blank = isBlank(row);
  const source = blank ? all[all.indexOf(row) - 1] : row;
  if (!source) return;
  const wanted = values(source);
  NOT_REPEATED.forEach((name) => delete wanted[name]);
  const target = blank ? row : addRow(row);
  fill(target, wanted);
  keepOneBlank();
  refresh();
  focusOn(target);
}

function shift(row, by, target) {
  moveRow(row, rows().indexOf(row) + by);
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}

function vertical(event, row) {
  if (isText(event.target)) return;
  const all = rows();
  const next = all[all.indexOf(row) + (event.key === "ArrowUp" ? -1 : 1)];
  const name = nameOf(event.target);
  if (!next || !event.target.closest("tr.line") || event.target.matches(".position")) return;
  if (event.target.tagName !== "TEXTAREA" || isOneLine(event.target)) {
    event.preventDefault();
    focusOn(next, name);
    return;
  }
  // In a text of several lines the arrow first moves within it; where it cannot, it leaves the row.
  const before = event.target.selectionStart;
  requestAnimationFrame(() => {
    if (document.activeElement === event.target && event.target.selectionStart === before) focusOn(next, name);
  });
}

function isOneLine(text) {
  const style = getComputedStyle(text);
  return text.scrollHeight - parseFloat(style.paddingTop) * 2 < parseFloat(style.lineHeight) * 1.9;
}

function onKey(event) {
  const row = rowOf(event.target);
  const act = pageKey(event) ?? (row && rowKey(event, row));
  if (act) {
    event.preventDefault();
    act();
  } else if (row && /^Arrow(?:Up|Down)$/.test(event.key) && !event.shiftKey && !event.ctrlKey && !event.altKey) {
    vertical(event, row);
  }
}

document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented) onKey(event);
});
