// The page of a charter's text: everything here makes easier what works without it.

import { comment, startCommenting } from "./commenting.js";
import { putBack, takeOut } from "./forms.js";
import { READING, startKeys } from "./keys.js";
import { alignMargins, startMargins } from "./margins.js";
import { startMoving } from "./moving.js";
import { startOutline } from "./outline.js";
import { beforeReplacing, follow, startTools, takeAgain } from "./tools.js";

const FOLLOWED = "eimbfhs"; // keys of the clause's tools

startTools();
startKeys({
  ...READING,
  ...Object.fromEntries([...FOLLOWED].map((key) => [key, () => follow(key)])),
  c: () => comment(),
});
startCommenting();
startMoving();
startOutline();
startMargins();

// The server's answer replaces the text; the clause that was in hand stays in hand, and so do forms
// with words that were not sent.
let kept = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "reading" || !detail.shouldSwap) return;
  beforeReplacing();
  kept = takeOut(detail.requestConfig.elt);
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "reading") {
    putBack(kept);
    kept = [];
    startOutline();
    takeAgain();
  }
  alignMargins();
});
