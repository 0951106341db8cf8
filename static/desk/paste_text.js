// The page that takes a text: it is read as soon as one is pasted or dropped, and by Ctrl+Enter.

import { arrived, bestOf, isSeveralLines, keep, kept } from "./pasted.js";

const form = document.getElementById("paste");
const { text, file } = form.elements;
const drop = document.getElementById("drop");
const reading = document.getElementById("reading");
const refused = document.getElementById("refused");
const place = document.getElementById("kept");
const read = form.querySelector('[name="_read"]');
const most = Number(form.dataset.most); // bytes

function send() {
  form.requestSubmit(read);
}

function refuse(words) {
  refused.textContent = words;
  refused.hidden = !words;
}

function onPaste(event) {
  const best = bestOf(event.clipboardData);
  if (text.value.trim() || !isSeveralLines(best)) return;
  event.preventDefault();
  text.value = best;
  send();
}

function onDrop(event) {
  const { files } = event.dataTransfer;
  drop.classList.remove("over");
  if (!files.length) return;
  event.preventDefault();
  if (files.length > 1) {
    refuse(form.dataset.oneFile);
    return;
  }
  file.files = files;
  send();
}

form.addEventListener("submit", (event) => {
  const size = file.files[0]?.size ?? new Blob([text.value]).size;
  if (size > most) {
    event.preventDefault();
    refuse(form.dataset.tooLarge);
    return;
  }
  refuse("");
  keep(form, event.submitter);
  reading.hidden = false;
});
addEventListener("pageshow", () => {
  reading.hidden = true;
});
text.addEventListener("paste", onPaste);
file.addEventListener("change", () => file.files.length && send());
drop.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", onDrop);
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
});

// ---- What did not arrive ---------------------------------------------------------------------------

function hidden(name, value) {
  const input = document.createElement("textarea");
  Object.assign(input, { name, value, hidden: true });
  return input;
}

/** A text goes back into its field; a day that was being mended is shown again as it was. */
function putBack(typed) {
  const fields = new Map(typed);
  if (!fields.has("version")) {
    for (const name of ["text", "on", "form"]) form.elements[name].value = fields.get(name) ?? "";
    text.focus();
    return;
  }
  const again = form.cloneNode(false);
  const token = form.elements.csrfmiddlewaretoken.cloneNode();
  const all = typed.filter(([name]) => !["_save", "_read"].includes(name));
  again.append(token, hidden("_check", "1"), ...all.map((each) => hidden(...each)));
  document.body.append(again);
  again.submit();
}

const typed = kept();
if (form.dataset.answer || !typed.length) arrived();
else {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    place.hidden = true;
    putBack(typed);
  });
}
document.documentElement.classList.add("with-script");
