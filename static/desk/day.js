// The day's form: what happens when something is typed, and the parts that do the rest.

import "./drag.js";
import "./earlier.js";
import { setFault, setHint } from "./faults.js";
import "./keys.js";
import { restoreCursor } from "./keep.js";
import { check, refresh, refreshRow, remark } from "./live.js";
import "./paste.js";
import { keepOneBlank, moveRow, nameOf, prepare, rowOf, rows, showTokens } from "./rows.js";
import "./tags.js";
import { offerRescue } from "./rescue.js";
import { removeRow } from "./undo.js";

const form = document.getElementById("day");
const canGrow = CSS.supports("field-sizing", "content");

function grow(text) {
  if (canGrow || !text.matches(".c-text textarea")) return;
  text.style.height = "auto";
  text.style.height = document.activeElement === text ? `${text.scrollHeight}px` : "";
}

function onInput({ target }) {
  const row = rowOf(target);
  if (!row || !target.name || target.matches(".position, .remover")) return;
  if (target.dataset.duration) check(target, false);
  else setFault(target, "");
  if (nameOf(target) === "human_hours") setHint(row, "");
  grow(target);
  keepOneBlank();
  refreshRow(row);
}

function onChange({ target }) {
  const row = rowOf(target);
  if (!row) return;
  if (target.matches(".position")) {
    const wanted = Number.parseInt(target.value, 10);
    moveRow(row, Number.isNaN(wanted) ? rows().indexOf(row) : wanted - 1);
    target.focus();
  } else if (target.matches(".remover") && target.checked) removeRow(row);
  if (target.dataset.duration) {
    check(target, true);
    remark(row);
  }
  if (nameOf(target) === "tokens") showTokens();
  refreshRow(row);
}

document.documentElement.classList.add("with-script");
document.querySelectorAll("#rows tbody.task").forEach(prepare);
form.addEventListener("input", onInput);
form.addEventListener("change", onChange);
form.addEventListener("focusin", ({ target }) => grow(target));
form.addEventListener("focusout", ({ target }) => grow(target));
keepOneBlank();
refresh();
restoreCursor();
offerRescue(refresh);
