"""Silence procedures: those that run and those that ended, and what is under silence now.

Whoever reads the charter sees all of them. Clauses of a single procedure are cited as they were
numbered when it began, those of a list as they are now; the number of queries does not grow with
procedures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from charter.models import (
    Charter,
    Rung,
    Silence,
    SilenceDeed,
    SilenceDeedKind,
    SilenceFailure,
    SilenceItem,
    SilenceKind,
    SilenceState,
)
from charter.queries.amendments import proposer
from charter.queries.texts import text_at
from charter.text.numbering import citations
from charter.text.outline import Outline


class NoSilence(LookupError):
    """The charter has no procedure of this number."""


class Phase(StrEnum):
    """How a procedure stands at a moment: its state, and whether the deadline is over."""

    RUNNING = "running"
    KEPT = "kept"  # nobody objected in time; the adoption is being carried out
    ADOPTED = "adopted"
    BROKEN = "broken"
    CALLED_OFF = "called_off"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Brief:
    """A procedure as a mark beside what it is about."""

    number: int
    state: SilenceState
    deadline: datetime

    @property
    def symbol(self) -> str:
        return f"S-{self.number}"

    def phase(self, now: datetime) -> Phase:
        """Where it stands at `now`."""
        if self.state == SilenceState.RUNNING and now >= self.deadline:
            return Phase.KEPT
        return Phase(self.state.value)


@dataclass(frozen=True, slots=True)
class Under:
    """What is under silence now, each with its procedure: clauses and amendments by their uuids,
    editions by their keys."""

    clauses: Mapping[UUID, Brief] = field(default_factory=dict)
    amendments: Mapping[UUID, Brief] = field(default_factory=dict)
    editions: Mapping[int, Brief] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A clause or an amendment of a procedure.

    `citation` is "Article 5" or "A-3", and "" for a clause that the text has not. `title` is the
    amendment's, `by` who proposes it.
    """

    clause: UUID | None
    amendment: UUID | None
    citation: str
    title: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of a procedure's log. `actor` is "" where time alone acted; `about` what failed."""

    kind: SilenceDeedKind
    actor: str
    delegation: str
    at: datetime
    note: str
    deadline: datetime | None
    revision: int | None
    failure: SilenceFailure | None
    about: str


@dataclass(frozen=True, slots=True)
class Procedure(Brief):
    """A procedure with what is under silence and its log, oldest first.

    `revision` is the text the table was asked about, `rung` how far its clauses are agreed if
    nobody objects. `edition` is None once the edition lost its name, which `edition_name` keeps.
    """

    id: int
    kind: SilenceKind
    invitation: str
    rung: Rung | None
    edition: int | None
    edition_name: str
    revision: int
    opened_at: datetime
    items: tuple[Item, ...]
    log: tuple[Turn, ...]

    @property
    def opened_by(self) -> str:
        """The chair who opened it."""
        return self.log[0].actor

    @property
    def last(self) -> Turn:
        """What happened to it last."""
        return self.log[-1]

    @property
    def changes(self) -> int:
        """How often it changed since it was opened."""
        return len(self.log) - 1


def procedures_of(charter: Charter, language: str = "") -> list[Procedure]:
    """Every procedure: those that run by their deadlines, then the others, the latest first.

    Three queries, and those of the text.
    """
    found = _read(charter, Silence.objects.filter(charter=charter), language, charter.head)
    running = [one for one in found if one.state == SilenceState.RUNNING]
    ended = [one for one in found if one.state != SilenceState.RUNNING]
    running.sort(key=lambda one: (one.deadline, one.number))
    ended.sort(key=lambda one: (one.last.at, one.number), reverse=True)
    return running + ended


def procedure_of(charter: Charter, number: int, language: str = "") -> Procedure:
    """Procedure S-`number`, its clauses cited as they were when it began. NoSilence without one."""
    rows = list(Silence.objects.filter(charter=charter, number=number))
    if not rows:
        raise NoSilence(f"S-{number}")
    return _read(charter, rows, language, rows[0].revision)[0]


