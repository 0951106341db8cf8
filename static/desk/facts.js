// What the fact check says of the prose, below it, a moment after the typing; and what can be done about a claim.

import { type } from "./figure_list.js";
import { isLoggedOut } from "./logged_out.js";

const form = document.getElementById("day");
const part = form.querySelector(".prose-part");
const place = document.getElementById("facts");
const WAIT = 900; // milliseconds after the last letter
let timer = 0;
let asked = 0;

const hasProse = () => Boolean(form.elements.lede.value.trim() || form.elements.analysis.value.trim());
const isBusy = () => place.contains(document.activeElement) && document.activeElement.matches("input");

/** Ask what the data say; what is typed into the answer just then is not taken away. */
async function look({ always = false } = {}) {
  clearTimeout(timer);
  if (isLoggedOut()) {
    later();
    return;
  }
  const turn = (asked += 1);
  const answer = await fetch(part.dataset.facts, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || answer.redirected || turn !== asked) return;
  const html = await answer.text();
  if (turn !== asked) return;
  if (isBusy() && !always) later();
  else place.innerHTML = html; // made by the server, as in the form itself
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

/** Where in a field some characters are; they are counted as the server counts, a pair of halves as one. */
function find(text, start, words) {
  const at = [...text.value].slice(0, start).join("").length;
  const found = text.value.startsWith(words, at) ? at : text.value.indexOf(words);
  return found < 0 ? null : [found, found + words.length];
}

function select(claim) {
  const text = form.elements[claim.dataset.of];
  const found = "text" in claim.dataset && find(text, Number(claim.dataset.start), claim.dataset.text);
  text.focus();
  if (!found) return;
  // A browser brings the cursor into sight, not a selection.
  text.setSelectionRange(found[0], found[0]);
  text.blur();
  text.focus();
  text.setSelectionRange(...found);
}

function use(claim) {
  const text = form.elements[claim.dataset.of];
  const found = find(text, Number(claim.dataset.useStart), claim.dataset.useText);
  if (found) type(text, ...found, claim.dataset.instead);
  else select(claim);
}

async function keep(input) {
  if (!input.value.trim() && !input.closest(".kept")) {
    input.focus();
    return;
  }
  await look({ always: true });
  document.getElementById("facts-title")?.focus();
}

/** What opens is there to be typed into, from the first letter on. */
function toggle(details) {
  details.open = !details.open;
  if (details.open) details.querySelector("input").focus();
}

function onClick(event) {
  const claim = event.target.closest("li");
  if (event.target.closest(".claim-use")) use(claim);
  else if (event.target.closest("summary")) toggle(claim.querySelector("details"));
  else if (event.target.closest(".claim-place")) select(claim);
  else if (event.target.closest(".claim-keep")) keep(claim.querySelector("input"));
  else return;
  event.preventDefault();
}

function onKey(event) {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  keep(event.target);
}

function start() {
  const wanted = new URLSearchParams(location.search).get("facts");
  const claim = wanted && document.getElementById(`claim-${wanted}`);
  // The part that the address names takes the cursor away once the page is there.
  if (claim) addEventListener("load", () => setTimeout(select, 0, claim));
  else if (hasProse() && !place.childElementCount && document.getElementById("check-facts")) look();
}

place.addEventListener("click", onClick);
place.addEventListener("keydown", onKey);
for (const kind of ["input", "change"]) {
  form.addEventListener(kind, ({ target }) => {
    if (!place.contains(target) && (hasProse() || place.childElementCount)) later();
  });
}
document.getElementById("check-facts")?.addEventListener("click", (event) => {
  event.preventDefault();
  look({ always: true }).then(() => document.getElementById("facts-title")?.focus());
});
start();
