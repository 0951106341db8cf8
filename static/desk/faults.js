// Faults beside their fields, in the words of the server, and the way from one to the next.

import { focusOn, nameOf, rowOf, setOpen } from "./rows.js";

/** Show a fault under the row of a field; an empty text takes it away. */
export function setFault(input, text) {
  const list = rowOf(input).querySelector("tr.faults ul");
  const id = `${input.id}_error`;
  let item = document.getElementById(id);
  if (!text) item?.remove();
  else {
    if (!item) {
      item = document.createElement("li");
      item.id = id;
      item.dataset.field = nameOf(input);
      list.append(item);
    }
    item.textContent = text;
  }
  mark(input, text ? id : "");
  list.closest("tr").hidden = !list.children.length;
}

/** A word under a row that is no fault, such as the hours of earlier tasks; one of each kind. */
export function setHint(row, text, kind = "") {
  const list = row.querySelector("tr.faults ul");
  list.querySelector(kind ? `.hint.${kind}` : ".hint:not(.unusual)")?.remove();
  if (text) {
    const item = document.createElement("li");
    item.className = `hint ${kind}`.trim();
    item.textContent = text;
    list.append(item);
  }
  list.closest("tr").hidden = !list.children.length;
}

function mark(input, id) {
  if (id) {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
  } else {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

/** The fields that have a fault, in the order of the page; those of removed rows aside. */
export function faulty() {
  const all = document.querySelectorAll('#day [aria-invalid="true"]');
  return [...all].filter((input) => !input.closest(".removed"));
}

/** Go to the next fault after the cursor, round and round; backwards when told so. */
export function nextFault(backwards = false) {
  const all = faulty();
  if (backwards) all.reverse();
  const here = document.activeElement;
  const direction = backwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const next = all.find((input) => here.compareDocumentPosition(input) & direction) ?? all[0];
  if (!next) return;
  const row = rowOf(next);
  if (row) {
    if (next.closest("tr.further")) setOpen(row, true);
    focusOn(row, nameOf(next));
  } else next.focus();
}
