"""Plays the demo's history over its content with no database: the text as of each step.

`Text` is a value; `played` gives the text after a change, or says why the change cannot be played.
The seed takes from it the whole wordings that actions want, and the tests prove the script sound.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from charter.demo.content import TITLE, Entry, Words, link, relinked
from charter.demo.script import Change, Exchange, Insert, Move, Restore, Retag, Reword, Strike
from charter.text.kinds import may_hold
from charter.text.outline import Clause, Outline


class Unplayable(ValueError):
    """The step does not fit the text as it stands at that moment."""


@dataclass(frozen=True, slots=True)
class Text:
    """The clauses by key, the order of the keys among siblings, and which are struck."""

    entries: Mapping[str, Entry]
    order: tuple[str, ...]
    struck: frozenset[str] = frozenset()

    def children(self, parent: str | None) -> list[Entry]:
        """What stands directly in `parent`, in order, without what is struck."""
        found = (self.entries[key] for key in self.order if key not in self.struck)
        return [entry for entry in found if entry.parent == parent]

    def outline(self, language: str, written: Callable[[str], str] = link) -> Outline:
        """The text in one language, with keys for ids and cross-references as `written` says."""

        def clause(entry: Entry) -> Clause:
            return Clause(
                kind=entry.kind,
                text=relinked(entry.text.get(language, ""), written),
                heading=entry.heading.get(language, ""),
                id=entry.key,
                numeral=entry.numeral,
                principles=entry.tags,
                children=tuple(clause(child) for child in self.children(entry.key)),
            )

        top = tuple(clause(entry) for entry in self.children(None))
        return Outline(title=TITLE[language], clauses=top, language=language)


def opening(entries: Iterable[Entry]) -> Text:
    """The text these clauses make, in the order given."""
    text = Text({}, ())
    for entry in entries:
        text = _placed(text, entry, None, None)
    return text


def played(text: Text, change: Change) -> Text:
    """The text after the change. Raises Unplayable."""
    if isinstance(change, Insert):
        return _placed(text, change.entry, change.after, change.before)
    if change.clause not in text.entries:
        raise Unplayable(f"there is no clause {change.clause}")
    entry = text.entries[change.clause]
    match change:
        case Reword():
            return _with(text, _reworded(entry, change))
        case Retag(tags=tags):
            return _with(text, replace(entry, tags=tags))
        case Strike(clause=key) if key not in text.struck:
            return replace(text, struck=text.struck | {key})
        case Restore(clause=key) if key in text.struck:
            return replace(text, struck=text.struck - {key})
        case Move(parent=parent, after=after, before=before):
            gone = replace(
                text,
                entries={key: one for key, one in text.entries.items() if key != entry.key},
                order=tuple(key for key in text.order if key != entry.key),
            )
            return _placed(gone, replace(entry, parent=parent), after, before)
    raise Unplayable(f"{change.clause} is struck already, or not struck at all")


def _placed(text: Text, entry: Entry, after: str | None, before: str | None) -> Text:
    if entry.key in text.entries:
        raise Unplayable(f"there are two clauses {entry.key}")
    if entry.parent is not None and entry.parent not in text.entries:
        raise Unplayable(f"{entry.key} stands in {entry.parent}, which is not there")
    above = text.entries[entry.parent].kind if entry.parent else None
    if not may_hold(above, entry.kind):
        raise Unplayable(f"{entry.key}, {entry.kind}, cannot stand in a {above}")
    at = len(text.order)
    if sibling := after or before:
        if sibling not in text.entries or text.entries[sibling].parent != entry.parent:
            raise Unplayable(f"{sibling} is no sibling of {entry.key}")
        at = text.order.index(sibling) + bool(after)
    order = (*text.order[:at], entry.key, *text.order[at:])
    return replace(text, entries={**text.entries, entry.key: entry}, order=order)


def _with(text: Text, entry: Entry) -> Text:
    return replace(text, entries={**text.entries, entry.key: entry})


def _reworded(entry: Entry, change: Reword) -> Entry:
    return replace(
        entry,
        text=_exchanged(entry.text, change.text, entry.key),
        heading=_exchanged(entry.heading, change.heading, entry.key),
    )


def _exchanged(words: Words, exchanges: Mapping[str, Exchange], key: str) -> Words:
    new = dict(words)
    for language, (going, coming) in exchanges.items():
        if new.get(language, "").count(going) != 1:
            raise Unplayable(f"{key} ({language}) does not have once: {going}")
        new[language] = new[language].replace(going, coming)
    return new
