// Tags are typed with commas between them; the list completes the last one.

const input = document.getElementById("id_tag_names");
const options = [...document.querySelectorAll("#tags option")];
const names = options.map((option) => option.value);

input?.addEventListener("input", () => {
  const typed = input.value.split(",").slice(0, -1).map((name) => name.trim());
  const start = typed.length ? `${typed.join(", ")}, ` : "";
  const taken = new Set(typed.map((name) => name.toLowerCase()));
  options.forEach((option, i) => {
    option.value = taken.has(names[i].toLowerCase()) ? "" : start + names[i];
  });
});
