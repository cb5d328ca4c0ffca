// One set of tools for all clauses: it stands at the clause under the pointer or in focus.

const NONE = "00000000-0000-0000-0000-000000000000";
let at = null;
let stood = 0;

export const idOf = (clause) => clause.id.replace("clause-", "");
export const current = () => at?.isConnected && at;

/** Put the tools at a clause, unless a form is open in it. */
export function toolsAt(clause) {
  if (clause === at && clause?.querySelector(":scope > .tools")) return;
  document.querySelector(".clause > .tools")?.remove();
  at = clause;
  const template = document.getElementById("tools");
  if (!clause?.id || !template || clause.querySelector(":scope > form.editing")) return;
  const tools = template.content.firstElementChild.cloneNode(true);
  for (const link of tools.querySelectorAll("[href]")) {
    for (const name of ["href", "hx-get"]) {
      const value = link.getAttribute(name);
      if (value) link.setAttribute(name, value.replaceAll(NONE, idOf(clause)));
    }
  }
  clause.append(tools);
  window.htmx?.process(tools);
}

/** Follow one of the current clause's links by its key, as a click would. */
export function follow(key) {
  if (!current()) return;
  toolsAt(at);
  at.querySelector(`:scope > .tools [data-key="${key}"]`)?.click();
}

/** Take a clause in hand: focus, tools, and in view. */
export function take(clause) {
  for (const before of document.querySelectorAll(".clause.here")) before.classList.remove("here");
  clause.classList.add("here");
  clause.focus({ preventScroll: true });
  arrive(clause, "nearest");
  toolsAt(clause);
}

/** Bring a clause into view, and again once the blocks about it have been laid out. */
function arrive(clause, block) {
  clause.scrollIntoView({ block });
  if (!clause.closest(".text.long")) return;
  requestAnimationFrame(() => requestAnimationFrame(() => clause.scrollIntoView({ block })));
}

function arriveAtTarget() {
  const target = document.getElementById(window.location.hash.slice(1));
  if (target?.matches(".clause")) arrive(target, "start");
}

/** The text is about to be replaced: remember how high in the window the clause stands. */
export function beforeReplacing() {
  stood = at?.isConnected ? at.getBoundingClientRect().top : 0;
}

/** The text was replaced: take the same clause in hand again, where the eye left it. Whoever is at a
 * card stays there. */
export function takeAgain() {
  const again = at && !at.isConnected && document.getElementById(at.id);
  at = null;
  if (!again) return;
  const card = document.activeElement.closest(".thread");
  window.scrollBy(0, again.getBoundingClientRect().top - stood);
  take(again);
  card?.focus({ preventScroll: true });
}

/** A press on a clause takes it in hand, one on a link or to select words does not. */
function pressed(event) {
  const link = event.target.closest(".clause-link");
  const clause = event.target.closest("#text .clause[id]");
  if (!clause || event.ctrlKey || event.metaKey) return;
  if (link) event.preventDefault();
  else if (event.target.closest("a, button, input, summary, form")) return;
  if (!link && !document.getSelection().isCollapsed) return;
  take(clause);
  if (link) clause.querySelector(":scope > .tools a")?.focus();
}

export function startTools() {
  arriveAtTarget();
  window.addEventListener("hashchange", arriveAtTarget);
  document.addEventListener("click", pressed);
  document.addEventListener("focusin", (event) => {
    const clause = event.target.closest("#text .clause");
    if (clause && !event.target.closest(".tools, .clause-link, form")) toolsAt(clause);
  });
}
