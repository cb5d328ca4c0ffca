"""The numbers of a charter as of a revision: its growth, its sittings, who wrote it, what is
disputed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from accounts.models import Person
from charter.models import Charter, Comment, Revision, Thread
from charter.queries.keeping import Kept, laid_text
from charter.queries.seats import Sat, Seats, seats_of
from charter.queries.sittings import runs
from charter.queries.word_tallies import WordTally, tally_of
from charter.text.units import Unit, units

POINTS = 1_000  # steps of a curve at most


@dataclass(frozen=True, slots=True)
class Sitting:
    """A run of revisions, from `first` to `last`; see `queries.sittings`.

    `changes` are clauses changed, each once a revision; `words` and `clauses` stood in the text at
    its end.
    """

    first: int
    last: int
    began: datetime
    ended: datetime
    revisions: int
    people: int
    changes: int
    written: int
    taken: int
    words: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Contributor:
    """What a person did while they sat in `delegation`; "": in none."""

    person: int
    uuid: UUID
    name: str
    delegation: str
    revisions: int
    changes: int
    written: int
    taken: int
    comments: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """How often an article of the text was changed and how much is said about it.

    `edits` are revisions, `threads` and `comments` also the resolved ones.
    """

    unit: Unit
    edits: int
    threads: int
    open_threads: int
    comments: int


Steps = tuple[tuple[int, int], ...]
Author = tuple[int, int]  # keys of a person and of the delegation they sat in, 0 for none


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers as of revision `number`, words in `language`.

    The history is counted up to revision `counted`: before `number` while a long one is being
    counted. `words_steps` and `clauses_steps` are (revision, figure), POINTS at most.
    """

    number: int
    counted: int
    revision: Revision | None
    language: str
    words: int
    clauses: int
    words_steps: Steps
    clauses_steps: Steps
    sittings: tuple[Sitting, ...]
    contributors: tuple[Contributor, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted from history alone and never changes: by author and by clause."""

    upto: int
    words: int
    clauses: int
    words_steps: Steps
    clauses_steps: Steps
    sittings: tuple[Sitting, ...]
    authors: dict[Author, tuple[int, int, int, int]]
    edits: dict[UUID, frozenset[int]]


_kept: Kept[_Counted] = Kept(100_000)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _kept.clear()


def numbers_of(charter: Charter, number: int, language: str) -> Numbers:
    """The numbers as of revision `number`. The queries are constant in number."""
    revision = charter.revisions.select_related("author").filter(number=number).first()
    outline = laid_text(charter, revision, language).outline
    surveyed = units(outline)
    seats = seats_of(charter, language)
    counted = _counted(charter, revision, number, language, seats)
    threads, comments = _discussion(charter, number, seats)
    return Numbers(
        number=number,
        counted=counted.upto,
        revision=revision,
        language=language,
        words=counted.words,
        clauses=counted.clauses,
        words_steps=counted.words_steps,
        clauses_steps=counted.clauses_steps,
        sittings=counted.sittings,
        contributors=_contributors(counted, comments, seats),
        disputes=_disputes(surveyed, counted, threads, comments),
    )


def _counted(
    charter: Charter, revision: Revision | None, number: int, language: str, seats: Seats
) -> _Counted:
    key = charter.uuid, number, revision.digest if revision else "", language
    found = _kept.get(key)
    if found is None:
        tally = tally_of(charter, language, number)
        with tally.lock:
            found = _made(tally, min(number, tally.number), seats)
        if found.upto == number:
            weight = 1 + len(found.sittings) + len(found.words_steps) // 10
            edits = sum(map(len, found.edits.values()))
            _kept.put(key, found, weight + len(found.edits) // 4 + edits // 50)
    return found


def _made(tally: WordTally, upto: int, seats: Seats) -> _Counted:
    return _Counted(
        upto=upto,
        words=tally.words[upto - 1] if upto else 0,
        clauses=tally.clauses[upto - 1] if upto else 0,
        words_steps=_steps(tally.words, upto),
        clauses_steps=_steps(tally.clauses, upto),
        sittings=tuple(_sitting(tally, start, end) for start, end in runs(tally.moments[:upto])),
        authors=_authors(tally, upto, seats),
        edits={clause: frozenset(tally.edits_of(clause, upto)) for clause in tally.edits},
    )


def _steps(figures: Sequence[int], upto: int) -> Steps:
    """The changes of a figure; of a long history the last in each of equal stretches."""
    stretch = max(1, -(-upto // POINTS))
    found: list[tuple[int, int]] = []
    for end in range(stretch, upto + stretch, stretch):
        at = min(end, upto)
        if not found or found[-1][1] != figures[at - 1]:
            found.append((at, figures[at - 1]))
    return tuple(found)


def _sitting(tally: WordTally, start: int, end: int) -> Sitting:
    return Sitting(
        first=start + 1,
        last=end,
        began=tally.moments[start],
        ended=tally.moments[end - 1],
        revisions=end - start,
        people=len(set(tally.authors[start:end])),
        changes=sum(tally.touched[start:end]),
        written=sum(tally.written[start:end]),
        taken=sum(tally.taken[start:end]),
        words=tally.words[end - 1],
        clauses=tally.clauses[end - 1],
    )


def _authors(tally: WordTally, upto: int, seats: Seats) -> dict[Author, tuple[int, int, int, int]]:
    """Revisions, changed clauses, words written and taken out, by author."""
    found: dict[Author, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    columns = (tally.authors, tally.touched, tally.written, tally.taken)
    rows = zip(*(one[:upto] for one in columns), strict=True)
    for number, (author, touched, written, taken) in enumerate(rows, 1):
        mine = found[_author(author, seats.of_revision(number, author))]
        mine[0] += 1
        mine[1] += touched
        mine[2] += written
        mine[3] += taken
    return {author: (one[0], one[1], one[2], one[3]) for author, one in found.items()}


def _author(person: int, sat: Sat | None) -> Author:
    return person, sat.delegation if sat else 0


@dataclass(frozen=True, slots=True)
class _Comments:
    by_clause: dict[UUID, int]
    by_author: dict[Author, int]


def _discussion(
    charter: Charter, number: int, seats: Seats
) -> tuple[dict[UUID, tuple[int, int]], _Comments]:
    """Threads and open ones by clause; comments by clause and author. Before the next revision."""
    said = Comment.objects.filter(thread__charter=charter)
    if number < charter.head:
        following = charter.revisions.filter(number=number + 1).values("committed_at")
        said = said.filter(written_at__lt=following[:1])
    opened = Thread.objects.filter(charter=charter, opened_at_revision__lte=number)
    counts = opened.values_list("clause").annotate(Count("pk"), Count("resolved_at"))
    threads = {clause: (total, total - closed) for clause, total, closed in counts.order_by()}
    by_clause: dict[UUID, int] = defaultdict(int)
    by_author: dict[Author, int] = defaultdict(int)
    for clause, author, at in said.values_list("thread__clause", "author", "written_at").order_by():
        by_clause[clause] += 1
        by_author[_author(author, seats.at(at, author))] += 1
    return threads, _Comments(by_clause, by_author)


def _contributors(counted: _Counted, comments: _Comments, seats: Seats) -> tuple[Contributor, ...]:
    """Whoever committed or commented, once for each delegation they sat in when they did; by words
    moved, then by comments."""
    keys = {*counted.authors, *comments.by_author}
    people = Person.objects.only("uuid", "name", "email").in_bulk(
        {person for person, _team in keys}
    )
    names = {sat.delegation: sat.name for sat in seats}
    found = [
        Contributor(
            key[0],
            people[key[0]].uuid,
            str(people[key[0]]),
            names.get(key[1], ""),
            *counted.authors.get(key, (0, 0, 0, 0)),
            comments=comments.by_author.get(key, 0),
        )
        for key in keys
    ]
    found.sort(key=lambda one: (-one.written - one.taken, -one.comments, one.name))
    return tuple(found)


def _disputes(
    surveyed: Iterable[Unit],
    counted: _Counted,
    threads: dict[UUID, tuple[int, int]],
    comments: _Comments,
) -> tuple[Dispute, ...]:
    """The articles that were changed or talked about, the most disputed first."""
    found = []
    for unit in surveyed:
        clauses = [UUID(member.clause.id) for member in unit.members]
        edits = set().union(*(counted.edits.get(clause, ()) for clause in clauses))
        opened = [threads[clause] for clause in clauses if clause in threads]
        dispute = Dispute(
            unit=unit,
            edits=len(edits),
            threads=sum(total for total, _ in opened),
            open_threads=sum(still for _, still in opened),
            comments=sum(comments.by_clause.get(clause, 0) for clause in clauses),
        )
        if dispute.edits or dispute.threads:
            found.append(dispute)
    found.sort(key=lambda one: -(one.edits + one.threads + one.comments))
    return tuple(found)
