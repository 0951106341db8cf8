// Typing a name seen before offers earlier tasks: they bring text and category, never minutes.

import { setHint } from "./faults.js";
import { field, fill, focusOn, nameOf, rowOf } from "./rows.js";

const form = document.getElementById("day");
const WAIT = 180; // milliseconds after the last letter
const SHORTEST = 3;
let timer = 0;
let asked = 0;

function list(row) {
  return row.querySelector(".earlier");
}

function close(row) {
  list(row)?.remove();
}

async function offer(row, text) {
  const typed = text.value.trim();
  const turn = (asked += 1);
  const answer = await fetch(`${form.dataset.earlier}?q=${encodeURIComponent(typed)}`).catch(() => null);
  if (!answer?.ok || turn !== asked || document.activeElement !== text) return;
  const { results } = await answer.json();
  close(row);
  if (results.length) show(row, text, results);
}

function show(row, text, results) {
  const box = document.createElement("div");
  box.className = "earlier";
  // A press must not take the cursor from the text: that would close the list under the pointer.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  words.textContent = `${results.length} earlier: ↓ to choose`;
  box.append(words, ...results.map((result) => choice(row, result)));
  text.parentElement.append(box);
}

function choice(row, result) {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  const title = document.createElement("b");
  title.textContent = result.title;
  const before = document.createElement("span");
  before.textContent = result.before ? `before: ${result.before}` : "";
  button.append(title, " ", before);
  button.addEventListener("click", () => pick(row, result));
  return button;
}

function pick(row, { name, text, category, before }) {
  asked += 1;
  clearTimeout(timer);
  fill(row, { description: text, category, name });
  setHint(row, before ? `before: ${before}` : "");
  // The cursor leaves first: a list that holds it cannot be removed in one piece.
  focusOn(row, "human_hours");
  close(row);
}

function onInput(event) {
  const row = rowOf(event.target);
  if (!row || !event.isTrusted || nameOf(event.target) !== "description") return;
  clearTimeout(timer);
  close(row);
  const typing = !field(row, "id").value && event.target.value.trim().length >= SHORTEST;
  if (typing && !event.target.value.includes("\n")) timer = setTimeout(() => offer(row, event.target), WAIT);
}

function onKey(event) {
  const row = rowOf(event.target);
  const box = row && list(row);
  if (!box) return;
  const choices = [...box.querySelectorAll("button")];
  const place = choices.indexOf(document.activeElement);
  const moves = { ArrowDown: place + 1, ArrowUp: place - 1 };
  if (event.key === "Escape") {
    focusOn(row);
    close(row);
  } else if (event.key in moves && !event.altKey && (place >= 0 || event.key === "ArrowDown")) {
    (choices[moves[event.key]] ?? (place > 0 ? choices[place] : field(row, "description"))).focus();
  } else if (event.key === "Enter" && place >= 0) choices[place].click();
  else return;
  event.preventDefault();
}

form.addEventListener("input", onInput);
form.addEventListener("keydown", onKey);
form.addEventListener("focusout", (event) => {
  const row = rowOf(event.target);
  const box = row && list(row);
  if (box && !box.parentElement.contains(event.relatedTarget)) close(row);
});
