"""What became of a charter, revision by revision."""

from collections import defaultdict
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
    Membership,
    Principle,
    Revision,
    Wording,
)
from charter.queries.timeline import Place, Step, replay
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
    """A revision as history shows it. `delegation` is the author's, as the table sits today.

    `vocabulary` names the principles whose entry it changed, in the language asked for.
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, newest first. `older` is the cursor of the next page, None at the end."""

    entries: tuple[Entry, ...]
    older: int | None


def revisions_of(
    charter: Charter, *, before: int | None = None, limit: int = 50, language: str = ""
) -> Page:
    """The revisions numbered below `before` (None: from the newest), with what each changed.

    The number of queries does not depend on how many revisions or clauses there are.
    """
    language = language or charter.working_language
    found = charter.revisions.select_related("author").order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    revisions = list(found[:limit])
    if not revisions:
        return Page((), None)
    last = revisions[-1].number
    return Page(
        entries=_entries(charter, revisions, language),
        older=last if last > 1 else None,
    )


def revision_of(charter: Charter, number: int, language: str = "") -> Entry:
    """One revision with what it changed. Raises NoRevision."""
    page = revisions_of(charter, before=number + 1, limit=1, language=language)
    if not page.entries or page.entries[0].number != number:
        raise NoRevision(number)
    return page.entries[0]


def delegations_of(charter: Charter, language: str) -> dict[int, str]:
    """The names of the delegations that the members of the charter sit in, by person."""
    seats = Membership.objects.filter(charter=charter, delegation__isnull=False)
    return {
        seat.person_id: seat.delegation.party.name(language)
        for seat in seats.select_related("delegation__party")
    }


def _entries(charter: Charter, revisions: list[Revision], language: str) -> tuple[Entry, ...]:
    first, last = revisions[-1].number, revisions[0].number
    steps = replay(charter, range(first, last + 1), language)
    reworded = _reworded(charter, first, last)
    retagged = _retagged(charter, first, last)
    vocabulary = _vocabulary(charter, first, last, language)
    editions = defaultdict(list)
    for edition in charter.editions.filter(revision__in=revisions).select_related("revision"):
        editions[edition.revision.number].append(edition)
    delegations = delegations_of(charter, language)
    return tuple(
        Entry(
            number=revision.number,
            author=str(revision.author),
            delegation=delegations.get(revision.author_id, ""),
            at=revision.committed_at,
            message=revision.message,
            cause=Cause(revision.cause),
            digest=revision.digest,
            editions=tuple(editions[revision.number]),
            touched=_touched(
                steps[revision.number], reworded[revision.number], retagged[revision.number]
            ),
            vocabulary=tuple(vocabulary[revision.number]),
        )
        for revision in revisions
    )


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


def _reworded(charter: Charter, first: int, last: int):
    found: dict[int, dict[UUID, tuple[str, list[str]]]] = defaultdict(dict)
    rows = _within(Wording, charter, first, last).values_list(
        "revision_number", "clause_id", "clause__kind", "language"
    )
    for number, clause, kind, language in rows:
        found[number].setdefault(clause, (kind, []))[1].append(language)
    return found


def _retagged(charter: Charter, first: int, last: int):
    found: dict[int, dict[UUID, str]] = defaultdict(dict)
    rows = _within(ClausePrinciple, charter, first, last).values_list(
        "revision_number", "clause_id", "clause__kind"
    )
    for number, clause, kind in rows:
        found[number][clause] = kind
    return found


def _vocabulary(charter: Charter, first: int, last: int, language: str):
    found: dict[int, list[str]] = defaultdict(list)
    rows = _within(Principle, charter, first, last).values_list("revision_number", "names", "slug")
    for number, names, slug in rows:
        found[number].append(names.get(language) or next(iter(names.values()), "") or slug)
    return found


def _within(model: type, charter: Charter, first: int, last: int):
    return model.history.filter(
        revision__charter=charter, revision__number__gte=first, revision__number__lte=last
    ).order_by("revision_number", "history_id")
