// What the pages do with script: filters and sorting apply in place, long texts open, lists of choices close.
// Every page works without it.
"use strict";

(() => {
  const TYPING_PAUSE = 350; // milliseconds
  const results = () => document.getElementById("results");
  const form = () => document.querySelector("[data-live-form]");
  const addressOf = (url) => url.pathname + url.search;
  let shown = addressOf(location);
  let request = null;
  let timer = 0;

  // Long texts ------------------------------------------------------------------------------------------

  function addOpeners(root) {
    for (const text of root.querySelectorAll(".clamp")) {
      if (text.scrollHeight <= text.clientHeight + 2 || text.querySelector(".opener")) continue;
      const opener = document.createElement("button");
      opener.type = "button";
      opener.className = "opener";
      opener.textContent = "more";
      opener.setAttribute("aria-label", `Whole text of ${text.querySelector(".name")?.textContent ?? "the task"}`);
      text.append(opener);
    }
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(".opener");
    if (!opener) return;
    opener.closest("tr").classList.add("opened");
    opener.closest("tr").querySelector(".name")?.focus();
  });

  // The list in place -----------------------------------------------------------------------------------

  async function show(address, { push, whole }) {
    request?.abort();
    request = new AbortController();
    results().setAttribute("aria-busy", "true");
    let page;
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) throw new Error(String(response.status));
      page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.getElementById("results")) throw new Error("another page");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    swap(page, whole);
    if (push) history.pushState(null, "", address);
    shown = address;
    document.title = page.title;
    announce();
    addOpeners(results());
    document.dispatchEvent(new Event("shown"));
  }

  function swap(page, whole) {
    const focused = document.activeElement?.id;
    const open = [...document.querySelectorAll("details[id][open]")].map((each) => each.id);
    if (whole && form()) form().replaceWith(page.querySelector("[data-live-form]"));
    for (const part of document.querySelectorAll("[data-swap]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceWith(fresh);
    }
    markFaults(page);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  // The form stays while one types in it: what is wrong with its fields is all it takes from the new page.
  function markFaults(page) {
    for (const field of form()?.querySelectorAll("input[id], select[id]") ?? []) {
      for (const name of ["aria-invalid", "aria-describedby"]) {
        const value = page.getElementById(field.id)?.getAttribute(name);
        if (value) field.setAttribute(name, value);
        else field.removeAttribute(name);
      }
    }
  }

  function announce() {
    const status = document.querySelector("[data-live-status]");
    if (!status) return;
    const faults = [...document.querySelectorAll("[data-live-form] .fault")].map((fault) => fault.textContent.trim());
    const found = results().querySelector("[data-announce]")?.dataset.announce ?? "";
    status.textContent = [...faults, found].join(" ");
  }

  function apply() {
    clearTimeout(timer);
    const said = [...new FormData(form())].filter(([, value]) => value !== "");
    const query = new URLSearchParams(said).toString();
    const address = location.pathname + (query ? `?${query}` : "");
    if (address !== shown) show(address, { push: true, whole: false });
  }

  document.addEventListener("input", (event) => {
    if (!event.target.closest("[data-live-form]")) return;
    clearTimeout(timer);
    timer = setTimeout(apply, event.target.matches("[type=checkbox], select") ? 0 : TYPING_PAUSE);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-live-form]")) return;
    event.preventDefault();
    apply();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-swap] a, [data-live-form] a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), location); // of a link in a drawing, href is no text
    if (url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    const turnsPage = link.closest(".pages");
    show(addressOf(url), { push: true, whole: true }).then(() => {
      if (turnsPage) results().scrollIntoView();
      if (document.activeElement === document.body) results().focus({ preventScroll: true });
    });
  });

  window.addEventListener("popstate", () => {
    if (results() && addressOf(location) !== shown) show(addressOf(location), { push: false, whole: true });
  });

  // Lists of choices ------------------------------------------------------------------------------------

  const closeChoices = (except) => {
    for (const list of document.querySelectorAll("details.choices[open]")) if (list !== except) list.removeAttribute("open");
  };

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const list = target.closest?.("details.choices[open]");
    if (list && relatedTarget && !list.contains(relatedTarget)) list.removeAttribute("open");
  });
  document.addEventListener("click", (event) => closeChoices(event.target.closest?.("details.choices")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const list = event.target.closest?.("details.choices[open]");
    closeChoices();
    list?.querySelector("summary").focus();
  });

  addOpeners(document);
})();
