// Shortcuts are Latin letters; a Russian keyboard sends Cyrillic ones from the same keys.

/** Where letters are written and are no shortcuts. */
export const TYPING = "input, textarea, select, [contenteditable], dialog[open]";

/** The character typed; where it is not ASCII, the Latin letter printed on that key, or "". */
export function letterOf(event) {
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
}
