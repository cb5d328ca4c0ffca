// The outline follows the reader, and closes on a phone once a place is chosen.

let watcher = null;

export function startOutline() {
  watcher?.disconnect();
  const lines = new Map();
  for (const line of document.querySelectorAll(".outline li[data-clause]")) {
    lines.set(`clause-${line.dataset.clause}`, line);
  }
  const seen = new Set();
  watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      const first = [...document.querySelectorAll("#text .block")].find((one) => seen.has(one));
      const line = first && lines.get(first.querySelector(".clause")?.id);
      if (!line) return;
      for (const one of document.querySelectorAll(".outline .at")) {
        one.classList.remove("at");
        one.firstElementChild.removeAttribute("aria-current");
      }
      line.classList.add("at");
      line.firstElementChild.setAttribute("aria-current", "location");
    },
    { rootMargin: "-10% 0px -70% 0px" },
  );
  for (const block of document.querySelectorAll("#text .block")) watcher.observe(block);
}

document.addEventListener("click", (event) => {
  const outline = event.target.closest(".outline a")?.closest(".outline");
  if (outline?.matches(":popover-open")) outline.hidePopover();
});
