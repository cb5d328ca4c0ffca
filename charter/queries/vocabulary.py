"""The vocabulary of principles through history: as of a revision, and what became of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from charter.models import Charter, Principle

_THEN = """
SELECT was.slug, was.names, was.definitions, was.colour, was.withdrawn,
       was.merged_into, was.split_from
FROM charter_principle live
CROSS JOIN LATERAL (
  SELECT h.* FROM charter_historicalprinciple h
  WHERE h.id = live.id AND h.revision_number <= %s
  ORDER BY h.revision_number DESC LIMIT 1
) was
WHERE live.charter_id = %s
ORDER BY was.rank, live.id
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A principle as of a revision: see `models.Principle`."""

    slug: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    colour: str
    withdrawn: bool
    merged_into: str = ""
    split_from: str = ""

    def name(self, language: str) -> str:
        """The name in this language, else in any there is, else the slug."""
        return said(self.names, language) or self.slug

    def definition(self, language: str) -> str:
        """The definition in this language, else in any there is, else nothing."""
        return said(self.definitions, language)


def said(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, else in any there is, else ""."""
    return texts.get(language) or next(iter(texts.values()), "")


def vocabulary_at(charter: Charter, number: int) -> tuple[Entry, ...]:
    """Every principle there was at revision `number`, in order, withdrawn ones too. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_THEN, [number, charter.pk])
        rows = cursor.fetchall()
    return tuple(
        Entry(slug, _texts(names), _texts(definitions), *rest)
        for slug, names, definitions, *rest in rows
    )


def successor(entries: tuple[Entry, ...], slug: str) -> Entry | None:
    """The principle that stands in the place of `slug` after every merger; None when it stands for
    itself."""
    known = {entry.slug: entry for entry in entries}
    found, seen = known.get(slug), {slug}
    while found is not None and found.merged_into and found.merged_into not in seen:
        seen.add(found.merged_into)
        found = known.get(found.merged_into)
    return found if found is not None and found.slug != slug else None


class Event(StrEnum):
    """What became of an entry of the vocabulary."""

    ADDED = "added"
    SPLIT = "split"
    RENAMED = "renamed"
    REDEFINED = "redefined"
    RECOLOURED = "recoloured"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Happening:
    """What a revision did to one principle.

    `name` is its name afterwards, `before` the one before, both in the language asked for. `other`
    is the principle it was merged into or split from, by name; "" otherwise.
    """

    number: int
    slug: str
    name: str
    before: str
    events: tuple[Event, ...]
    other: str = ""


def happenings(
    charter: Charter, first: int, last: int, language: str
) -> dict[int, tuple[Happening, ...]]:
    """What the revisions from `first` to `last` did to the vocabulary, by their number.

    One query, over the history of the vocabulary alone.
    """
    rows = (
        Principle.history.filter(charter_id=charter.pk, revision_number__lte=last)
        .order_by("revision_number", "history_id")
        .values_list(
            "revision_number",
            "slug",
            "names",
            "definitions",
            "colour",
            "withdrawn",
            "merged_into",
            "split_from",
            "rank",
        )
    )
    known: dict[str, tuple[Entry, str]] = {}
    found: dict[int, list[Happening]] = defaultdict(list)
    for number, slug, names, definitions, *more, rank in rows:
        entry = Entry(slug, names, definitions, *more)
        was = known.get(slug)
        known[slug] = entry, rank
        if number >= first:
            found[number].append(_happened(number, entry, rank, was, known, language))
    return {number: tuple(some) for number, some in found.items()}


def _happened(
    number: int,
    entry: Entry,
    rank: str,
    was: tuple[Entry, str] | None,
    known: Mapping[str, tuple[Entry, str]],
    language: str,
) -> Happening:
    events = tuple(_events(entry, rank, was))
    kin = {Event.MERGED: entry.merged_into, Event.SPLIT: entry.split_from}
    other = next((kin[event] for event in events if event in kin), "")
    return Happening(
        number=number,
        slug=entry.slug,
        name=entry.name(language),
        before=was[0].name(language) if was else "",
        events=events,
        other=known[other][0].name(language) if other in known else other,
    )


def _events(entry: Entry, rank: str, before: tuple[Entry, str] | None):
    if before is None:
        yield Event.SPLIT if entry.split_from else Event.ADDED
        return
    was, rank_before = before
    if was.names != entry.names:
        yield Event.RENAMED
    if was.definitions != entry.definitions:
        yield Event.REDEFINED
    if was.colour != entry.colour:
        yield Event.RECOLOURED
    if rank_before != rank:
        yield Event.PLACED
    if entry.withdrawn and not was.withdrawn:
        yield Event.MERGED if entry.merged_into else Event.WITHDRAWN
    if was.withdrawn and not entry.withdrawn:
        yield Event.RESTORED


def _texts(value) -> Mapping[str, str]:
    """What a column of JSON holds: Django has the driver give it as a string."""
    return Principle._meta.get_field("names").from_db_value(value, None, connection)
