// Puts each card of the discussion level with the words it is about, none over another.

const WIDE = window.matchMedia("(min-width: 80rem)");
const GAP = 14;

/** Lay out one margin's cards below `free`, the first place not taken by those above; the next. */
function place(margin, free) {
  const cards = [...margin.querySelectorAll(":scope > :is(.silenced, .proposals, .thread, .new-thread)")];
  const top = margin.getBoundingClientRect().top + window.scrollY;
  const wanted = cards
    .map((card, order) => ({ card, order, at: wordsOf(card, top) }))
    .sort((one, other) => one.at - other.at || one.order - other.order);
  for (const { card, at } of wanted) {
    const y = Math.max(at, free);
    card.style.top = `${y - top}px`;
    free = y + card.offsetHeight + GAP;
  }
  return free;
}

function alignAll() {
  const margins = [...document.querySelectorAll("#text .margin")];
  const text = document.getElementById("text");
  if (!text) return;
  for (const margin of margins) margin.classList.toggle("aligned", WIDE.matches);
  text.style.minHeight = "";
  if (!WIDE.matches) return;
  let free = 0;
  for (const margin of margins) if (margin.childElementCount) free = place(margin, free);
  // The last cards may need more room than the text does.
  text.style.minHeight = `${free - text.getBoundingClientRect().top - window.scrollY}px`;
}

/** Where on the page the words of a card begin. */
function wordsOf(card, otherwise) {
  if (card.dataset.top) return Number(card.dataset.top);
  const mark = document.getElementById(card.id.replace("thread-", "mark-"));
  const words = mark ?? document.getElementById(`clause-${card.dataset.clause}`);
  if (!words) return otherwise;
  const lead = mark ? 0 : parseFloat(getComputedStyle(words).paddingTop);
  return words.getBoundingClientRect().top + window.scrollY + lead;
}

let waiting = 0;
/** Align all margins, once before the next frame. */
export function alignMargins() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(alignAll);
}

function light(thread, on) {
  for (const one of document.querySelectorAll(`.anchor[data-thread="${thread}"], #thread-${thread}`)) {
    one.classList.toggle("lit", on);
  }
}

export function startMargins() {
  alignMargins();
  document.fonts.ready.then(alignMargins);
  window.addEventListener("resize", alignMargins);
  document.addEventListener("toggle", alignMargins, true);
  // A block out of sight is laid out when it comes near, and its words may then stand elsewhere.
  document.addEventListener("contentvisibilityautostatechange", alignMargins, true);
  startLighting();
}

/** Light words and card together while the pointer is on either. */
export function startLighting() {
  for (const [name, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, (event) => {
      const words = event.target.closest?.(".anchor, .anchor-number");
      const card = event.target.closest?.("#reading .thread");
      if (words) light(words.dataset.thread, on);
      if (card) light(card.id.replace("thread-", ""), on);
    });
  }
}
