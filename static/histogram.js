// The histogram of factors as the control of its range: drag over bars, or walk along them with the arrow keys,
// with Shift to choose several. Without it each bar is a link to its own range.
"use strict";

(() => {
  const bars = () => [...document.querySelectorAll(".histogram svg a")];
  const field = (end) => document.querySelector(`[data-live-form] [name=factor_${end}]`);
  let drag = null; // the places of the bar where it began and where it is now
  let anchor = null; // where a choice by keyboard began
  let dropped = false; // whether the click to come ends a drag

  // From the left end of the first bar to the right end of the last; the form applies what changed in it.
  function choose(one, other) {
    const [first, last] = [bars()[Math.min(one, other)], bars()[Math.max(one, other)]];
    field("min").value = first.dataset.min;
    field("max").value = last.dataset.max;
    mark(one, other);
    field("max").dispatchEvent(new Event("input", { bubbles: true }));
  }

  function mark(one, other) {
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    bars().forEach((bar, place) => bar.querySelector(".bar").classList.toggle("chosen", place >= first && place <= last));
  }

  const placeAt = (x) => {
    const ends = bars().map((bar) => bar.querySelector(".hit").getBoundingClientRect());
    const place = ends.findIndex((end) => x < end.right);
    return place < 0 ? ends.length - 1 : place;
  };

  document.addEventListener("pointerdown", (event) => {
    dropped = false;
    const bar = event.target.closest?.(".histogram svg a");
    if (bar && event.isPrimary && !event.button) drag = { from: bars().indexOf(bar), to: bars().indexOf(bar) };
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const place = placeAt(event.clientX);
    if (place === drag.to) return;
    drag.to = place;
    drag.moved = true;
    mark(drag.from, drag.to);
  });

  document.addEventListener("pointerup", () => {
    if (drag?.moved) {
      dropped = true;
      choose(drag.from, drag.to);
    }
    drag = null;
  });

  document.addEventListener("pointercancel", () => (drag = null));
  document.addEventListener("dragstart", (event) => event.target.closest?.(".histogram") && event.preventDefault());

  document.addEventListener(
    "click",
    (event) => {
      if (!dropped || !event.target.closest?.(".histogram")) return;
      event.preventDefault();
      event.stopPropagation();
      dropped = false;
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.(".histogram svg a");
    if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = bars().indexOf(bar);
    const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: bars().length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (!bars()[next]) return;
    anchor = event.shiftKey ? (anchor ?? place) : null;
    walkTo(next);
    if (event.shiftKey) choose(anchor, next);
  });

  // One stop for the Tab key: the arrows do the rest.
  function walkTo(place) {
    stopAt(place);
    bars()[place].focus();
  }

  function stopAt(place) {
    bars().forEach((bar, other) => bar.setAttribute("tabindex", other === place ? "0" : "-1"));
  }

  function prepare() {
    if (!bars().length) return;
    const here = bars().findIndex((bar) => bar === document.activeElement || bar.hasAttribute("aria-current"));
    const chosen = bars().findIndex((bar) => bar.querySelector(".chosen"));
    stopAt(Math.max(here, chosen, 0));
  }

  document.addEventListener("shown", prepare);
  prepare();
})();
