// "Draft the lede" without leaving the page: two or three sentences from what is typed, below what is there.

import { type } from "./figure_list.js";

const form = document.getElementById("day");
const part = form.querySelector(".prose-part");
const button = document.getElementById("draft-lede");
const says = document.getElementById("draft-says");

async function draft() {
  const answer = await fetch(part.dataset.draft, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    says.textContent = "The draft did not arrive. Try once more.";
    return;
  }
  const { draft: text } = await answer.json();
  says.textContent = text ? "" : "There is nothing to draft from yet: log a task first.";
  const lede = form.elements.lede;
  const end = lede.value.trimEnd().length;
  if (text) type(lede, end, lede.value.length, end ? `\n\n${text}` : text);
}

button?.addEventListener("click", (event) => {
  event.preventDefault();
  draft();
});
