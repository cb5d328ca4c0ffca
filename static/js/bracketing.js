// Square brackets around selected words, placed or lifted at one press.

import { codePoints } from "./offsets.js";
import { idOf } from "./tools.js";

const NONE = "00000000-0000-0000-0000-000000000000";

/** The square brackets a clause shows, in order, each with its place in the stored text. */
function signs(clause) {
  const found = [];
  for (const run of clause.querySelectorAll("[data-start]:not([data-end])")) {
    const text = run.textContent;
    for (const { 0: sign, index } of text.matchAll(/[[\]]/g)) {
      found.push({ sign, at: Number(run.dataset.start) + codePoints(text, index) });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

/** Where the innermost bracket around the words opens, null where they stand in none. */
function around({ clause, start, end }) {
  const open = [];
  for (const { sign, at } of signs(clause)) {
    if (sign === "[") open.push(at);
    else {
      const opened = open.pop();
      if (opened !== undefined && opened <= start && at + 1 >= end) return opened;
    }
  }
  return null;
}

/** Send one act; the form that may come back with a reason takes the place of this one. */
function send(words, values) {
  const template = document.getElementById("bracketing");
  if (!template) return;
  const id = idOf(words.clause);
  document.getElementById(`bracketing-${id}`)?.remove();
  const form = template.content.firstElementChild.cloneNode(true);
  for (const name of ["action", "hx-post"]) {
    form.setAttribute(name, form.getAttribute(name).replace(NONE, id));
  }
  form.id = `bracketing-${id}`;
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  words.clause.append(form);
  window.htmx?.process(form);
  form.requestSubmit();
}

const within = (words) => around(words) !== null;

export const acts = {
  place: { act: ({ start, end, ...words }) => send(words, { start, end }) },
  lift: { act: (words) => send(words, { lift: `text:${around(words)}` }), fits: within },
  remove: { act: (words) => send(words, { removal: `text:${around(words)}` }), fits: within },
};
