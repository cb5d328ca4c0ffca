"""What one amendment asks for, as a page shows it: cited, compared with the text, and decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from charter.access import Seat
from charter.models import (
    ChangeStanding,
    ChangeState,
    Charter,
    ProposedAct,
    ProposedChange,
    Wording,
)
from charter.queries.amendments import changes_of, changes_of_all
from charter.queries.keeping import laid_text
from charter.queries.proposed_words import planted
from charter.text.diff import diff
from charter.text.outline import Clause
from charter.text.redline import Spans, after
from charter.text.words import Words


@dataclass(frozen=True, slots=True)
class ShownWords:
    """Words to be changed: as they stood when the change was written, as proposed, as they are.

    `heading` and `text` are the redline of the current words and what the change would make of
    them. Where it is in conflict, or decided on, it is the redline of the words it was written
    against and the proposed ones, and `heading_since`, `text_since` show what became of the former.
    """

    base: Words
    proposed: Words
    current: Words
    heading: Spans
    text: Spans
    heading_since: Spans = ()
    text_since: Spans = ()

    @property
    def wanted(self) -> Words:
        """What the clause would say once the redline is made in full."""
        return Words(after(self.heading), after(self.text))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change of an amendment. `citation` is that of its clause today, or of the place's.

    `parent` and `after` are where an insertion or a move leads to, `inside` and `behind` cite
    them; both "" is the beginning. `places` is what references in its words print, by clause.
    """

    uuid: UUID
    act: ProposedAct
    state: ChangeState
    standing: ChangeStanding
    clause: UUID | None
    language: str
    base: int
    adopted_in: int | None
    citation: str
    parent: UUID | None = None
    after: UUID | None = None
    inside: str = ""
    behind: str = ""
    words: ShownWords | None = None
    planted: tuple[tuple[int, Clause], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Words, ...]:
        """The wordings it proposes, as it was written: see `charter.text.proposal`."""
        if self.words:
            return (self.words.proposed,)
        return tuple(Words(clause.heading, clause.text) for _depth, clause in self.planted)

    @property
    def open(self) -> bool:
        """Whether it is still asked for."""
        return self.state == ChangeState.OPEN

    @property
    def conflicts(self) -> bool:
        """Whether it does not fit the text any more."""
        return self.open and self.standing == ChangeStanding.CONFLICT


def shown_changes(
    seat: Seat, amendment: UUID, language: str, *, dropped: bool = False
) -> tuple[ShownChange, ...]:
    """The changes of an amendment in its order. A constant number of queries."""
    return _all_shown(seat, changes_of(amendment, dropped=dropped), language)


def shown_changes_by_amendment(
    seat: Seat, amendments: Collection[UUID], language: str
) -> dict[UUID, tuple[ShownChange, ...]]:
    """The same of several amendments, by amendment. As many queries as for one."""
    changes = changes_of_all(amendments)
    found: dict[UUID, list[ShownChange]] = {amendment: [] for amendment in amendments}
    for change, shown in zip(changes, _all_shown(seat, changes, language), strict=True):
        found[change.amendment.uuid].append(shown)
    return {amendment: tuple(some) for amendment, some in found.items()}


def _all_shown(
    seat: Seat, changes: Sequence[ProposedChange], language: str
) -> tuple[ShownChange, ...]:
    current = _current(changes)
    cited = citations_now(seat.charter, language)
    return tuple(_shown(change, cited, current) for change in changes)


def citations_now(charter: Charter, language: str) -> dict[str, str]:
    """What references to the clauses of the current text print, by clause. One query once the text
    is kept."""
    revision = charter.revisions.get(number=charter.head)
    return {row.id: row.citation for row in laid_text(charter, revision, language).redline.rows}


def _current(changes: Sequence[ProposedChange]) -> dict[tuple[UUID, str], Words]:
    clauses = {change.clause_id for change in changes if change.act == ProposedAct.REWORD}
    rows = Wording.objects.filter(clause__in=clauses)
    return {(row.clause_id, row.language): Words(row.heading, row.text) for row in rows}


def _shown(
    change: ProposedChange,
    cited: Mapping[str, str],
    current: Mapping[tuple[UUID, str], Words],
) -> ShownChange:
    named = change.clause_id or change.after_id or change.parent_id
    return ShownChange(
        uuid=change.uuid,
        act=ProposedAct(change.act),
        state=ChangeState(change.state),
        standing=ChangeStanding(change.standing),
        clause=change.clause_id,
        language=change.language,
        base=change.base,
        adopted_in=change.adopted_in.number if change.adopted_in else None,
        citation=cited.get(str(named), ""),
        parent=change.parent_id,
        after=change.after_id,
        inside=cited.get(str(change.parent_id), ""),
        behind=cited.get(str(change.after_id), ""),
        words=_words(change, current) if change.act == ProposedAct.REWORD else None,
        planted=tuple(planted(change)),
        places=cited,
    )


def _words(change: ProposedChange, current: Mapping[tuple[UUID, str], Words]) -> ShownWords:
    base = Words(change.base_heading, change.base_text)
    proposed = Words(change.heading, change.text)
    now = current.get((change.clause_id, change.language), Words())
    fits = change.state == ChangeState.OPEN and change.standing != ChangeStanding.CONFLICT
    was = now if fits else base
    will = Words(change.carried_heading, change.carried_text) if fits else proposed
    since = change.state == ChangeState.OPEN and not fits
    return ShownWords(
        base=base,
        proposed=proposed,
        current=now,
        heading=diff(was.heading, will.heading, change.language),
        text=diff(was.text, will.text, change.language),
        heading_since=diff(base.heading, now.heading, change.language) if since else (),
        text_since=diff(base.text, now.text, change.language) if since else (),
    )
