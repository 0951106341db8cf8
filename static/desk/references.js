// Prose names tasks by their numbers, "task.8": when rows move, its numbers follow them.

const REFERENCE = /(\{\{[ \t]{0,9}(?:(?:share|without)\.)?task\.|\][(:][ \t]{0,9}<?task:)((?:id|row)?\d{1,19})(?![\da-z-])/g;
const form = document.getElementById("day");
const texts = [form.elements.lede, form.elements.analysis];
const named = document.getElementById("named");
const numbers = new WeakMap();

// From now on the numbers in the prose are those on the screen, not those the page came with. A pasted day has
// no such prose: what it says of its tasks is as it was printed.
const follows = Boolean(form.elements.numbering);
if (follows) form.elements.numbering.value = "shown";

const shownAt = (row) => String(Number(row.dataset.prefix.slice(6)) + 1);

/** What prose calls a row that is not there: it may come back. */
function absent(row) {
  const id = row.querySelector('input[name$="-id"]').value;
  return id ? `id${id}` : `row${row.dataset.prefix.slice(6)}`;
}

/** Bring the numbers in the prose up to where the rows stand now; `staying` are those that are not removed. */
export function followRows(all, staying) {
  if (!follows) return;
  const changed = new Map();
  for (const row of all) {
    const place = staying.indexOf(row);
    const now = place < 0 ? absent(row) : String(place + 1);
    const before = numbers.get(row) ?? shownAt(row);
    if (before !== now) changed.set(before, now);
    numbers.set(row, now);
  }
  if (changed.size) texts.forEach((text) => rename(text, changed));
}

function rename(text, changed) {
  const renamed = text.value.replace(REFERENCE, (whole, before, key) => before + (changed.get(key) ?? key));
  if (renamed !== text.value) text.value = renamed;
}

/** Say under the prose which tasks it names. */
export function showNamed(tasks) {
  named.replaceChildren(
    ...Object.entries(tasks).map(([number, title]) => {
      const item = document.createElement("li");
      const name = document.createElement("b");
      name.textContent = `task.${number}`;
      item.append(name, ` ${title}`);
      return item;
    }),
  );
}
