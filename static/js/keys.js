// Keys of a text: they do nothing while somebody types.

import { letterOf, TYPING } from "./letters.js";
import { current, idOf, take } from "./tools.js";

function beside(step) {
  const clauses = [...document.querySelectorAll("#text .clause[id]:not(.aside)")];
  const at = clauses.indexOf(current());
  if (at >= 0) return clauses[at + step];
  const inView = clauses.findIndex((clause) => clause.getBoundingClientRect().bottom > 0);
  return clauses[Math.max(inView, 0)];
}

function takeBeside(step) {
  const clause = beside(step);
  if (clause) take(clause);
}

/** What stands beside the clause in hand, or is asked of it: amendments, and the discussion. */
function cards() {
  if (!current()) return [];
  const id = idOf(current());
  const margin = `.margin .proposals[data-clause="${id}"] a, .margin .thread[data-clause="${id}"]`;
  return [...document.querySelectorAll(`${margin}, #clause-${id} .behind a`)];
}

/** On to the next card of the clause in hand; after the last comes the first. */
function toCard() {
  const found = cards();
  if (!found.length) return;
  const next = found[(found.indexOf(document.activeElement) + 1) % found.length];
  if (!next.matches("a")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** From a card back to its clause. */
function back(event) {
  if (event.key !== "Escape" || event.target.closest(TYPING)) return;
  if (cards().includes(event.target)) take(current());
}

/** The keys that every reading of the text has. */
export const READING = {
  j: () => takeBeside(1),
  k: () => takeBeside(-1),
  a: toCard,
  "?": () => document.getElementById("keys").showModal(),
};

function showButtons() {
  for (const button of document.querySelectorAll(".keys-button")) button.hidden = false;
}

/** Let each letter of `deeds` do its deed. */
export function startKeys(deeds) {
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (busy || event.target.closest(TYPING)) return;
    const deed = deeds[letterOf(event)];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  document.addEventListener("keydown", back);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".keys-button")) deeds["?"]();
  });
  showButtons();
  document.addEventListener("htmx:afterSettle", showButtons);
}
