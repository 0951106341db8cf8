// Searching by keyboard: "/" goes to the box, arrows go through what was found, Escape comes back.
"use strict";

(() => {
  const box = () => document.querySelector("[data-search-box]");
  const found = () => [...document.querySelectorAll(".found h2 a")];
  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  function step(event) {
    const links = found();
    const at = links.indexOf(document.activeElement);
    const fromBox = document.activeElement === box();
    if (!links.length || (at < 0 && !(fromBox && event.key === "ArrowDown"))) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && at === 0) box().focus();
    else links[Math.min(at + (event.key === "ArrowDown" ? 1 : -1), links.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "/" && box() && !isTyping(event.target)) {
      event.preventDefault();
      box().focus();
      box().select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
    else if (event.key === "Escape" && found().includes(document.activeElement)) box().focus();
  });
})();
