// The rolling text by keyboard: from clause to clause, and from one open place to the next.

import { READING, startKeys } from "./keys.js";
import { current, take } from "./tools.js";

/** Whether one thing stands before another in the text. */
const before = (one, other) =>
  Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** The next open place, or with -1 the one before, from where the reader is. */
function toPlace(step) {
  const places = [...document.querySelectorAll("#text .place")];
  const here = document.activeElement.closest("#text .place") ?? current();
  const at = places.indexOf(here);
  let next = places[at + step];
  if (at < 0 && here && step > 0) next = places.find((place) => before(here, place));
  if (at < 0 && here && step < 0) next = places.findLast((place) => before(place, here));
  if (at < 0 && !here) next = places.find((place) => place.getBoundingClientRect().bottom > 0);
  if (!next) return;
  take(next.closest(".clause"));
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

startKeys({ ...READING, n: () => toPlace(1), p: () => toPlace(-1) });
