// Typing {{ in the prose opens the list of figures with their present values.

const form = document.getElementById("day");
const part = form.querySelector(".prose-part");
const OPENED = /\{\{[ \t]*([\w.-]*)$/;
const MOST_SHOWN = 60;
let figures = null; // as of the last change of a row; null when they have to be asked for again
let list = null;
let chosen = 0;
let asked = 0;

async function load() {
  if (!figures) {
    const answer = await fetch(part.dataset.figures, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer?.ok || answer.redirected) return [];
    figures = (await answer.json()).figures;
  }
  return figures;
}

const typedIn = (text) => OPENED.exec(text.value.slice(0, text.selectionStart))?.[1];

/** The figures whose names begin with what is typed, then those that have it anywhere, also in their words. */
function matching(all, typed) {
  const wanted = typed.toLowerCase();
  const begins = all.filter(({ name }) => name.startsWith(wanted));
  const rest = all.filter(
    ({ name, text, says }) => !name.startsWith(wanted) && `${name} ${says} ${text}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...rest].slice(0, MOST_SHOWN);
}

async function offer(text) {
  const turn = (asked += 1);
  if (typedIn(text) === undefined) return close();
  const all = await load();
  const typed = typedIn(text);
  if (turn !== asked) return undefined;
  if (typed === undefined || document.activeElement !== text) return close();
  const found = matching(all, typed);
  return found.length ? show(text, found) : close();
}

function show(text, found) {
  close();
  list = document.createElement("div");
  list.className = "figure-list";
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  words.textContent = `${found.length === MOST_SHOWN ? "Many" : found.length} figures: ↑ ↓ to choose, Enter inserts`;
  const box = document.createElement("ul");
  box.id = "figure-list";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Figures");
  box.tabIndex = 0; // what scrolls can be reached by keyboard
  box.append(...found.map((figure, i) => option(text, figure, i)));
  list.append(words, box);
  // A press must not take the cursor from the text.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  text.parentElement.append(list);
  text.setAttribute("aria-controls", box.id);
  choose(text, 0);
  list.scrollIntoView({ block: "nearest" });
}

function option(text, { name, text: shown, says }, i) {
  const item = document.createElement("li");
  item.id = `figure-${i}`;
  item.setAttribute("role", "option");
  item.dataset.name = name;
  for (const [kind, words] of [["code", name], ["b", shown], ["span", says]]) {
    const part = document.createElement(kind);
    part.textContent = words;
    item.append(part, " ");
  }
  item.addEventListener("click", () => insert(text, name));
  return item;
}

function choose(text, i) {
  const options = [...list.querySelectorAll("li")];
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = (i + options.length) % options.length;
  options[chosen].setAttribute("aria-selected", "true");
  options[chosen].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", options[chosen].id);
}

function close() {
  if (!list) return;
  const text = list.parentElement.querySelector("textarea");
  text.removeAttribute("aria-controls");
  text.removeAttribute("aria-activedescendant");
  list.remove();
  list = null;
  chosen = 0;
}

/** Put a name between braces where the cursor is, in place of what was typed of it. */
function insert(text, name) {
  const at = text.selectionStart;
  const start = at - OPENED.exec(text.value.slice(0, at))[0].length;
  const rest = /^[\w.-]*[ \t]*(?:\}\})?/.exec(text.value.slice(at))[0];
  const end = rest.endsWith("}}") ? at + rest.length : at;
  type(text, start, end, `{{ ${name} }}`);
  close();
}

/** Type a text in place of another, so that the browser can take it back. */
export function type(text, start, end, words) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function onKey(event) {
  if (!list || !list.parentElement.contains(event.target)) return;
  const moves = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 };
  if (event.key in moves) choose(event.target, moves[event.key]);
  else if (event.key === "Enter" || event.key === "Tab") {
    insert(event.target, list.querySelectorAll("li")[chosen].dataset.name);
  } else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

part.addEventListener("keydown", onKey);
part.addEventListener("input", ({ target }) => target.matches(".prose-field textarea") && offer(target));
part.addEventListener("click", ({ target }) => target.matches(".prose-field textarea") && offer(target));
part.addEventListener("focusout", close);
for (const kind of ["input", "change"]) {
  form.addEventListener(kind, ({ target }) => {
    if (!part.contains(target)) figures = null;
  });
}
