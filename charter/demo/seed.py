"""Puts the demonstration into an empty house: people, parties, the draft and its history.

Everything goes through actions, as if the cast had done it at the table, and in one transaction:
the demo is wholly there or not at all.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction

from accounts.models import Person
from charter.actions.charters import create_charter
from charter.actions.imports import import_outline
from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import add_party_member
from charter.actions.principles import add_principle
from charter.demo import content
from charter.demo.declaring import Declaring, Retracting, declarations, declare_at
from charter.demo.following import follow_clauses, read_inboxes
from charter.demo.holding import Holding, Rise, hold_at, holdings
from charter.demo.introductions import INTRODUCTIONS
from charter.demo.keeping_silent import Moment, keep_silent, silences
from charter.demo.playing import Table
from charter.demo.rehearsal import opening
from charter.demo.script import history
from charter.demo.tabling import Tabling, table_at, tablings
from charter.models import Charter
from charter.queries.texts import text_at
from charter.text.numbering import citations
from charter.text.outline import Outline

SLUG = "eurasian-charter"

_OPENED = datetime(2025, 6, 2, 6, 30, tzinfo=UTC)
_DRAFTED = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)


def seed() -> None:
    """Make the demo charter, its cast and its history, unless it is there already."""
    if Charter.objects.filter(slug=SLUG).exists():
        return
    with transaction.atomic():
        people = {person.key: _person(person) for person in content.cast()}
        charter = create_charter(
            actor=people["chair"],
            title=content.TITLE["en"],
            slug=SLUG,
            languages=content.LANGUAGES,
            message="Open the charter, a demonstration whose people and positions are invented",
            at=_OPENED,
        )
        _seat(charter, people)
        _define(charter, people["chair"])
        ids = _lay_out(charter, people["drafter"])
        table = Table(charter, people, ids, opening(content.zero_draft()))
        follow_clauses(table, _DRAFTED + timedelta(hours=4))
        steps = (*history(), *tablings(), *holdings(), *silences(), *declarations())
        for step in sorted(steps, key=lambda one: one.at):
            if isinstance(step, Tabling):
                table_at(table, step)
            elif isinstance(step, Holding | Rise):
                hold_at(table, step)
            elif isinstance(step, Declaring | Retracting):
                declare_at(table, step)
            elif isinstance(step, Moment):
                keep_silent(table, step)
            else:
                table.play(step)
        read_inboxes(table)


def _person(entry: content.PersonEntry) -> Person:
    there = Person.objects.filter(email=entry.email).first()
    return there or Person.objects.create_user(
        entry.email,
        None,
        name=entry.name,
        about=INTRODUCTIONS[entry.key],
        is_demo=True,
        confirmed_at=_OPENED,
    )


def _seat(charter: Charter, people: Mapping[str, Person]) -> None:
    """The register of parties with its delegations, and the cast in their seats."""
    chair = people["chair"]
    parties: dict[str, int] = {}
    delegations: dict[str, int] = {}
    for entry in content.parties():
        parties[entry.code] = add_party(
            actor=chair, charter=charter, kind=entry.kind, code=entry.code, names=entry.name
        ).pk
        for code in entry.members:
            add_party_member(
                actor=chair,
                charter=charter,
                organisation=parties[entry.code],
                member=parties[code],
                since=entry.since.get(code),
            )
        if entry.standing:
            delegations[entry.code] = add_delegation(
                actor=chair, charter=charter, party=parties[entry.code], standing=entry.standing
            ).pk
    for person in content.cast():
        if person.role != "chair":
            add_member(
                actor=chair,
                charter=charter,
                person=people[person.key],
                role=person.role,
                delegation=delegations[person.party],
                at=_OPENED,
            )


def _define(charter: Charter, chair: Person) -> None:
    for nth, principle in enumerate(content.vocabulary(), 1):
        add_principle(
            actor=chair,
            charter=charter,
            slug=principle.slug,
            names=principle.name,
            definitions=principle.definition,
            colour=principle.colour,
            message=f"Define the principle “{principle.name['en']}”",
            at=_OPENED + timedelta(minutes=4 * nth),
        )


def _lay_out(charter: Charter, drafter: Person) -> dict[str, str]:
    """Bring in the zero draft in both languages; the id of each clause by its key.

    A clause has its id only once it is there, so the English text comes first with references as
    plain words, and then with ones that follow the numbers.
    """
    draft = opening(content.zero_draft())
    keyed = draft.outline("en")
    cited = dict(zip(_ids(keyed), citations(keyed), strict=True))
    plain = draft.outline("en", cited.__getitem__)
    _bring(charter, drafter, plain, "Zero draft, English text", _DRAFTED)
    ids = dict(zip(_ids(keyed), _ids(text_at(charter)), strict=True))

    def link(key: str) -> str:
        return content.link(ids[key])

    later = _DRAFTED + timedelta(minutes=25)
    linked = draft.outline("en", link)
    _bring(charter, drafter, linked, "Turn references into ones that follow the numbers", later)
    later = _DRAFTED + timedelta(hours=3)
    _bring(charter, drafter, draft.outline("ru", link), "Zero draft, Russian text", later)
    return ids


def _bring(charter: Charter, actor: Person, text: Outline, message: str, at: datetime) -> None:
    import_outline(
        actor=actor, charter=charter, outline=text, language=text.language, message=message, at=at
    )


def _ids(outline: Outline) -> list[str]:
    return [clause.id for _, clause in outline.walk()]
