// Rows move by their handle; near an edge of the window the page moves along.

import { moveRow, rowOf, rows } from "./rows.js";

const table = document.getElementById("rows");
const bar = document.getElementById("bar");
const EDGE = 48; // pixels
const STEP = 10; // pixels a frame
let dragged = null;
let pointer = 0;

table.addEventListener("pointerdown", (event) => {
  if (!event.target.matches(".handle") || event.button) return;
  event.preventDefault();
  dragged = rowOf(event.target);
  pointer = event.clientY;
  dragged.classList.add("dragged");
  requestAnimationFrame(scrollAlong);
});

// The pointer may leave the table, and a row that moves loses it: the page as a whole listens.
document.addEventListener("pointermove", (event) => {
  pointer = event.clientY;
  if (dragged) follow();
});

function follow() {
  const place = rows().filter((row) => row !== dragged).findIndex((row) => {
    const box = row.getBoundingClientRect();
    return pointer < box.top + box.height / 2;
  });
  const wanted = place < 0 ? rows().length : place;
  if (wanted !== rows().indexOf(dragged)) moveRow(dragged, wanted);
}

function scrollAlong() {
  if (!dragged) return;
  const below = pointer > bar.getBoundingClientRect().top - EDGE;
  if (below || pointer < EDGE) {
    scrollBy(0, below ? STEP : -STEP);
    follow();
  }
  requestAnimationFrame(scrollAlong);
}

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}
