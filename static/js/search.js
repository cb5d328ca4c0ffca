// "/" goes to the words to search for, unless somebody is typing.

import { TYPING } from "./letters.js";

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  // On a keyboard whose letters are not Latin the sign may be elsewhere; the key is where it is.
  const pressed = event.key === "/" || (event.code === "Slash" && !/^[\x20-\x7e]$/.test(event.key));
  if (busy || !pressed || event.target.closest(TYPING)) return;
  const fields = document.querySelectorAll('#q, .search-box input[name="q"]');
  const field = [...fields].reverse().find((one) => one.checkVisibility());
  const link = document.querySelector(".search-link");
  if (!field && !link) return;
  event.preventDefault();
  if (!field) link.click();
  else {
    field.focus();
    field.select();
  }
});
