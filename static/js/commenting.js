// Select words, press the button that appears, write beside them.

import { acts as bracketing } from "./bracketing.js";
import { putAway } from "./forms.js";
import { alignMargins } from "./margins.js";
import { storedRange } from "./offsets.js";
import { startSelecting } from "./selecting.js";
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

export function startCommenting() {
  startSelecting(selected, { comment: { act: comment }, ...bracketing });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.tools [data-key="c"]');
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      comment();
    }
    if (event.target.closest(".new-thread .cancel")) {
      putAway(event.target.closest("form"));
      alignMargins();
    }
  });
}
