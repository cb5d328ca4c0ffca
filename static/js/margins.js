// Puts each card of the discussion level with the words it is about, none over another.

const WIDE = window.matchMedia("(min-width: 80rem)");
const GAP = 14;

function place(margin) {
  const cards = [...margin.querySelectorAll(":scope > .thread, :scope > .new-thread")];
  margin.classList.toggle("aligned", WIDE.matches && cards.length > 0);
  margin.style.minHeight = "";
  for (const card of cards) card.style.top = "";
  if (!WIDE.matches || !cards.length) return;
  const top = margin.getBoundingClientRect().top;
  const wanted = cards
    .map((card, order) => ({ card, order, at: Math.max(0, wordsOf(card, top) - top) }))
    .sort((one, other) => one.at - other.at || one.order - other.order);
  let free = 0;
  for (const { card, at } of wanted) {
    const y = Math.max(at, free);
    card.style.top = `${y}px`;
    free = y + card.offsetHeight + GAP;
  }
  margin.style.minHeight = `${free}px`;
}

/** Where on the screen the words of a card begin. */
function wordsOf(card, otherwise) {
  if (card.dataset.top) return Number(card.dataset.top) - window.scrollY;
  const mark = document.getElementById(card.id.replace("thread-", "mark-"));
  const words = mark ?? document.getElementById(`clause-${card.dataset.clause}`);
  if (!words) return otherwise;
  const lead = mark ? 0 : parseFloat(getComputedStyle(words).paddingTop);
  return words.getBoundingClientRect().top + lead;
}

let waiting = 0;
/** Align all margins, once before the next frame. */
export function alignMargins() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    for (const margin of document.querySelectorAll("#text .margin:not(:empty)")) place(margin);
  });
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
  for (const [name, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, (event) => {
      const words = event.target.closest?.(".anchor, .anchor-number");
      const card = event.target.closest?.("#text .thread");
      if (words) light(words.dataset.thread, on);
      if (card) light(card.id.replace("thread-", ""), on);
    });
  }
}
