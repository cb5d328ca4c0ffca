// The one place where the browser's offsets (UTF-16 units of what is shown) meet those of anchors
// (code points of the stored text). Every run of shown characters says in `data-start` where its
// first character stands in the store; one with `data-end` shows something else and goes as a whole.

/** How many code points the first `units` UTF-16 units of `text` hold. */
export function codePoints(text, units = text.length) {
  let count = 0;
  for (let at = 0; at < units; count += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return count;
}

/** How many UTF-16 units the first `points` code points of `text` take. */
export function utf16Units(text, points) {
  let at = 0;
  for (let count = 0; count < points && at < text.length; count += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return at;
}

/** The range in the stored text that a selection covers inside `root`; null when it covers none. */
export function storedRange(range, root) {
  let start = null;
  let end = null;
  for (const run of root.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(run)) continue;
    const text = run.textContent;
    const [from, to] = [unitsBefore(run, range, "start"), unitsBefore(run, range, "end")];
    if (from >= to) continue;
    const base = Number(run.dataset.start);
    const whole = run.dataset.end;
    start ??= whole ? base : base + codePoints(text, from);
    end = whole ? Number(whole) : base + codePoints(text, to);
  }
  return start === null ? null : { start, end };
}

/** How far into the run the range begins or ends, in UTF-16 units. */
function unitsBefore(run, range, edge) {
  const [node, offset] =
    edge === "start"
      ? [range.startContainer, range.startOffset]
      : [range.endContainer, range.endOffset];
  const whole = document.createRange();
  whole.selectNodeContents(run);
  if (whole.comparePoint(node, offset) < 0) return 0;
  if (whole.comparePoint(node, offset) > 0) return run.textContent.length;
  whole.setEnd(node, offset);
  return whole.toString().length;
}
