"""Who wrote which words of a charter, as of any revision: `charter.text.blame` says by what rules.

A language version is credited for itself. The number of queries depends neither on the clauses nor
on their history, except that a long history leaves a book every so many wordings when it is played
for the first time (`books`).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.models import Person
from charter.models import Cause, Charter, Revision
from charter.queries.adopted import AdoptedAmendment, adopted_in
from charter.queries.books import HEADING, TEXT, Key, Played, played_to
from charter.queries.clause_history import NoClause
from charter.queries.keeping import LaidText, laid_text
from charter.queries.seats import seats_of
from charter.queries.texts import NoSuchRevision
from charter.text.blame import Run
from charter.text.worded import worded

__all__ = [
    "ClauseBlame",
    "ClausePage",
    "Facts",
    "NoClause",
    "Part",
    "TextBlame",
    "blame_cited",
    "blame_clause",
    "blame_laid",
    "blame_text",
    "clause_page",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a revision that wrote words is, apart from who its author is called today."""

    number: int
    person: int
    at: datetime
    message: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Writer:
    """A person who wrote words."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or a wording with the runs that tile it, and how many words each has."""

    text: str
    runs: tuple[Run, ...]
    words: tuple[int, ...]


_NOTHING = Part("", (), ())


@dataclass(frozen=True, slots=True)
class ClauseBlame:
    """The words of one clause; a wording without words has no runs."""

    id: str
    heading: Part = _NOTHING
    text: Part = _NOTHING

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.heading, self.text


@dataclass(frozen=True, slots=True)
class Credits:
    """Clauses with those of the revisions that their runs name, and the words each wrote."""

    clauses: Mapping[str, ClauseBlame]
    revisions: Mapping[int, Facts]
    words: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class TextBlame:
    """The words of a charter, or of some of its clauses, in one language as of revision `number`.

    `clauses` and `revisions` are by id and by number, `writers` by the id of a person.
    `delegations` are those that the authors sat in when they wrote, "" for none, and `adopted` the
    amendments that were adopted, by the number of the revision. `words` counts the words that each
    revision wrote of those that stand in the text.
    """

    charter: Charter
    language: str
    number: int
    credits: Credits
    writers: Mapping[int, Writer]
    delegations: Mapping[int, str]
    adopted: Mapping[int, tuple[AdoptedAmendment, ...]]

    @property
    def clauses(self) -> Mapping[str, ClauseBlame]:
        return self.credits.clauses

    @property
    def revisions(self) -> Mapping[int, Facts]:
        return self.credits.revisions

    @property
    def words(self) -> Mapping[int, int]:
        return self.credits.words


def blame_text(charter: Charter, language: str, at: int | None = None) -> TextBlame:
    """Every clause that stands in the text as of a revision (None: the head), the title's first.

    Raises NoSuchRevision.
    """
    return blame_cited(charter, language, at)[0]


def blame_cited(
    charter: Charter, language: str, at: int | None = None
) -> tuple[TextBlame, Mapping[str, str]]:
    """The same with the citation of every clause, by id; the title has none."""
    revision = charter.revisions.filter(number=_number(charter, at)).first()
    laid = laid_text(charter, revision, language)
    return blame_laid(charter, laid, revision, language), _cited(laid)


def _cited(laid: LaidText) -> Mapping[str, str]:
    return {row.id: row.citation for row in laid.redline.rows}