def under_silence(charter: Charter) -> Under:
    """What the running procedures are about. One query."""
    rows = Silence.objects.filter(charter=charter, state=SilenceState.RUNNING).values_list(
        "number", "state", "deadline", "edition", "items__clause", "items__amendment__uuid"
    )
    clauses, amendments, editions = {}, {}, {}
    for number, state, deadline, edition, clause, amendment in rows:
        brief = Brief(number, SilenceState(state), deadline)
        for key, found in ((clause, clauses), (amendment, amendments), (edition, editions)):
            if key is not None:
                found[key] = brief
    return Under(clauses, amendments, editions)


def silences_about(
    charter: Charter, *, clause: UUID | None = None, amendment: UUID | None = None
) -> list[Brief]:
    """The procedures a clause or an amendment was or is in, the latest first. One query."""
    about = Q(items__clause=clause) if clause else Q(items__amendment__uuid=amendment)
    return [_brief(row) for row in Silence.objects.filter(about, charter=charter).order_by("-pk")]


def silences_of_editions(charter: Charter) -> dict[int, Brief]:
    """The last procedure of each edition that ever was under silence, by its key. One query."""
    rows = Silence.objects.filter(charter=charter, edition__isnull=False).order_by("pk")
    return {row.edition_id: _brief(row) for row in rows}


def _brief(row: Silence) -> Brief:
    return Brief(row.number, SilenceState(row.state), row.deadline)


def _read(charter: Charter, rows: Iterable[Silence], language: str, number: int) -> list[Procedure]:
    """The procedures of these rows, clauses cited by the text of revision `number`."""
    language = language or charter.working_language
    silences = list(rows)
    keys = [row.pk for row in silences]
    items = SilenceItem.objects.filter(silence__in=keys).select_related(
        "amendment__delegation__party", "amendment__author"
    )
    listed = list(items)
    cited = _cited(charter, number, language) if any(one.clause_id for one in listed) else {}
    by_key = {item.pk: _item(item, cited, language) for item in listed}
    held: dict[int, list[Item]] = defaultdict(list)
    for item in listed:
        held[item.silence_id].append(by_key[item.pk])
    deeds: dict[int, list[Turn]] = defaultdict(list)
    lines = SilenceDeed.objects.filter(silence__in=keys).select_related(
        "actor", "delegation__party", "revision"
    )
    for deed in lines:
        deeds[deed.silence_id].append(_turn(deed, by_key, language))
    return [_procedure(row, held[row.pk], deeds[row.pk]) for row in silences]


def _cited(charter: Charter, number: int, language: str) -> dict[str, str]:
    """The citation of every clause of a text, by id."""
    text: Outline = text_at(charter, number, language)
    pairs = zip(text.walk(), citations(text), strict=True)
    return {clause.id: said for (_depth, clause), said in pairs}


def _item(row: SilenceItem, cited: Mapping[str, str], language: str) -> Item:
    if row.amendment is None:
        return Item(row.clause_id, None, cited.get(str(row.clause_id), ""))
    by = proposer(row.amendment, language)
    return Item(None, row.amendment.uuid, str(row.amendment), row.amendment.title, by)


def _turn(row: SilenceDeed, items: Mapping[int, Item], language: str) -> Turn:
    return Turn(
        kind=SilenceDeedKind(row.kind),
        actor=row.actor.name if row.actor else "",
        delegation=row.delegation.party.name(language) if row.delegation else "",
        at=row.at,
        note=row.note,
        deadline=row.deadline,
        revision=row.revision.number if row.revision else None,
        failure=SilenceFailure(row.failure) if row.failure else None,
        about=items[row.item_id].citation if row.item_id else "",
    )


def _procedure(row: Silence, items: list[Item], log: list[Turn]) -> Procedure:
    return Procedure(
        number=row.number,
        state=SilenceState(row.state),
        deadline=row.deadline,
        id=row.pk,
        kind=SilenceKind(row.kind),
        invitation=row.invitation,
        rung=Rung(row.rung) if row.rung else None,
        edition=row.edition_id,
        edition_name=row.edition_name,
        revision=row.revision,
        opened_at=row.opened_at,
        items=tuple(items),
        log=tuple(log),
    )
