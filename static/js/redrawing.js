// While words are typed in a form, the server shows beside them what they change.

import { alignMargins } from "./margins.js";

const WAIT = 300; // milliseconds without a key
const asked = new WeakMap(); // what is asked for a form: its timer, and how to take it back

async function show(form, signal) {
  const { redline } = form.dataset;
  try {
    // Who was signed out meanwhile would be led to another page, which is no redline.
    const sent = { method: "POST", body: new FormData(form), redirect: "manual", signal };
    const answer = await fetch(redline, sent);
    // Whatever else is wrong is said when the form is sent; until then the words are safe in it.
    if (answer.status !== 200 && answer.status !== 422) return;
    form.querySelector(".live-redline").innerHTML = await answer.text();
    alignMargins();
  } catch {
    // Nobody answered, or newer words are on their way.
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-redline]");
  if (!form || !target.matches(".words")) return;
  const before = asked.get(form);
  clearTimeout(before?.timer);
  before?.taker.abort();
  const taker = new AbortController();
  asked.set(form, { taker, timer: setTimeout(() => show(form, taker.signal), WAIT) });
});
