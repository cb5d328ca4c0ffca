// The page of a charter's text: everything here makes easier what works without it.

import { startCommenting } from "./commenting.js";
import { startKeys } from "./keys.js";
import { alignMargins, startMargins } from "./margins.js";
import { startMoving } from "./moving.js";
import { startOutline } from "./outline.js";
import { beforeReplacing, startTools, takeAgain } from "./tools.js";
import "./forms.js";

startTools();
startKeys();
startCommenting();
startMoving();
startOutline();
startMargins();

// The server's answer replaces the text; the clause that was in hand stays in hand.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "reading") beforeReplacing();
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "reading") {
    startOutline();
    takeAgain();
  }
  alignMargins();
});
