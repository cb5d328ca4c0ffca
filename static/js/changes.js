// Walk through the changes of a redline: n and p, or the buttons.

import { letterOf } from "./letters.js";

const changes = [...document.querySelectorAll("[data-change]")];
const walk = document.querySelector("[data-walk]");
let here = -1;

function go(step) {
  if (!changes.length) return;
  here = here < 0 && step < 0 ? changes.length - 1 : here + step;
  here = (here + changes.length) % changes.length;
  const change = changes[here];
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "center" });
  if (walk) walk.querySelector("output").value = `${here + 1} / ${changes.length}`;
}

for (const [at, change] of changes.entries()) {
  change.tabIndex = -1;
  change.addEventListener("focus", () => {
    here = at;
  });
}

if (walk && changes.length) {
  walk.hidden = false;
  walk.querySelector("[data-next]").addEventListener("click", () => go(1));
  walk.querySelector("[data-previous]").addEventListener("click", () => go(-1));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const letter = letterOf(event);
  if (letter === "n") go(1);
  else if (letter === "p") go(-1);
  else return;
  event.preventDefault();
});
