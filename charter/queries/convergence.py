"""How near a charter is to agreement: article by article and delegation by delegation.

Only what is held for all to see is read here, so that everybody who reads the charter sees the
same. A position on a clause counts for the article it stands in; of several the least agreeing is
shown. The number of queries is constant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from charter.access import Seat
from charter.models import BLOCKING, Charter, Rung, Stance
from charter.queries.amendments import open_changes
from charter.queries.keeping import laid_text
from charter.queries.ladder import Step, rungs_of
from charter.queries.parties import Entry, register
from charter.queries.positions import Held, Summed, public_positions, summed
from charter.text.brackets import counted
from charter.text.units import Unit, units

_ORDER = (Stance.OBJECTS, Stance.RESERVES, Stance.AD_REFERENDUM, Stance.AGREES)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a delegation holds on an article: the least agreeing of `count` positions.

    `stale` says how many of them are. `before` is what it held at the revision compared with, None
    for nothing; it means nothing where none is compared with. `stance` None: it is silent.
    """

    stance: Stance | None
    count: int = 0
    stale: int = 0
    before: Stance | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An article: its rung on the ladder, its hand-written brackets, the open amendments to it.

    `cells` are by delegation, `sums` of each organisation of the matrix. `brackets_before` and
    `rung_before` as of the revision compared with.
    """

    id: UUID
    citation: str
    heading: str
    rung: Rung
    brackets: int
    amendments: tuple[str, ...]
    cells: Mapping[int, Cell]
    sums: tuple[Summed, ...] = ()
    brackets_before: int | None = None
    rung_before: Rung | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A delegation's reservation or objection, to a clause or an amendment, as it is cited."""

    held: Held
    citation: str


@dataclass(frozen=True, slots=True)
class Team:
    """A delegation of the table: a column."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Convergence:
    """`teams` are those that hold something, then the silent ones. `blocks` are by delegation,
    those that block nothing left out. `title_brackets` stand in the title, which is no article.
    `ids` are those of the open amendments, by symbol."""

    number: int
    since: int | None
    teams: tuple[Team, ...]
    lines: tuple[Line, ...]
    blocks: Mapping[Team, tuple[Block, ...]]
    title_brackets: int = 0
    ids: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def organisations(self) -> tuple[Summed, ...]:
        """The organisations of the matrix, as they stand on its first article: those with a member
        at the table. Each line has its sums in this order."""
        return self.lines[0].sums if self.lines else ()

    @property
    def brackets(self) -> int:
        return self.title_brackets + sum(line.brackets for line in self.lines)

    @property
    def amendments(self) -> int:
        return len({symbol for line in self.lines for symbol in line.amendments})

    @property
    def agreed(self) -> int:
        """Articles that are agreed, be it ad referendum or in the drafting group."""
        return sum(line.rung != Rung.OPEN for line in self.lines)

    @property
    def blocked(self) -> int:
        """Articles that some delegation reserves on or objects to."""
        return sum(
            any(cell.stance in BLOCKING for cell in line.cells.values()) for line in self.lines
        )


def convergence_of(seat: Seat, language: str, since: int | None = None) -> Convergence:
    """The whole of it at the head, compared with revision `since` if one is given."""
    charter = seat.charter
    revision = charter.revisions.filter(number=charter.head).first()
    laid = laid_text(charter, revision, language)
    surveyed = units(laid.outline)
    homes = _homes(surveyed)
    held = public_positions(charter, language)
    entries = register(charter, language)
    teams = _teams(entries, held)
    cited = {UUID(row.id): row.citation for row in laid.redline.rows}
    symbols: dict[UUID, str] = {}
    now = _Standing(
        held=_by_unit(held, homes),
        brackets={},
        rungs=rungs_of(charter),
        proposed=_amendments(seat, homes, symbols),
    )
    then = _then(charter, language, since, homes) if since else None
    return Convergence(
        number=charter.head,
        since=since,
        teams=tuple(teams),
        lines=tuple(_line(unit, teams, entries, now, then) for unit in surveyed),
        blocks=_blocks(teams, held, cited, symbols),
        ids={symbol: id for id, symbol in symbols.items()},
        title_brackets=counted(laid.outline.title),
    )


def _teams(entries: Iterable[Entry], held: Iterable[Held]) -> list[Team]:
    """The delegations at the table, those that hold something first."""
    speaking = {one.delegation for one in held}
    teams = (Team(one.delegation_id, one.code, one.name) for one in entries if one.delegation_id)
    return sorted(teams, key=lambda team: team.id not in speaking)


_Holdings = Mapping[tuple[str, int], Sequence[Held]]  # by unit and delegation


@dataclass(frozen=True, slots=True)
class _Standing:
    """What there is at a revision. `brackets` are by clause."""

    held: _Holdings
    brackets: Mapping[str, int]
    rungs: Mapping[UUID, Step]
    proposed: Mapping[str, tuple[str, ...]]

    def rung(self, clause: UUID) -> Rung:
        return self.rungs[clause].now if clause in self.rungs else Rung.OPEN


def _then(charter: Charter, language: str, number: int, homes: Mapping[UUID, str]) -> _Standing:
    """The revision that is compared with, its clauses counted where they stand now."""
    revision = charter.revisions.filter(number=number).first()
    outline = laid_text(charter, revision, language).outline
    return _Standing(
        held=_by_unit(public_positions(charter, language, number), homes),
        brackets={one.id: counted(one.heading, one.text) for _depth, one in outline.walk()},
        rungs=rungs_of(charter, number),
        proposed={},
    )


def _homes(surveyed: Iterable[Unit]) -> dict[UUID, str]:
    """The unit of every clause, by the id of the clause that stands for it."""
    return {
        UUID(member.clause.id): unit.head.clause.id for unit in surveyed for member in unit.members
    }


def _amendments(
    seat: Seat, homes: Mapping[UUID, str], symbols: dict[UUID, str]
) -> dict[str, tuple[str, ...]]:
    """The open amendments to each unit in order; `symbols` takes the name of each of them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for change in open_changes(seat):
        symbol = symbols[change.amendment.uuid] = str(change.amendment)
        for named in (change.clause_id, change.after_id, change.parent_id):
            if named in homes:
                found[homes[named]][symbol] = None
                break
    return {unit: tuple(names) for unit, names in found.items()}


