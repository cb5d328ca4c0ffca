"""Plays the script's steps at a real table: each step is one action of the person it names."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import Person
from charter.actions.charters import change_charter
from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    restore_clause,
    strike_clause,
)
from charter.actions.editions import name_edition
from charter.actions.threads import open_thread, reply, resolve_thread
from charter.actions.values import Words
from charter.demo.content import LANGUAGES, link, relinked
from charter.demo.rehearsal import Text, played
from charter.demo.script import (
    Advance,
    Change,
    Insert,
    Move,
    NameEdition,
    OpenThread,
    Reply,
    Resolve,
    Restore,
    Retag,
    Reword,
    Step,
    Strike,
)
from charter.models import Charter


class Table:
    """The charter under negotiation, and the text as the script knows it."""

    def __init__(
        self, charter: Charter, people: Mapping[str, Person], ids: Mapping[str, str], text: Text
    ) -> None:
        self.charter = charter
        self.people = people
        self.ids = dict(ids)
        self.text = text
        self.threads: dict[str, int] = {}

    def play(self, step: Step) -> None:
        """Do what the step says, at its moment and in the name of its person."""
        act = {"actor": self.people[step.by], "charter": self.charter, "at": step.at}
        if isinstance(step, Change):
            self.text = played(self.text, step)
            self._change(step, act | {"message": step.message})
        else:
            self._discuss(step, act)

    def _change(self, step: Change, act: dict[str, Any]) -> None:
        match step:
            case Insert():
                self._insert(step, act)
            case Reword(clause=key):
                words = {language: self.words(key, language) for language in _touched(step)}
                change_clause(**act, clause=self.id(key), base=self.charter.head, words=words)
            case Retag(clause=key, tags=tags):
                change_clause(**act, clause=self.id(key), base=self.charter.head, principles=tags)
            case Strike(clause=key):
                strike_clause(**act, clause=self.id(key))
            case Restore(clause=key):
                restore_clause(**act, clause=self.id(key))
            case Move(clause=key):
                move_clause(
                    **act, clause=self.id(key), parent=self.id(step.parent), **self._place(step)
                )

    def _discuss(self, step: Step, act: dict[str, Any]) -> None:
        match step:
            case OpenThread():
                self._open(step, act)
            case Reply(thread=thread, text=text):
                reply(**act, thread=self.threads[thread], text=text)
            case Resolve(thread=thread):
                resolve_thread(**act, thread=self.threads[thread])
            case NameEdition(name=name, symbol=symbol):
                name_edition(**act, number=self.charter.head, name=name, symbol=symbol)
            case Advance(stage=stage):
                change_charter(**act, stage=stage)

    def _insert(self, step: Insert, act: dict[str, Any]) -> None:
        entry = step.entry
        committed = insert_clause(
            **act,
            kind=entry.kind,
            words={language: self.words(entry.key, language) for language in LANGUAGES},
            parent=self.id(entry.parent) if entry.parent else None,
            numeral=entry.numeral,
            principles=entry.tags,
            **self._place(step),
        )
        self.ids[entry.key] = str(committed.clause.pk)

    def _open(self, step: OpenThread, act: dict[str, Any]) -> None:
        start = self.words(step.clause, step.language).text.index(step.quote)
        thread = open_thread(
            **act,
            clause=self.id(step.clause),
            language=step.language,
            base=self.charter.head,
            start=start,
            end=start + len(step.quote),
            text=step.text,
        )
        self.threads[step.thread] = thread.pk

    def words(self, key: str, language: str) -> Words:
        """What a clause says now, by its key."""
        entry = self.text.entries[key]
        text = relinked(entry.text.get(language, ""), lambda other: link(self.ids[other]))
        return Words(heading=entry.heading.get(language, ""), text=text)

    def _place(self, step: Insert | Move) -> dict[str, UUID | None]:
        """`after` and `before` as ids of clauses; None where not given."""
        return {
            "after": self.id(step.after) if step.after else None,
            "before": self.id(step.before) if step.before else None,
        }

    def id(self, key: str) -> UUID:
        """The id of a clause, by its key."""
        return UUID(self.ids[key])


def _touched(step: Reword) -> list[str]:
    return [one for one in LANGUAGES if one in step.text or one in step.heading]
