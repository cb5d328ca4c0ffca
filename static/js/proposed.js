// The page of an amendment: select words that it proposes, press the button, write below them.

import { startSelecting } from "./selecting.js";
import { startLighting } from "./margins.js";
import { storedRange } from "./offsets.js";

/** The selection as words of one change, or null. */
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const node = range.startContainer;
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const words = element.closest?.(".words[data-form]");
  const stored = words && storedRange(range, words);
  return stored && { ...stored, words, range, quote: selection.toString().trim() };
}

function comment({ start, end, words, quote }) {
  const form = document.getElementById("comment").content.firstElementChild.cloneNode(true);
  for (const open of document.querySelectorAll("form.new-thread")) open.remove();
  form.setAttribute("action", words.dataset.form);
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.querySelector(".quote").textContent = quote;
  words.after(form);
  form.elements.text.focus();
}

startSelecting(selected, { comment: { act: comment } });
startLighting();
document.addEventListener("click", (event) => {
  const form = event.target.closest(".new-thread .cancel")?.form;
  if (!form) return;
  const words = form.previousElementSibling;
  form.remove();
  words.tabIndex = -1;
  words.focus({ preventScroll: true });
});
