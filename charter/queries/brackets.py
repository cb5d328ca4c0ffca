"""Hand-written square brackets over time: of the charter, of each article and of each clause.

The history is counted once per process, revision after revision, and carried on from there (see
`tallies`). Words without a bracket are not read. A clause counts with all that stands below it, the
root with the title and the whole text; what is struck counts nowhere.
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from charter.models import Charter
from charter.queries.keeping import laid_text
from charter.queries.tallies import (
    MOST,
    PLACES,
    Row,
    Tallies,
    Tally,
    Tree,
    by_number,
    rows_since,
)
from charter.text.brackets import counted

_WORDINGS = """
SELECT r.number, h.clause_id, h.language, h.heading <> '' OR h.text <> '',
       CASE WHEN strpos(h.heading, '[') > 0 THEN h.heading ELSE '' END,
       CASE WHEN strpos(h.text, '[') > 0 THEN h.text ELSE '' END
FROM charter_historicalwording h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""

Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The brackets of something in each language of the charter: (revision, count) wherever the
    count changed, nought before the first. Counted up to revision `number`."""

    number: int
    steps: Mapping[str, Steps]

    @property
    def empty(self) -> bool:
        """Whether there never was a bracket."""
        return not any(self.steps.values())

    def at(self, language: str, number: int) -> int:
        """How many there were as of a revision."""
        past = [count for at, count in self.steps.get(language, ()) if at <= number]
        return past[-1] if past else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause whose wordings have not as many brackets in one language as in another.

    `counts` are of the languages that it has words in; the title has no citation.
    """

    clause: UUID
    citation: str
    counts: Mapping[str, int]


class BracketTally(Tally):
    """The brackets of every clause in every language, after each revision."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree()
        self._own: dict[UUID, dict[str, int]] = {}  # of clauses with words, standing or not
        self._now: Counter[tuple[UUID, str]] = Counter()  # with all that stands below
        self._steps: dict[tuple[UUID, str], tuple[array, array]] = {}

    def weight(self) -> int:
        changes = sum(len(numbers) for numbers, _counts in self._steps.values())
        return 1 + len(self._own) // 10 + changes // 50

    def count(self, charter: Charter, upto: int) -> int:
        last = min(upto, self.number + MOST)
        found = []
        for sql in (_WORDINGS, PLACES):
            rows, last = rows_since(sql, charter, last, since=self.number)
            found.append(by_number(rows))
        wordings, places = found
        for number in sorted({*wordings, *places}):
            if number <= last:
                self._revision(number, wordings.get(number, []), places.get(number, []))
        return last

    def _revision(self, number: int, wordings: list[Row], places: list[Row]) -> None:
        reworded: dict[UUID, dict[str, int | None]] = {}
        for clause, language, says, heading, text in wordings:
            now = counted(heading, text) if says else None
            reworded.setdefault(clause, {})[language] = now
        concerned = self.tree.inside(row[0] for row in places) | reworded.keys()
        news: set[tuple[UUID, str]] = set()
        self._add(concerned, -1, news)
        self.tree.apply(places)
        for clause, said in reworded.items():
            own = self._own.get(clause, {}) | said
            self._own[clause] = {code: n for code, n in own.items() if n is not None}
        self._add(concerned, 1, news)
        for key in news:
            self._step(key, number)

    def _add(self, clauses: Iterable[UUID], sign: int, news: set[tuple[UUID, str]]) -> None:
        """Add the brackets of these clauses, or take them, wherever they count."""
        for clause in clauses:
            bracketed = {code: n for code, n in self._own.get(clause, {}).items() if n}
            if bracketed and (clause in self.tree.standing or clause == self.tree.root):
                for one in self.tree.chain(clause):
                    for code, n in bracketed.items():
                        self._now[one, code] += sign * n
                        news.add((one, code))

    def _step(self, key: tuple[UUID, str], number: int) -> None:
        numbers, counts = self._steps.setdefault(key, (array("l"), array("l")))
        if self._now[key] != (counts[-1] if counts else 0):
            numbers.append(number)
            counts.append(self._now[key])

    def steps(self, clause: UUID | None, language: str, upto: int) -> Steps:
        """(revision, count) of a clause with all below it, up to a revision."""
        if clause is None or (clause, language) not in self._steps:
            return ()
        numbers, counts = self._steps[clause, language]
        end = bisect_right(numbers, upto)
        return tuple(zip(numbers[:end], counts[:end], strict=True))

    def differing(self) -> dict[UUID, dict[str, int]]:
        """The clauses in the text, or the title, whose languages differ in their brackets."""
        return {
            clause: dict(own)
            for clause, own in self._own.items()
            if len(set(own.values())) > 1
            and (clause in self.tree.standing or clause == self.tree.root)
        }


_tallies = Tallies(BracketTally, room=400_000)


def course_of(charter: Charter, clause: UUID | None = None) -> Course:
    """The brackets of a clause and all below it, or of the whole charter with its title.

    Two queries more than none where revisions came since the last time, whatever their number.
    """
    tally = _tallies.of(charter, upto=charter.head)
    with tally.lock:
        what = clause or tally.tree.root
        steps = {code: tally.steps(what, code, charter.head) for code in languages(charter)}
        return Course(min(tally.number, charter.head), steps)


def differences(charter: Charter, language: str) -> tuple[Difference, ...]:
    """Where the languages of the text differ in their brackets, as of the head and in its order.

    `language` is that of the citations.
    """
    tally = _tallies.of(charter, upto=charter.head)
    with tally.lock:
        found, root = tally.differing(), tally.tree.root
    if not found:
        return ()
    head = charter.revisions.filter(number=charter.head).first()
    cited = {UUID(row.id): row.citation for row in laid_text(charter, head, language).redline.rows}
    known = languages(charter)
    return tuple(
        Difference(id, said, {code: found[id][code] for code in known if code in found[id]})
        for id, said in ({root: ""} | cited).items()
        if id in found
    )


def languages(charter: Charter) -> tuple[str, ...]:
    """The languages of a charter, the working one first."""
    return tuple(dict.fromkeys((charter.working_language, *charter.languages)))


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _tallies.clear()
