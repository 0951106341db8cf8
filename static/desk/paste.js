// Rows of a spreadsheet, or quick lines, pasted into the text of a row fill rows; so does the log of a record,
// which the server reads.

import { setFault, setHint } from "./faults.js";
import { refresh } from "./live.js";
import { bestOf, looksLikeRecord } from "./pasted.js";
import { isRows, rowsFromPaste } from "./quicklines.js";
import { addRow, field, fill, focusOn, isBlank, keepOneBlank, rowOf, setRemoved, values } from "./rows.js";
import { offerUndo } from "./undo.js";

const form = document.getElementById("day");
const categories = JSON.parse(form.dataset.categories);
const keys = JSON.parse(form.dataset.categoryKeys);
const lengths = [form.dataset.hoursPerDay, form.dataset.hoursPerWeek];

const hasFigures = (row) => Boolean(row.category || row.human_hours || row.agent_minutes);

function onPaste(event) {
  const row = rowOf(event.target);
  if (!row || event.target.name !== `${row.dataset.prefix}-description`) return;
  const best = bestOf(event.clipboardData);
  if (looksLikeRecord(best)) {
    event.preventDefault();
    readRecord(row, best, event.clipboardData.getData("text/plain"));
    return;
  }
  const text = event.clipboardData.getData("text/plain");
  const pasted = rowsFromPaste(text, categories, lengths);
  const oneLine = !isRows(text);
  if (!pasted.length || (oneLine && !(event.target.value === "" && hasFigures(pasted[0])))) return;
  event.preventDefault();
  fillRows(row, pasted.map(asTyped));
}

/** Rows as the server reads them; where it cannot, or cannot be asked, each line is one. */
async function readRecord(row, text, plain) {
  setHint(row, "Reading what was pasted…");
  const read = await rowsOf(text);
  setHint(row, "");
  fillRows(row, read.length ? read : rowsFromPaste(plain, categories, lengths).map(asTyped));
}

async function rowsOf(text) {
  const body = new FormData();
  body.append("text", text);
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.paste, { method: "POST", body, headers }).catch(() => null);
  const isRead = answer?.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
  return isRead ? (await answer.json()).rows : [];
}

function asTyped({ text, category, ...figures }) {
  return { ...figures, description: text, category: keys[category] ?? "" };
}

function fillRows(start, pasted) {
  const before = values(start);
  const filled = [];
  let row = start;
  pasted.forEach((wanted, i) => {
    if (i > 0 || !isBlank(start)) row = addRow(row);
    filled.push(row);
    fillRow(row, wanted);
  });
  const count = filled.length;
  offerUndo(`${count} row${count === 1 ? "" : "s"} pasted.`, () => takeBack(filled, start, before));
  keepOneBlank();
  refresh();
  focusOn(row);
}

function fillRow(row, { fault, ...typed }) {
  fill(row, typed);
  if (fault) setFault(field(row, "description"), fault);
}

function takeBack(filled, start, before) {
  for (const row of filled) {
    setFault(field(row, "description"), "");
    if (row === start) fill(row, before);
    else setRemoved(row, true);
  }
  focusOn(start);
}

form.addEventListener("paste", onPaste);
