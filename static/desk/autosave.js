// What is typed is kept on the server every few seconds, apart from the day, and offered again after a crash.

import { wasTyped } from "./keep.js";
import { isLoggedOut } from "./logged_out.js";

const form = document.getElementById("day");
const status = document.getElementById("kept-at");
const EVERY = 4000; // milliseconds between the first change and keeping it
let timer = null;
let last = wasTyped ? "" : new URLSearchParams(new FormData(form)).toString();

function plan() {
  timer ??= setTimeout(keep, EVERY);
}

async function keep() {
  timer = null;
  if (isLoggedOut()) {
    plan();
    return;
  }
  const data = new FormData(form);
  const typed = new URLSearchParams(data).toString();
  if (typed === last) return;
  // A redirect would lead to the log-in: then the browser alone holds what was typed.
  const answer = await fetch(form.dataset.keep, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
  if (!answer?.ok) {
    status.textContent = "Not kept: no answer";
    return;
  }
  last = typed;
  status.textContent = `Kept ${(await answer.json()).at}`;
  document.dispatchEvent(new CustomEvent("desk:answered"));
}

form.addEventListener("input", plan);
form.addEventListener("change", plan);
form.addEventListener("submit", () => {
  clearTimeout(timer);
  timer = null;
});
if (wasTyped) plan();
