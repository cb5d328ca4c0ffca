// Forms that came into the text: first field in focus, Escape and Cancel put them away.

import { storedRange } from "./offsets.js";

document.addEventListener("htmx:load", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.("#text form.editing") || form.contains(document.activeElement)) return;
  const fields = form.querySelectorAll("textarea, input.words, select, input:not([type=hidden])");
  [...fields].find((field) => field.checkVisibility())?.focus({ preventScroll: true });
  const tall = form.offsetHeight > window.innerHeight;
  form.scrollIntoView({ block: tall ? "start" : "nearest" });
});

function changed(form) {
  return [...form.elements].some(
    (one) => one.value !== one.defaultValue && /^(text|textarea)$/.test(one.type),
  );
}

function putAway(form) {
  const clause = form.closest(".clause");
  form.remove();
  clause?.focus();
}

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("#reading form.editing .cancel");
  if (!cancel) return;
  event.preventDefault();
  putAway(cancel.closest("form"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const form =
    event.target.closest("#reading form.editing, #reading form.new-thread") ??
    event.target.closest(".clause")?.querySelector(":scope > form.editing");
  if (form && !changed(form)) putAway(form);
});

// A choice in a merge shows its result at once, until somebody writes in the result.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.merging");
  if (form && /^(choice|own)-/.test(event.target.name)) {
    form.querySelector('[name="compose"]').click();
  }
});
document.addEventListener("input", (event) => {
  if (!event.target.name?.startsWith("own-")) return;
  const own = event.target.closest(".own").querySelector('[value="own"]');
  own.checked = true;
});

// Where a thread is put on other words, selecting them is enough.
document.addEventListener("selectionchange", () => {
  const words = document.querySelector(".quotable");
  const selection = document.getSelection();
  if (!words || selection.isCollapsed || !words.contains(selection.anchorNode)) return;
  const range = storedRange(selection.getRangeAt(0), words);
  const { elements } = document.querySelector("form.editing");
  elements.start.value = range?.start ?? "";
  elements.end.value = range?.end ?? "";
  elements.quote.value = selection.toString();
});
document.addEventListener("input", (event) => {
  if (event.target.name !== "quote" || !document.querySelector(".quotable")) return;
  event.target.form.elements.start.value = "";
  event.target.form.elements.end.value = "";
});
