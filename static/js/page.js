// What every page does: menus that close, and words for a request that failed.

import "./mentions.js";
import "./search.js";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("li a")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** Say something in the page's messages; a screen reader hears it. */
export function say(text, tag = "info") {
  const item = document.createElement("p");
  item.className = tag;
  item.textContent = text;
  document.getElementById("messages").replaceChildren(item);
}

/** Who signs in again elsewhere gets a new token: give it to the forms that are open here. */
async function renewTokens() {
  const answer = await fetch(window.location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  if (!token) return;
  for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) {
    field.value = token;
  }
}

const { dataset } = document.body;
document.addEventListener("htmx:responseError", ({ detail }) => {
  const { status } = detail.xhr;
  say(status === 401 ? dataset.signedOut : dataset.failed, "error");
  if (status === 403) renewTokens();
});
document.addEventListener("htmx:sendError", () => say(dataset.offline, "error"));

// What was pressed may be gone with what it stood in: the focus goes to what came in its place, or
// the next key would begin at the head of the page.
let pressed = null; // the card of a thread
document.addEventListener("htmx:beforeSwap", () => {
  pressed = document.activeElement?.closest?.(".thread")?.id ?? null;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (document.activeElement !== document.body || detail.elt.id !== "reading") return;
  const place = document.getElementById(pressed) ?? detail.elt;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// Good news need not stay in sight.
const STAY = 8000; // milliseconds
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id !== "messages") return;
  const news = document.querySelectorAll("#messages .success, #messages .info");
  setTimeout(() => news.forEach((item) => item.remove()), STAY);
});
