// The prose as its page will show it, beside the text, by the renderer of the page; and what is wrong with it.

import { isLoggedOut } from "./logged_out.js";
import { showNamed } from "./references.js";

const form = document.getElementById("day");
const part = form.querySelector(".prose-part");
const button = document.getElementById("show-prose");
const WAIT = 400; // milliseconds after the last letter
const SPECIAL = /\{\{|\]\s*[(:]\s*<?task:/;
let shown = false;
let timer = 0;
let asked = 0;

const places = (kind) => part.querySelectorAll(`.${kind}`);

async function look() {
  if (isLoggedOut()) {
    later();
    return;
  }
  const turn = (asked += 1);
  const answer = await fetch(part.dataset.rendered, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || answer.redirected || turn !== asked) return;
  const { html, findings, tasks } = await answer.json();
  for (const place of places("findings")) tell(place, findings[place.dataset.of]);
  // Made and sanitised by the server, as on the page itself.
  for (const place of places("rendered")) place.innerHTML = html[place.dataset.of];
  showNamed(tasks);
}

function tell(place, texts) {
  const items = texts.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  place.replaceChildren(...items);
  place.hidden = !items.length;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

async function toggle() {
  shown = !shown;
  button.setAttribute("aria-expanded", String(shown));
  if (shown) await look();
  for (const place of places("shown")) place.hidden = !shown;
}

form.addEventListener("input", ({ target }) => {
  const special = part.contains(target) && (SPECIAL.test(target.value) || places("findings")[0]?.textContent);
  if (shown || special) later();
});
if (button) {
  button.hidden = false;
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F9") return;
    event.preventDefault();
    toggle();
  });
}
