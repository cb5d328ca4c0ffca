// Buttons that appear below selected words.

/**
 * Show the buttons where `selected` gives words. `acts` are by the button's `data-act`: pressing it
 * calls `act` with the words; one with `fits` is there only for words that fit.
 */
export function startSelecting(selected, acts) {
  document.addEventListener("selectionchange", () => show(selected(), acts));
  document.addEventListener("mousedown", (event) => {
    // A press on a button must not drop the selection it is about.
    if (event.target.closest(".selection-buttons")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".selection-buttons [data-act]");
    const words = button && selected();
    if (!words) return;
    acts[button.dataset.act].act(words);
    document.getSelection().removeAllRanges();
  });
}

function show(words, acts) {
  const row = document.querySelector(".selection-buttons");
  if (!row) return;
  row.hidden = !words;
  if (!words) return;
  for (const button of row.children) {
    const { fits } = acts[button.dataset.act];
    button.hidden = Boolean(fits) && !fits(words);
  }
  const box = words.range.getBoundingClientRect();
  const width = row.offsetWidth;
  const left = Math.min(box.right - width / 2, document.documentElement.clientWidth - width - 8);
  row.style.left = `${Math.max(8, left) + window.scrollX}px`;
  row.style.top = `${box.bottom + window.scrollY + 6}px`;
}
