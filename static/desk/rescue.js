// A save that never arrived, because the log-in had run out or the server was away: what was typed is kept in
// this tab until the day is saved, and can be put back.

import { arrived } from "./pasted.js";
import { addRow, field, isBlank, keepOneBlank, rows, setRemoved } from "./rows.js";

const form = document.getElementById("day");
const place = document.getElementById("kept");
const KEY = `desk-typed:${location.pathname}`;
const ROW = /^tasks-(\d+)-(\w+)$/;
const WHY = "keep-";
const NOT_TYPED = ["csrfmiddlewaretoken", "version", "numbering"];

form.addEventListener("submit", () => {
  if (!place) return; // the page keeps it by other means
  sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(new FormData(form))));
});

/** Offer what was typed when the day still has the version it was typed for; `done` follows putting it back. */
export async function offerRescue(done) {
  if (!place) return;
  const typed = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  const saved = document.querySelector(".messagelist .success, .faultnote:not(#kept)");
  sessionStorage.removeItem(KEY);
  if (saved) arrived(); // also what was pasted, which leads here once it is stored
  if (!typed || saved || typed.version !== form.elements.version.value || (await isStored(typed))) return;
  document.getElementById("working-copy")?.remove();
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    place.hidden = true;
    putBack(typed);
    done();
  });
}

/** Whether a new day arrived after all: saved, it leads to its own form, and this one never heard of it. */
async function isStored({ version, date }) {
  if (version !== "0" || !date) return false;
  const address = `${form.dataset.log}?date=${encodeURIComponent(date)}`;
  const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
  return Boolean(answer?.ok) && new URL(answer.url).pathname !== location.pathname;
}

/** The rows before the prose: it numbers them as they stood, and its numbers would follow every move. */
function putBack(typed) {
  const byNumber = new Map();
  const others = [];
  for (const [name, value] of Object.entries(typed)) {
    const [, number, column] = ROW.exec(name) ?? [];
    if (column) byNumber.set(number, { ...byNumber.get(number), [column]: value });
    else if (!NOT_TYPED.includes(name)) others.push([name, value]);
  }
  putRows(byNumber);
  others.forEach(([name, value]) => put(name, value));
  ticks().forEach((box) => {
    box.checked = box.name in typed;
  });
  keepOneBlank();
  rows().forEach(tell);
}

/** The boxes of the day itself: one without a tick is not sent at all. */
const ticks = () =>
  [...form.elements].filter((input) => input.type === "checkbox" && input.name && !ROW.test(input.name));

function put(name, value) {
  const input = form.elements[name];
  if (input && "value" in input) input.value = value;
  else if (name.startsWith(WHY) && value) why(name, value);
}

/** Why a claim stays, until the fact check shows the claim again. */
function why(name, value) {
  const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  document.getElementById("facts")?.append(input);
}

/** Every row under its number, as prose may name it by that, and in the order it had. */
function putRows(byNumber) {
  rows().filter(isBlank).forEach((row) => row.remove());
  const place = (values) => Number(values.position);
  const inOrder = [...byNumber].sort(([, one], [, other]) => place(one) - place(other));
  const put = inOrder.map(([number, values]) => putRow(number, values)).filter(Boolean);
  put.forEach((row) => row.parentElement.append(row));
}

function putRow(number, { id, position, remove, ...wanted }) {
  const row = id ? rows().find((each) => field(each, "id").value === id) : addRow(null, number);
  if (!row) return null;
  for (const [name, value] of Object.entries(wanted)) {
    const input = field(row, name);
    if (input) input.value = value;
  }
  if (remove) setRemoved(row, true);
  return row;
}

/** Have what follows a row's fields look at them: faults, factors, the column of tokens. */
function tell(row) {
  for (const input of row.querySelectorAll("[data-duration], [name$='-tokens']")) {
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  row.dispatchEvent(new Event("input", { bubbles: true }));
}