def _line(
    unit: Unit,
    teams: Iterable[Team],
    entries: Iterable[Entry],
    now: _Standing,
    then: _Standing | None,
) -> Line:
    head, id = unit.head, unit.head.clause.id
    key, heading = UUID(id), head.clause.heading
    was = then.held if then else {}
    cells = {
        one.id: _cell(now.held.get((id, one.id), ()), was.get((id, one.id), ())) for one in teams
    }
    return Line(
        id=key,
        citation=head.number.citation,
        heading="" if heading == head.number.citation else heading,
        rung=now.rung(key),
        brackets=sum(counted(one.clause.heading, one.clause.text) for one in unit.members),
        amendments=now.proposed.get(id, ()),
        cells=cells,
        sums=summed(entries, cells),
        brackets_before=sum(then.brackets.get(member.clause.id, 0) for member in unit.members)
        if then
        else None,
        rung_before=then.rung(key) if then else None,
    )


def _by_unit(held: Iterable[Held], homes: Mapping[UUID, str]) -> _Holdings:
    found: dict[tuple[str, int], list[Held]] = defaultdict(list)
    for one in held:
        if one.clause in homes:
            found[homes[one.clause], one.delegation].append(one)
    return found


def _cell(now: Sequence[Held], before: Sequence[Held]) -> Cell:
    return Cell(
        stance=_least(now),
        count=len(now),
        stale=sum(one.stale for one in now),
        before=_least(before),
    )


def _least(held: Sequence[Held]) -> Stance | None:
    stances = {one.stance for one in held}
    return next((stance for stance in _ORDER if stance in stances), None)


def _blocks(
    teams: Iterable[Team],
    held: Iterable[Held],
    cited: Mapping[UUID, str],
    symbols: Mapping[UUID, str],
) -> dict[Team, tuple[Block, ...]]:
    """What is reserved on or objected to, of clauses in the text and amendments on the table."""
    names = {**cited, **symbols}
    order = {subject: place for place, subject in enumerate(names)}
    found: dict[int, list[Block]] = defaultdict(list)
    for one in held:
        subject = one.clause or one.amendment
        if one.stance in BLOCKING and subject in names:
            found[one.delegation].append(Block(one, names[subject]))
    return {
        team: tuple(
            sorted(found[team.id], key=lambda one: order[one.held.clause or one.held.amendment])
        )
        for team in teams
        if found[team.id]
    }
