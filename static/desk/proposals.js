// Groups of tasks by keyboard: to and fro, set, skip, undo. Without this, each group is a plain form.

const groups = [...document.querySelectorAll(".proposal")];
const undo = document.querySelector("#last-set button");
const MOVES = { j: 1, ArrowDown: 1, s: 1, k: -1, ArrowUp: -1 };

const buttonOf = (group) => group.querySelector("button");

/** The group with the cursor; where the cursor is nowhere, the one it was given at first. */
function current() {
  return document.activeElement.closest(".proposal") ?? document.querySelector("[autofocus]")?.closest(".proposal");
}

function reveal(group) {
  group.scrollIntoView({ block: group.clientHeight < innerHeight * 0.7 ? "nearest" : "start" });
}

function move(by) {
  const next = groups[groups.indexOf(current()) + by];
  if (!next) return;
  buttonOf(next).focus({ preventScroll: true });
  reveal(next);
}

/** What a key does; undefined where it does what it does everywhere. */
function act(event) {
  const { key, target } = event;
  if (key in MOVES) {
    return () => {
      if (key === "s") current()?.classList.add("skipped");
      move(MOVES[key]);
    };
  }
  const onNothing = target === document.body;
  if (key === "a" || (key === "Enter" && onNothing)) return () => current() && buttonOf(current()).click();
  if (key === "u" && undo) return () => undo.click();
  return undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  // A list of choices has these keys for itself.
  if (event.target.matches("select, input:not([type=checkbox]), textarea") && event.key !== "Enter") return;
  // A key held down must not set one group after the other.
  if (event.repeat && ["Enter", "a", "u"].includes(event.key)) {
    event.preventDefault();
    return;
  }
  const does = act(event);
  if (!does) return;
  event.preventDefault();
  does();
});

for (const line of document.querySelectorAll(".by-key")) line.hidden = false;
const first = current();
// The browser itself gives it the cursor. At the first group the head of the page stays in sight.
if (first && first !== groups[0]) reveal(first);
