"""The summary of changes that a redline opens with, and the names a document goes by.

One list for every format: how often each kind of change happened, then each changed clause with
its citation. What lies inside a clause that was added or struck whole is not listed again.
"""

from dataclasses import dataclass

from charter.formats import languages
from charter.formats.document import Document, Point
from charter.text.redline import Change, Redline, Row

_WHOLE = (Change.ADDED, Change.STRUCK)


@dataclass(frozen=True, slots=True)
class Entry:
    """A changed clause: its row, its citation, and what happened in words."""

    row: Row
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`counts` are lines like "added: 3"; `entries` stand in reading order."""

    counts: tuple[str, ...]
    entries: tuple[Entry, ...]


def summary(document: Document) -> Summary:
    """What changed in this document."""
    redline, words = document.redline, languages.words(document.language)
    counts = tuple(
        f"{words[change]}: {redline.count(change)}" for change in Change if redline.count(change)
    )
    entries = tuple(
        Entry(row, row.citation or words[row.kind], _what(row, document))
        for row in _listed(redline)
    )
    return Summary(counts, entries)


def point_name(point: Point, language: str) -> str:
    """A revision as people call it: "Rev.1 (revision 12)", or "Revision 12"."""
    number = languages.words(language)["revision"].format(revision=point.revision)
    return f"{point.edition} ({number})" if point.edition else number


def changes_line(document: Document) -> str:
    """Which two texts a redline compares; "" for a clean text."""
    if document.since is None:
        return ""
    language = document.language
    since, at = point_name(document.since, language), point_name(document.at, language)
    return languages.words(language)["changes"].format(since=since, at=at)


def facts(document: Document) -> tuple[tuple[str, str], ...]:
    """Names and values of what identifies the document: symbol, edition, revision, date, digest."""
    words, at, language = languages.words(document.language), document.at, document.language
    date = languages.date(language, at.committed_at) if at.committed_at else ""
    since = f"{document.since.revision} {words['arrow']} " if document.since is not None else ""
    found = (
        (words["symbol"], at.symbol),
        (words["edition"], at.edition),
        (words["revision_name"], f"{since}{at.revision}"),
        (words["date"], date),
        (words["digest"], at.digest),
        (words["agreement"], words["nothing_agreed"] if document.nothing_agreed else ""),
    )
    return tuple((name, value) for name, value in found if value)


def remarks(row: Row, language: str) -> tuple[str, ...]:
    """What a row says beside its words: where a moved clause came from or went, what it was."""
    words = languages.words(language)
    said = []
    if row.left_for:
        said.append(words["moved_to"].format(place=row.left_for))
    elif Change.MOVED in row.changes:
        said.append(words["moved_from"].format(place=row.moved_from))
    for entry, place in (("split_entry", row.split_from), ("joined_entry", row.joined_into)):
        if place:
            remark = words[entry].format(place=place)
            said.append(remark[:1].upper() + remark[1:])
    if Change.RECAST in row.changes and row.kind_before is not None:
        said.append(words["was"].format(label=words[row.kind_before]))
    if mixed := row.mixed_words:
        said.append(words["mixed"].format(words=", ".join(f"“{word}”" for word in mixed)))
    return tuple(said)


def _listed(redline: Redline) -> list[Row]:
    listed: list[Row] = []
    inside: tuple[int, Change] | None = None
    for row in redline.rows:
        if inside is not None and row.depth > inside[0] and inside[1] in row.changes:
            continue
        whole = next((change for change in _WHOLE if change in row.changes), None)
        inside = (row.depth, whole) if whole is not None else None
        if row.changes and not row.left_for:
            listed.append(row)
    return listed


def _what(row: Row, document: Document) -> str:
    return "; ".join(
        _said(change, row, document)
        for change in Change
        if change in row.changes
        and not (change is Change.RENUMBERED and Change.MOVED in row.changes)
    )


def _said(change: Change, row: Row, document: Document) -> str:
    words = languages.words(document.language)
    match change:
        case Change.MOVED:
            return words["moved_entry"].format(place=row.moved_from)
        case Change.ADDED if row.split_from:
            return words["split_entry"].format(place=row.split_from)
        case Change.STRUCK if row.joined_into:
            return words["joined_entry"].format(place=row.joined_into)
        case Change.STRUCK if document.since is not None:
            since = document.since.edition or point_name(document.since, document.language)
            return words["struck_entry"].format(since=since)
        case Change.RENUMBERED if row.label_before:
            return f"{words[change]} ({row.label_before} {words['arrow']} {row.label or '—'})"
        case Change.RETAGGED:
            return f"{words[change]} ({', '.join(retagged(row, document))})"
        case _:
            return words[change]


def retagged(row: Row, document: Document) -> list[str]:
    """The tags a row gained and lost, each with its sign: "+ openness", "− sovereignty"."""
    old, new = row.principles_before, row.principles
    gained = [f"+ {document.principle_name(slug)}" for slug in new if slug not in old]
    return gained + [f"− {document.principle_name(slug)}" for slug in old if slug not in new]
