"""What became of a charter, revision by revision."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from charter.models import (
    ROOT,
    Cause,
    Charter,
    ClauseKind,
    ClausePrinciple,
    Edition,
    Principle,
    Revision,
    Wording,
)
from charter.queries.adopted import AdoptedAmendment, adopted_in
from charter.queries.measures import NOTHING, Measure, measures
from charter.queries.picking import EVERYTHING, Wanted, picked
from charter.queries.seats import seats_of
from charter.queries.stages import Step as StageStep
from charter.queries.stages import steps_at
from charter.queries.timeline import Place, Step, replay
from charter.queries.vocabulary import Happening, happenings
from charter.text.redline import Change


class NoRevision(LookupError):
    """The charter has no revision of this number."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause that a revision changed. `kind` is "charter" for the title.

    `citation` is the one of that time ("" where the clause has no number); `languages` are those
    whose words changed.
    """

    id: UUID
    kind: str
    citation: str
    changes: frozenset[Change]
    languages: tuple[str, ...] = ()

    @property
    def kind_name(self) -> str:
        """Its kind in the interface's language."""
        return str(ClauseKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision as history shows it. `delegation` is the one its author sat in then.

    `vocabulary` names the principles whose entry it changed, in the language asked for, and
    `happenings` say what became of each. `earlier` is the revision it undid or took a clause back
    from, and `undone_by` are those that undid it.
    `adopted` are the amendments whose words it took in.
    `managed`: it did what only those who define its principles do, and so only they undo it.
    `stages` are the steps to another stage that were taken while it was the head.
    """

    number: int
    author: str
    delegation: str
    at: datetime
    message: str
    cause: Cause
    digest: str
    editions: tuple[Edition, ...] = ()
    touched: tuple[Touched, ...] = ()
    vocabulary: tuple[str, ...] = ()
    earlier: int | None = None
    undone_by: tuple[int, ...] = ()
    measure: Measure = NOTHING
    managed: bool = False
    happenings: tuple[Happening, ...] = ()
    adopted: tuple[AdoptedAmendment, ...] = ()
    stages: tuple[StageStep, ...] = ()
    author_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, newest first. `older` is the cursor of the next page, None at the end."""

    entries: tuple[Entry, ...]
    older: int | None


def revisions_of(
    charter: Charter,
    *,
    before: int | None = None,
    limit: int = 50,
    language: str = "",
    wanted: Wanted = EVERYTHING,
    pick: Callable[[Sequence[datetime], int], int] | None = None,
) -> Page:
    """The wanted revisions below `before` (None: from the newest), with what each changed.

    `pick` may take more than `limit` of them, given the moments of up to twice as many. The number
    of queries does not depend on how many revisions or clauses there are.
    """
    language = language or charter.working_language
    found = picked(charter, wanted).select_related("author").order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    most = 2 * limit if pick else limit
    rows = list(found[: most + 1])
    shown = min(pick([row.committed_at for row in rows[:most]], limit), most) if pick else limit
    revisions = rows[:shown]
    if not revisions:
        return Page((), None)
    return Page(
        entries=_entries(charter, revisions, language),
        older=revisions[-1].number if len(rows) > len(revisions) else None,
    )


def revision_of(charter: Charter, number: int, language: str = "") -> Entry:
    """One revision with what it changed. Raises NoRevision."""
    page = revisions_of(charter, before=number + 1, limit=1, language=language)
    if not page.entries or page.entries[0].number != number:
        raise NoRevision(number)
    return page.entries[0]


def _entries(charter: Charter, revisions: list[Revision], language: str) -> tuple[Entry, ...]:
    numbers = [revision.number for revision in revisions]
    steps = replay(charter, set(numbers), language)
    reworded = _reworded(revisions)
    retagged = _retagged(revisions)
    vocabulary = _vocabulary(revisions, language)
    told = happenings(charter, min(numbers), max(numbers), language)
    measured = measures(charter, revisions, steps, reworded)
    editions = defaultdict(list)
    for edition in charter.editions.filter(revision__in=revisions).select_related("revision"):
        editions[edition.revision.number].append(edition)
    undone = _undone(charter, numbers)
    seats = seats_of(charter, language)
    adopted = adopted_in(charter, revisions, language)
    stages = steps_at(charter, numbers)
    return tuple(
        Entry(
            number=revision.number,
            author=str(revision.author),
            author_id=revision.author.uuid,
            delegation=seats.name_of_revision(revision.number, revision.author_id),
            at=revision.committed_at,
            message=revision.message,
            cause=Cause(revision.cause),
            digest=revision.digest,
            editions=tuple(editions[revision.number]),
            touched=_touched(
                steps[revision.number], reworded[revision.number], retagged[revision.number]
            ),
            vocabulary=tuple(vocabulary[revision.number]),
            earlier=revision.earlier,
            undone_by=tuple(undone[revision.number]),
            measure=measured[revision.number],
            managed=bool(vocabulary[revision.number]) or _root_changed(steps[revision.number]),
            happenings=told.get(revision.number, ()),
            adopted=adopted.get(revision.number, ()),
            stages=stages.get(revision.number, ()),
        )
        for revision in revisions
    )


def _root_changed(step: Step) -> bool:
    """Whether the numbers were frozen or released."""
    return any(place.kind == ROOT for _was, place in step.changed.values())


def _undone(charter: Charter, numbers: list[int]) -> dict[int, list[int]]:
    """The revisions that undid each of these."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = charter.revisions.filter(earlier__in=numbers, cause=Cause.UNDO).order_by("number")
    for earlier, number in rows.values_list("earlier", "number"):
        found[earlier].append(number)
    return found


def _touched(
    step: Step, reworded: dict[UUID, tuple[str, list[str]]], retagged: dict[UUID, str]
) -> tuple[Touched, ...]:
    changes: dict[UUID, set[Change]] = defaultdict(set)
    kinds: dict[UUID, str] = {}
    for clause, (was, place) in step.changed.items():
        changes[clause] |= place_changes(was, place)
        kinds[clause] = place.kind
    for clause, (kind, _) in reworded.items():
        kinds.setdefault(clause, kind)
        if Change.ADDED not in changes[clause]:
            changes[clause].add(Change.REWORDED)
    for clause, kind in retagged.items():
        kinds.setdefault(clause, kind)
        if Change.ADDED not in changes[clause]:
            changes[clause].add(Change.RETAGGED)
    order = {clause: at for at, clause in enumerate((*step.after, *step.before))}
    return tuple(
        Touched(
            id=clause,
            kind=kinds[clause],
            citation=step.citation(clause),
            changes=frozenset(found),
            languages=tuple(reworded[clause][1]) if clause in reworded else (),
        )
        for clause, found in sorted(changes.items(), key=lambda pair: order.get(str(pair[0]), -1))
        if found
    )


def place_changes(was: Place | None, place: Place) -> set[Change]:
    """What happened to a clause that stood at `was` and stands at `place`."""
    if was is None or (was.struck and not place.struck):
        return {Change.ADDED}
    if place.struck:
        return set() if was.struck else {Change.STRUCK}
    found = set()
    if (was.parent, was.rank) != (place.parent, place.rank):
        found.add(Change.MOVED)
    if was.kind != place.kind:
        found.add(Change.RECAST)
    if was.numeral != place.numeral and place.kind != ROOT:
        found.add(Change.RENUMBERED)
    return found


def _reworded(revisions: list[Revision]):
    found: dict[int, dict[UUID, tuple[str, list[str]]]] = defaultdict(dict)
    rows = _within(Wording, revisions).values_list(
        "revision_number", "clause_id", "clause__kind", "language"
    )
    for number, clause, kind, language in rows:
        found[number].setdefault(clause, (kind, []))[1].append(language)
    return found


def _retagged(revisions: list[Revision]):
    found: dict[int, dict[UUID, str]] = defaultdict(dict)
    rows = _within(ClausePrinciple, revisions).values_list(
        "revision_number", "clause_id", "clause__kind"
    )
    for number, clause, kind in rows:
        found[number][clause] = kind
    return found


def _vocabulary(revisions: list[Revision], language: str):
    found: dict[int, list[str]] = defaultdict(list)
    rows = _within(Principle, revisions).values_list("revision_number", "names", "slug")
    for number, names, slug in rows:
        found[number].append(names.get(language) or next(iter(names.values()), "") or slug)
    return found


def _within(model: type, revisions: list[Revision]):
    return model.history.filter(revision__in=revisions).order_by("revision_number", "history_id")