def blame_laid(
    charter: Charter, laid: LaidText, revision: Revision | None, language: str
) -> TextBlame:
    """The same of a text that was laid out already, as of `revision`; what is found is kept."""
    number = revision.number if revision else 0
    found = laid.beside.get("credits")
    if not isinstance(found, Credits):
        ids = [str(laid.root), *(row.id for row in laid.redline.rows)]
        found = _credits(charter, played_to(charter, number, language), ids)
        laid.beside["credits"] = found
    return _told(charter, language, number, found)


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One clause with what its page says besides: `citation` is "" where it stands in no text.

    `cited` is what references to the clauses of that text print, by id.
    """

    id: str
    kind: str
    citation: str
    cited: Mapping[str, str]
    blame: TextBlame

    @property
    def number(self) -> int:
        return self.blame.number


def clause_page(charter: Charter, clause: UUID, language: str, at: int | None = None) -> ClausePage:
    """One clause as of a revision, cited as it was then. Raises NoClause, NoSuchRevision."""
    found = blame_clause(charter, clause, language, at)
    revision = charter.revisions.filter(number=found.number).first()
    cited = _cited(laid_text(charter, revision, language))
    kind = charter.clauses.values_list("kind", flat=True).get(pk=clause)
    return ClausePage(str(clause), kind, cited.get(str(clause), ""), cited, found)


def blame_clause(charter: Charter, clause: UUID, language: str, at: int | None = None) -> TextBlame:
    """One clause as of a revision, whether it stands in the text or was struck.

    Raises NoClause, NoSuchRevision.
    """
    number = _number(charter, at)
    if not charter.clauses.filter(pk=clause).exists():
        raise NoClause(clause)
    played = played_to(charter, number, language)
    return _told(charter, language, number, _credits(charter, played, [str(clause)]))


def _number(charter: Charter, at: int | None) -> int:
    number = charter.head if at is None else at
    if not 0 <= number <= charter.head:
        raise NoSuchRevision(number)
    return number


def _credits(charter: Charter, played: Played, ids: Iterable[str]) -> Credits:
    clauses = {
        id: ClauseBlame(id, _part(played, (id, HEADING)), _part(played, (id, TEXT))) for id in ids
    }
    named: set[int] = set()
    counted: Counter[int] = Counter()
    for clause in clauses.values():
        for part in clause.parts:
            for run, words in zip(part.runs, part.words, strict=True):
                named.add(run.revision)
                named.update(gone.revision for gone in run.gone)
                if run.carried:
                    named.update((run.carried.revision, run.carried.left))
                counted[run.revision] += words
    return Credits(clauses, _facts(charter, named), counted)


def _part(played: Played, key: Key) -> Part:
    """A wording with its runs; what is found is kept for as long as the words stand."""
    book = played.book
    text = book.texts.get(key, "")
    words, found = played.beside.get(key, ("", None))
    if words is not text or not isinstance(found, Part):
        found = _counted(text, book.runs(key), book.language)
        played.beside[key] = text, found
    return found


def _counted(text: str, runs: tuple[Run, ...], language: str) -> Part:
    if not runs:
        return _NOTHING
    whole = worded(text, language)
    starts = [run.start for run in runs]
    counted = [0] * len(runs)
    for word, end in zip(whole.words, whole.ends, strict=True):
        if word[0].isalnum():
            counted[bisect_right(starts, end - len(word)) - 1] += 1
    return Part(text, runs, tuple(counted))


_FACTS = """
SELECT number, author_id, committed_at, message, cause FROM charter_revision
WHERE charter_id = %s AND number = ANY(%s) ORDER BY number
"""


def _facts(charter: Charter, numbers: set[int]) -> dict[int, Facts]:
    # Every place remembers several revisions: the ORM takes longer to write out thousands of them
    # than PostgreSQL to find them.
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [charter.pk, list(numbers)])
        rows = cursor.fetchall()
    return {row[0]: Facts(*row[:4], Cause(row[4])) for row in rows}


def _told(charter: Charter, language: str, number: int, found: Credits) -> TextBlame:
    people = {facts.person for facts in found.revisions.values()}
    seats = seats_of(charter, language)
    delegations = {
        one: seats.name_of_revision(one, facts.person) for one, facts in found.revisions.items()
    }
    writers = {
        person.pk: Writer(person.pk, str(person))
        for person in Person.objects.filter(pk__in=people).only("name", "email")
    }
    adopting = [one for one, facts in found.revisions.items() if facts.cause == Cause.AMENDMENT]
    adopted = adopted_in(charter, charter.revisions.filter(number__in=adopting), language)
    return TextBlame(charter, language, number, found, writers, delegations, adopted)
