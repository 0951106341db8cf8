// Rows move by their handle.

import { moveRow, rowOf, rows } from "./rows.js";

const table = document.getElementById("rows");
let dragged = null;

table.addEventListener("pointerdown", (event) => {
  if (!event.target.matches(".handle") || event.button) return;
  event.preventDefault();
  dragged = rowOf(event.target);
  dragged.classList.add("dragged");
  event.target.setPointerCapture(event.pointerId);
});

table.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const place = rows().filter((row) => row !== dragged).findIndex((row) => {
    const box = row.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  const wanted = place < 0 ? rows().length : place;
  if (wanted !== rows().indexOf(dragged)) moveRow(dragged, wanted);
});

for (const end of ["pointerup", "pointercancel"]) {
  table.addEventListener(end, () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}
