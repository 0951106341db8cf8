// Factors, totals and weighted averages that follow while typing, before anything is saved.

import * as figures from "./figures.js";
import { faulty, nextFault, setFault, setHint } from "./faults.js";
import { field, focusOn, isBlank, rowOf, rows } from "./rows.js";
import { remarks } from "./unusual.js";

const form = document.getElementById("day");
const bar = document.getElementById("bar");
const lengths = [form.dataset.hoursPerDay, form.dataset.hoursPerWeek];
const READ = { hours: figures.parseHours, minutes: figures.parseMinutes };
const WRITE = { hours: figures.writeHours, minutes: figures.writeMinutes };

// What the server wrote there are plain links; ours move the cursor.
bar.querySelector("[data-look]").replaceChildren();

/** Say beside a row what its figures are seldom meant to be. */
export function remark(row) {
  const { humanHours, agentMinutes } = figuresOf(row);
  setHint(row, remarks(humanHours, agentMinutes, form.dataset.hoursPerWeek), "unusual");
}

/** A duration field read: its units, null when blank or faulty, and the fault in words. */
function readDuration(input) {
  if (!input.value.trim()) return { units: null, fault: "" };
  try {
    const units = READ[input.dataset.duration](input.value, ...lengths);
    if (!units && input.dataset.zero) return { units: null, fault: input.dataset.zero };
    return { units, fault: "" };
  } catch (fault) {
    if (!(fault instanceof figures.NotADuration)) throw fault;
    return { units: null, fault: fault.message };
  }
}

/** While typing a fault only goes away; when the field is left it is told, or the stored value is shown. */
export function check(input, left) {
  const { units, fault } = readDuration(input);
  if (left || !fault) setFault(input, fault);
  if (left && units !== null) input.value = WRITE[input.dataset.duration](units);
}

function tokensOf(row) {
  const typed = field(row, "tokens").value.replace(/[, ]/g, "");
  return /^[0-9]{1,16}$/.test(typed) ? BigInt(typed) : null;
}

function figuresOf(row) {
  const read = (name) => readDuration(field(row, name)).units;
  return {
    humanHours: read("human_hours"),
    agentMinutes: read("agent_minutes"),
    supervisoryMinutes: read("supervisory_minutes"),
    tokens: tokensOf(row),
  };
}

const signed = (written) => (written === figures.DASH ? written : `${written}×`);

function showRow(row, { humanHours, agentMinutes, supervisoryMinutes }) {
  const shown = {
    ".c-factor.leverage": figures.factor(humanHours, agentMinutes),
    ".c-factor.supervision": figures.factor(humanHours, supervisoryMinutes),
  };
  for (const [place, value] of Object.entries(shown)) {
    row.querySelector(place).textContent = signed(figures.taskFactor(value));
  }
}

function showBar(totals) {
  const shown = {
    tasks: String(totals.tasks),
    hours: figures.quantity(totals.humanHours, figures.HOURS_PLACES),
    agent: figures.quantity(totals.agentMinutes, figures.MINUTES_PLACES),
    supervision: figures.quantity(totals.supervisoryMinutes, figures.MINUTES_PLACES),
    factor: signed(figures.averageFactor(totals.leverage.value)),
    supervisory_factor: signed(figures.averageFactor(totals.supervision.value)),
  };
  for (const [name, text] of Object.entries(shown)) {
    bar.querySelector(`[data-total="${name}"]`).textContent = text;
  }
  showLook(totals);
}

function overOf({ tasks, ofTasks, isPartial }, before = "", after = "") {
  return isPartial ? `${before}over ${tasks} of ${ofTasks}${after}` : "";
}

function showLook({ leverage, supervision }) {
  const place = bar.querySelector("[data-look]");
  const count = new Set(faulty().map(rowOf).filter(Boolean)).size;
  const over = overOf(leverage, "", leverage.ofTasks === 1 ? " task" : " tasks");
  const rest = overOf(supervision, "sup. factor ");
  const parts = [];
  if (count) parts.push(link(count === 1 ? "1 row needs a look" : `${count} rows need a look`, nextFault));
  if (over) parts.push(...(count ? [": ", over] : [link(over, toLacking)]));
  if (rest) parts.push(...(parts.length ? ["; ", rest] : [rest]));
  const text = parts.map((part) => part.textContent ?? part).join("");
  if (place.textContent.trim() !== text) place.replaceChildren(...parts);
}

function link(words, follow) {
  const made = document.createElement("a");
  made.href = "#rows";
  made.textContent = words;
  made.addEventListener("click", (event) => {
    event.preventDefault();
    follow();
  });
  return made;
}

function toLacking() {
  const names = ["human_hours", "agent_minutes"];
  for (const row of rows().filter((each) => !isBlank(each))) {
    const name = names.find((each) => readDuration(field(row, each)).units === null);
    if (name) return focusOn(row, name);
  }
  return undefined;
}

/** Bring every factor and the bar up to what is typed. */
export function refresh() {
  const typed = rows().filter((row) => !isBlank(row));
  const read = typed.map(figuresOf);
  typed.forEach((row, i) => showRow(row, read[i]));
  showBar(figures.totals(read));
}

/** Bring one row and the bar up to what is typed into it. */
export function refreshRow(row) {
  showRow(row, figuresOf(row));
  showBar(figures.totals(rows().filter((each) => !isBlank(each)).map(figuresOf)));
}
