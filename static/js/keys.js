// Keys of the text; they do nothing while somebody types.

import { comment } from "./commenting.js";
import { letterOf } from "./letters.js";
import { current, follow, take } from "./tools.js";

const TYPING = "input, textarea, select, [contenteditable], dialog[open]";

function beside(step) {
  const clauses = [...document.querySelectorAll("#text .clause[id]:not(.aside)")];
  const at = clauses.indexOf(current());
  if (at >= 0) return clauses[at + step];
  const inView = clauses.findIndex((clause) => clause.getBoundingClientRect().bottom > 0);
  return clauses[Math.max(inView, 0)];
}

const DEEDS = {
  j: () => beside(1) && take(beside(1)),
  k: () => beside(-1) && take(beside(-1)),
  e: () => follow("e"),
  i: () => follow("i"),
  m: () => follow("m"),
  h: () => follow("h"),
  c: () => comment(),
  "?": () => document.getElementById("keys").showModal(),
};

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (busy || event.target.closest(TYPING)) return;
    const deed = DEEDS[letterOf(event)];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".keys-button")) DEEDS["?"]();
  });
  for (const button of document.querySelectorAll(".keys-button")) button.hidden = false;
  document.addEventListener("htmx:afterSettle", () => {
    for (const button of document.querySelectorAll(".keys-button")) button.hidden = false;
  });
}
