"""The demo's amendments: drafted, tabled and joined at their moments by people of the cast."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from charter.actions.amendment_threads import (
    open_amendment_thread,
    reply_on_amendment,
    resolve_amendment_thread,
)
from charter.actions.amendments import draft_amendment, join_amendment, table_amendment
from charter.actions.proposals import (
    propose_insertion,
    propose_move,
    propose_rewording,
    propose_strike,
)
from charter.actions.values import Words
from charter.demo.content import HERE, LANGUAGES
from charter.demo.playing import Table
from charter.models import Amendment
from charter.queries.proposed_words import parts_of
from charter.text.kinds import Kind
from charter.text.outline import Clause
from charter.text.proposal import whole


@dataclass(frozen=True, slots=True)
class Tabling:
    """An amendment of the script, with what it asks for as the file has it."""

    at: datetime
    by: str
    title: str
    rationale: str
    asks: tuple[tuple[str, Mapping[str, Any]], ...]
    joined: tuple[str, ...] = ()
    talks: tuple[Mapping[str, Any], ...] = ()


def tablings() -> tuple[Tabling, ...]:
    """The amendments in order of time."""
    found = tomllib.loads((HERE / "amendments.toml").read_text())["amendment"]
    return tuple(
        Tabling(
            at=one["at"],
            by=one["by"],
            title=one["title"],
            rationale=one["rationale"],
            asks=tuple((act, ask) for act in _ACTS for ask in one.get(act, ())),
            joined=tuple(one.get("joined", ())),
            talks=tuple(one.get("talk", ())),
        )
        for one in found
    )


def table_at(table: Table, one: Tabling) -> None:
    """Draft the amendment, put it on the table, and have others join a day later."""
    act = {"actor": table.people[one.by], "charter": table.charter, "at": one.at}
    made = draft_amendment(**act, title=one.title, rationale=one.rationale)
    for kind, ask in one.asks:
        _ACTS[kind](table, act | {"amendment": made.uuid}, ask)
    table_amendment(**act, amendment=made.uuid)
    for person in one.joined:
        act |= {"actor": table.people[person], "at": one.at + timedelta(days=1)}
        join_amendment(**act, amendment=made.uuid)
    for talk in one.talks:
        _talk(table, made, talk, one.at + timedelta(days=1))


def _talk(table: Table, amendment: Amendment, talk: Mapping[str, Any], at: datetime) -> None:
    """Have somebody comment on the amendment, and the others answer."""
    act = {"charter": table.charter, "amendment": amendment.uuid}
    place = _words(amendment, talk) if "words" in talk else {}
    opened = open_amendment_thread(
        **act, **place, actor=table.people[talk["by"]], text=talk["text"], at=at
    )
    act["thread"] = opened.uuid
    for hours, (person, text) in enumerate(talk.get("answers", ()), start=24):
        when = at + timedelta(hours=hours)
        reply_on_amendment(**act, actor=table.people[person], text=text, at=when)
    if "resolved" in talk:
        when = at + timedelta(days=2)
        resolve_amendment_thread(**act, actor=table.people[talk["resolved"]], at=when)


def _words(amendment: Amendment, talk: Mapping[str, Any]) -> dict[str, Any]:
    """Where the words stand in the change that proposes them."""
    for change in amendment.changes.filter(language=talk["language"]):
        start = whole(parts_of(change)).find(talk["words"])
        if start >= 0:
            return {"change": change.uuid, "start": start, "end": start + len(talk["words"])}
    raise ValueError(f"{amendment} does not propose “{talk['words']}”.")


def _reword(table: Table, act: dict[str, Any], ask: Mapping[str, Any]) -> None:
    for language in LANGUAGES:
        if language not in ask:
            continue
        words = table.words(ask["clause"], language)
        text = words.text
        for old, new in ask[language]:
            if old not in text:
                raise ValueError(f"{ask['clause']} does not say “{old}”.")
            text = text.replace(old, new, 1)
        propose_rewording(
            **act,
            clause=table.id(ask["clause"]),
            language=language,
            base=table.charter.head,
            words=Words(words.heading, text),
        )


def _insert(table: Table, act: dict[str, Any], ask: Mapping[str, Any]) -> None:
    paragraphs = tuple(Clause(Kind.PARAGRAPH, text) for text in ask.get("paragraphs", ()))
    clause = Clause(
        Kind(ask["kind"]), ask.get("text", ""), ask.get("heading", ""), children=paragraphs
    )
    propose_insertion(
        **act, clauses=[clause], language=ask["language"], after=table.id(ask["after"])
    )


def _strike(table: Table, act: dict[str, Any], ask: Mapping[str, Any]) -> None:
    propose_strike(**act, clause=table.id(ask["clause"]))


def _move(table: Table, act: dict[str, Any], ask: Mapping[str, Any]) -> None:
    where: dict[str, UUID] = {"parent": table.id(ask["first_in"])}
    propose_move(**act, clause=table.id(ask["clause"]), **where)


_ACTS: Mapping[str, Callable[[Table, dict[str, Any], Mapping[str, Any]], None]] = {
    "reword": _reword,
    "insert": _insert,
    "strike": _strike,
    "move": _move,
}
