// What every page does: menus that close, and words for a request that failed.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
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
  item.scrollIntoView({ block: "nearest" });
}

const { dataset } = document.body;
document.addEventListener("htmx:responseError", () => say(dataset.failed, "error"));
document.addEventListener("htmx:sendError", () => say(dataset.offline, "error"));
