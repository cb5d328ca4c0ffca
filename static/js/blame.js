// What a run tells, in a card at its words: under the pointer, in focus, or when it is tapped.
// Without this the same stands folded up beside each clause, and the signs lead to the revisions.

const card = document.createElement("div");
card.className = "run-card";
card.hidden = true;
document.body.append(card);

let shown = null;
let pinned = false;
let waiting = 0;

/** The item that tells of a run: one of its clause's, or the only list's on a clause's own page. */
function itemOf(run) {
  const holder = run.closest(".clause, .title, .clause-blame");
  return holder?.querySelector(`.runs > li[value="${run.dataset.run}"]`);
}

function show(run) {
  clearTimeout(waiting);
  const item = itemOf(run);
  if (!item || run === shown) return;
  hide();
  shown = run;
  run.removeAttribute("title");
  run.classList.add("lit");
  card.lang = document.documentElement.lang;
  card.replaceChildren(...[...item.childNodes].map((node) => node.cloneNode(true)));
  card.hidden = false;
  const { left, bottom } = run.getClientRects()[0];
  const widest = document.documentElement.clientWidth - card.offsetWidth - 16;
  card.style.left = `${Math.max(16, Math.min(left, widest)) + window.scrollX}px`;
  card.style.top = `${bottom + window.scrollY + 6}px`;
}

function hide() {
  clearTimeout(waiting);
  shown?.classList.remove("lit");
  shown = null;
  pinned = false;
  card.hidden = true;
}

document.addEventListener("mouseover", ({ target }) => {
  const run = target.closest?.("[data-run]");
  if (pinned) return;
  clearTimeout(waiting);
  if (run) waiting = setTimeout(() => show(run), 120);
  else if (shown && !card.contains(target)) waiting = setTimeout(hide, 250);
});
document.addEventListener("focusin", ({ target }) => {
  const run = target.closest("[data-run]");
  if (run) show(run);
  else if (!card.contains(target)) hide();
});
document.addEventListener("click", ({ target }) => {
  if (card.contains(target) || target.closest("a, summary, button")) return;
  const run = target.closest("[data-run]");
  if (!run || !document.getSelection().isCollapsed) return hide();
  show(run);
  pinned = true;
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hide();
});
