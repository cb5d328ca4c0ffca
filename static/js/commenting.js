// Select words, press the button that appears, write beside them.

import { alignMargins } from "./margins.js";
import { storedRange } from "./offsets.js";
import { current, idOf } from "./tools.js";

const NONE = "00000000-0000-0000-0000-000000000000";

/** The selection as words of one clause, or null. */
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const node = range.startContainer;
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const clause = element.closest?.("#text .clause[id]");
  if (!clause) return null;
  const stored = storedRange(range, clause);
  return stored && { ...stored, clause, range, quote: selection.toString().trim() };
}

/** Open the form on the selected words, else on the clause in hand as a whole. */
export function comment(words = selected()) {
  const template = document.getElementById("comment");
  const clause = words?.clause ?? current();
  if (!template || !clause) return;
  for (const open of document.querySelectorAll("form.new-thread")) open.remove();
  const form = template.content.firstElementChild.cloneNode(true);
  for (const name of ["action", "hx-post"]) {
    form.setAttribute(name, form.getAttribute(name).replace(NONE, idOf(clause)));
  }
  form.elements.start.value = words?.start ?? 0;
  form.elements.end.value = words?.end ?? 0;
  const quote = form.querySelector(".quote");
  if (words) quote.textContent = words.quote;
  else quote.remove();
  form.dataset.clause = idOf(clause);
  if (words) form.dataset.top = words.range.getBoundingClientRect().top + window.scrollY;
  clause.closest(".block").querySelector(".margin").append(form);
  window.htmx?.process(form);
  alignMargins();
  form.elements.text.focus();
}

function showButton() {
  const button = document.querySelector(".selection-button");
  if (!button) return;
  const words = selected();
  button.hidden = !words;
  if (!words) return;
  const box = words.range.getBoundingClientRect();
  const width = button.offsetWidth;
  const left = Math.min(box.right - width / 2, document.documentElement.clientWidth - width - 8);
  button.style.left = `${Math.max(8, left) + window.scrollX}px`;
  button.style.top = `${box.bottom + window.scrollY + 6}px`;
}

export function startCommenting() {
  document.addEventListener("selectionchange", showButton);
  document.addEventListener("mousedown", (event) => {
    // A press on the button must not drop the selection it is about.
    if (event.target.closest(".selection-button")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".selection-button")) {
      comment();
      document.getSelection().removeAllRanges();
    }
    const link = event.target.closest('.tools [data-key="c"]');
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      comment();
    }
    if (event.target.closest(".new-thread .cancel")) {
      event.target.closest("form").remove();
      alignMargins();
    }
  });
}
