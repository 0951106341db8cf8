// Charts answer to pointer and keyboard: what a mark says appears beside it, arrows step from mark to mark, Enter
// leads to its rows. Without script a browser shows what a mark says by itself, and the table below has it all.
"use strict";

(() => {
  const plots = [...document.querySelectorAll("[data-plot]")];
  if (!plots.length) return;

  const said = document.createElement("div");
  said.className = "said";
  said.hidden = true;
  said.setAttribute("aria-hidden", "true");
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(said, status);

  const marksOf = new Map();
  let at = null;

  // A drawing for a phone has the same marks in the same order as the one for a desk, which has the words.
  for (const plot of plots) {
    const words = [...plot.parentElement.querySelectorAll(".for-desk .mark")];
    const marks = [...plot.querySelectorAll(".mark")].map((shape, number) => ({
      shape,
      text: words[number]?.querySelector("title")?.textContent ?? "",
      href: words[number]?.dataset.href ?? "",
    }));
    marksOf.set(plot, marks);
  }
  // The words move from the titles to our own, or both would show.
  for (const [plot, marks] of marksOf) {
    for (const mark of marks) mark.shape.querySelector("title")?.remove();
    if (!marks.length) continue;
    plot.setAttribute("tabindex", "0");
    plot.setAttribute("aria-roledescription", "chart, step with the arrow keys");
  }

  function show(mark, { aloud }) {
    hide();
    at = mark;
    mark.shape.classList.add("at");
    said.textContent = mark.text;
    said.hidden = false;
    const box = mark.shape.getBoundingClientRect();
    const left = box.left + box.width / 2 - said.offsetWidth / 2;
    const room = document.documentElement.clientWidth - said.offsetWidth - 8;
    said.style.left = `${Math.max(8, Math.min(left, room)) + scrollX}px`;
    const above = box.top - said.offsetHeight - 8;
    said.style.top = `${(above > 0 ? above : box.bottom + 8) + scrollY}px`;
    if (aloud) status.textContent = mark.text;
  }

  function hide() {
    at?.shape.classList.remove("at");
    at = null;
    said.hidden = true;
  }

  const markAt = (event) => {
    const plot = event.target.closest?.("[data-plot]");
    return plot && marksOf.get(plot).find((mark) => mark.shape === event.target);
  };

  document.addEventListener("pointerover", (event) => {
    const mark = markAt(event);
    if (mark) show(mark, { aloud: false });
    else if (at && !event.target.closest?.("[data-plot]:focus")) hide();
  });

  document.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (mark?.href && matchMedia("(hover: hover)").matches) location.assign(mark.href);
  });

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    const marks = marksOf.get(event.target);
    if (!marks?.length || event.metaKey || event.ctrlKey || event.altKey) return;
    const number = marks.indexOf(at);
    if (event.key in STEPS) {
      const first = STEPS[event.key] > 0 ? 0 : marks.length - 1;
      const next = number < 0 ? first : Math.max(0, Math.min(marks.length - 1, number + STEPS[event.key]));
      show(marks[next], { aloud: true });
    } else if (event.key === "Home" || event.key === "End") {
      show(marks.at(event.key === "Home" ? 0 : -1), { aloud: true });
    } else if (event.key === "Enter" && number >= 0 && marks[number].href) {
      location.assign(marks[number].href);
    } else if (event.key === "Escape") {
      hide();
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("focusout", hide);

  // A link to the numbers of a chart opens them.
  const open = () => {
    const numbers = document.getElementById(location.hash.slice(1));
    if (numbers?.matches("figure > details")) numbers.open = true;
  };
  window.addEventListener("hashchange", open);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href]")?.hash === location.hash) open();
  });
  open();
})();
