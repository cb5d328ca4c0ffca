// Forms that came into the text: first field in focus, Escape and Cancel put them away, and what
// was typed in them outlives the text about them.

import { storedRange } from "./offsets.js";
import "./redrawing.js";

document.addEventListener("htmx:load", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.("#text form.editing") || form.contains(document.activeElement)) return;
  const words = form.querySelectorAll("form.suggesting :is(input, textarea).words");
  const fields = form.querySelectorAll("textarea, select, input:not([type=hidden])");
  // Who suggests, writes; what kind it is comes second.
  const shown = [...words, ...fields].find((field) => field.checkVisibility());
  shown?.focus({ preventScroll: true });
  const tall = form.offsetHeight > window.innerHeight;
  form.scrollIntoView({ block: tall ? "start" : "nearest" });
});

function changed(form) {
  return [...form.elements].some(
    (one) => one.value !== one.defaultValue && /^(text|textarea)$/.test(one.type),
  );
}

const written = () =>
  [...document.querySelectorAll("#text :is(form.editing, form.new-thread)")].filter(changed);

/** The id of the clause or the card that a form belongs to: around it, or else beside it. */
function homeOf(form) {
  if (form.dataset.clause) return `clause-${form.dataset.clause}`;
  const inside = form.parentElement.closest(".clause, .thread");
  const beside = inside ?? form.previousElementSibling ?? form.nextElementSibling;
  return beside?.closest(".clause, .thread")?.id;
}

/** Take the forms with unsaved words out of a text that is to be replaced, but the one sent. */
export function takeOut(sent) {
  return written()
    .filter((form) => form !== sent)
    .map((form) => {
      const kept = { form, home: homeOf(form), inside: form.parentElement.closest(".clause, .thread") };
      form.remove();
      return kept;
    });
}

/** Put them where they stood in the new text; where their clause is gone, at its beginning. */
export function putBack(kept) {
  for (const { form, home, inside } of kept) {
    const again = document.getElementById(home);
    if (!again) document.getElementById("text").prepend(form);
    else if (form.matches(".new-thread")) again.closest(".block").querySelector(".margin").append(form);
    else if (inside) again.append(form);
    else again.after(form);
    window.htmx?.process(form);
  }
}

// Words that were not sent are not left behind without a question.
let sending = false;
document.addEventListener("submit", () => {
  sending = true;
  setTimeout(() => (sending = false));
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && written().length) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form.editing, form.new-thread");
  const button = form?.querySelector("button.primary");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});

/** Take a form away; what it was about has the focus then. */
export function putAway(form) {
  const home = document.getElementById(homeOf(form));
  form.remove();
  if (home?.matches(".thread")) home.tabIndex = -1;
  home?.focus({ preventScroll: true });
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
  if (!form || !/^(choice|own)-/.test(event.target.name)) return;
  const compose = form.querySelector('[name="compose"]');
  // A page of its own comes anew, and leads back to where the choice was made.
  if (event.target.id) compose.formAction = `${form.getAttribute("action")}#${event.target.id}`;
  compose.click();
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
