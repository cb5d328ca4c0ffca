"""The demo's history as a script: what was done at the table, by whom and when.

`sittings/*.toml` holds `[[step]]` tables in order of time. Each has `at`, `by` (a key of the cast)
and one of these, which names the clause or thread it is about:

  reword    changes words: `en`, `ru` and `heading.en`, `heading.ru` are [from, to] pairs
  insert    a new clause, written as in the draft, with `after` or `before` a sibling
  strike, restore
  move      to `in`, with `after` or `before` a sibling
  retag     with the `tags` it has from now on
  thread    a new thread `on` a clause in a `language`, about its `quote` ("" for all), with `text`
  reply, resolve
  edition   names the text as it stands, with a `symbol`
  stage     where the negotiation stands from now on
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from charter.demo.content import HERE, LANGUAGES, Entry, entry, tables

Exchange = tuple[str, str]  # the words that go, the words that come


@dataclass(frozen=True, slots=True)
class Step:
    """Something done at a moment by someone."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Reword(Step):
    """Words of one clause replaced, in one language or several."""

    clause: str
    message: str
    text: Mapping[str, Exchange] = field(default_factory=dict)
    heading: Mapping[str, Exchange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Insert(Step):
    """A new clause beside a sibling."""

    entry: Entry
    message: str
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Strike(Step):
    """A clause leaves the text."""

    clause: str
    message: str


@dataclass(frozen=True, slots=True)
class Restore(Step):
    """A struck clause comes back."""

    clause: str
    message: str


@dataclass(frozen=True, slots=True)
class Move(Step):
    """A clause goes elsewhere with all it holds."""

    clause: str
    message: str
    parent: str
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Retag(Step):
    """A clause gets other principles."""

    clause: str
    message: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenThread(Step):
    """A discussion of some words begins."""

    thread: str
    clause: str
    language: str
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply(Step):
    """One more comment in a thread."""

    thread: str
    text: str


@dataclass(frozen=True, slots=True)
class Resolve(Step):
    """A thread is settled."""

    thread: str


@dataclass(frozen=True, slots=True)
class NameEdition(Step):
    """The text as it stands gets a name and a document symbol."""

    name: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Advance(Step):
    """The negotiation reaches another stage."""

    stage: str


Change = Reword | Insert | Strike | Restore | Move | Retag


def history() -> tuple[Step, ...]:
    """Every step of every sitting, in order of time."""
    files = sorted((HERE / "sittings").glob("*.toml"))
    return tuple(step(row) for file in files for row in tables(file, "step"))


def step(row: Mapping[str, Any]) -> Step:
    """The step that one TOML table describes. KeyError when it says nothing that is known."""
    when = {"at": row["at"], "by": row["by"]}
    verb = next(verb for verb in row if verb in _READERS)
    return _READERS[verb](row, when)


def _reword(row: Mapping[str, Any], when: dict[str, Any]) -> Step:
    return Reword(
        **when,
        clause=row["reword"],
        message=row["message"],
        text=_exchanges(row),
        heading=_exchanges(row.get("heading", {})),
    )


def _insert(row: Mapping[str, Any], when: dict[str, Any]) -> Step:
    new = entry({**row, "key": row["insert"]})
    return Insert(**when, entry=new, message=row["message"], **_place(row))


def _move(row: Mapping[str, Any], when: dict[str, Any]) -> Step:
    return Move(**when, clause=row["move"], message=row["message"], parent=row["in"], **_place(row))


def _exchanges(row: Mapping[str, Any]) -> dict[str, Exchange]:
    return {language: tuple(row[language]) for language in LANGUAGES if language in row}


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"after": row.get("after"), "before": row.get("before")}


_READERS = {
    "reword": _reword,
    "insert": _insert,
    "move": _move,
    "strike": lambda row, when: Strike(**when, clause=row["strike"], message=row["message"]),
    "restore": lambda row, when: Restore(**when, clause=row["restore"], message=row["message"]),
    "retag": lambda row, when: Retag(
        **when, clause=row["retag"], message=row["message"], tags=tuple(row["tags"])
    ),
    "thread": lambda row, when: OpenThread(
        **when,
        thread=row["thread"],
        clause=row["on"],
        language=row["language"],
        quote=row["quote"],
        text=row["text"],
    ),
    "reply": lambda row, when: Reply(**when, thread=row["reply"], text=row["text"]),
    "resolve": lambda row, when: Resolve(**when, thread=row["resolve"]),
    "edition": lambda row, when: NameEdition(
        **when, name=row["edition"], symbol=row.get("symbol", "")
    ),
    "stage": lambda row, when: Advance(**when, stage=row["stage"]),
}
