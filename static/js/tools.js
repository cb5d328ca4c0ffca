// One set of tools for all clauses: it stands at the clause under the pointer or in focus.

const NONE = "00000000-0000-0000-0000-000000000000";
let at = null;

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
  clause.scrollIntoView({ block: "nearest" });
  toolsAt(clause);
}

/** The text was replaced: take the same clause in hand again, where it stands now. */
export function takeAgain() {
  const again = at && !at.isConnected && document.getElementById(at.id);
  at = null;
  if (again) take(again);
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
  document.addEventListener("click", pressed);
  document.addEventListener("focusin", (event) => {
    const clause = event.target.closest("#text .clause");
    if (clause && !event.target.closest(".tools, .clause-link, form")) toolsAt(clause);
  });
}
