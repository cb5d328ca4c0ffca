"""What each revision did to the words of a charter in one language, counted once."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from datetime import datetime
from uuid import UUID

from charter.models import Charter
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
from charter.text.counting import exchanged, words

_WORDINGS = """
SELECT r.number, h.clause_id,
       CASE WHEN h.language = %(language)s THEN h.heading END,
       CASE WHEN h.language = %(language)s THEN h.text END
FROM charter_historicalwording h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""

_TAGS = """
SELECT r.number, h.clause_id
FROM charter_historicalclauseprinciple h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""


class WordTally(Tally):
    """Figures of every revision in columns: revision n stands at n - 1.

    `authors` are keys of persons, `moments` when they committed. `words` and `clauses` stand in the
    text after the revision; `written` words it brought into the text and `taken` out of it, by
    wording, inserting, striking and restoring; `touched` clauses it changed in any way and any
    language. `edits` are the revisions that touched a clause, in order.

    A word that was replaced counts as one taken out and one written, and of all ways to come from
    the old wording to the new one the shortest is counted.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.tree = Tree()
        self.authors = array("q")
        self.moments: list[datetime] = []
        self.words, self.clauses = array("l"), array("l")
        self.written, self.taken, self.touched = array("l"), array("l"), array("l")
        self.edits: dict[UUID, array] = defaultdict(lambda: array("L"))
        self._said: dict[UUID, list[str]] = {}
        self._total = 0

    def weight(self) -> int:
        standing = sum(map(len, self._said.values()))
        return 1 + standing // 60 + len(self.authors) // 50 + len(self.edits)

    def count(self, charter: Charter, upto: int) -> int:
        last = min(upto, self.number + MOST)
        since = {"since": self.number}
        found = []
        for sql in (_WORDINGS, PLACES, _TAGS):
            rows, last = rows_since(sql, charter, last, language=self.language, **since)
            found.append(by_number(rows))
        wordings, places, tags = found
        revisions = charter.revisions.filter(number__gt=self.number, number__lte=last)
        facts = revisions.order_by("number").values_list("number", "author", "committed_at")
        for number, author, moment in facts:
            self.authors.append(author)
            self.moments.append(moment)
            self._revision(
                number,
                wordings.get(number, []),
                places.get(number, []),
                tags.get(number, []),
            )
        return last

    def _revision(
        self, number: int, wordings: list[Row], places: list[Row], tags: list[Row]
    ) -> None:
        came, went = self.tree.apply(places)
        reworded = {
            clause: [*words(heading, self.language), *words(text, self.language)]
            for clause, heading, text in wordings
            if text is not None
        }
        written = taken = 0
        for clause in {*reworded, *came, *went} - {self.tree.root}:
            old = self._said.get(clause, [])
            new = reworded.get(clause, old)
            stands = clause in self.tree.standing
            stood = clause in went or (stands and clause not in came)
            more, less = exchanged(old if stood else [], new if stands else [])
            written += more
            taken += less
        self._said |= reworded
        self._total += written - taken
        touched = {row[0] for rows in (wordings, places, tags) for row in rows} - {self.tree.root}
        for clause in touched:
            self.edits[clause].append(number)
        self.words.append(self._total)
        self.clauses.append(len(self.tree.standing))
        self.written.append(written)
        self.taken.append(taken)
        self.touched.append(len(touched))

    def edits_of(self, clause: UUID, upto: int) -> array:
        """The revisions up to `upto` that touched a clause."""
        found = self.edits.get(clause)
        return found[: bisect_right(found, upto)] if found else array("L")


_tallies = Tallies(WordTally, room=200_000)


def tally_of(charter: Charter, language: str, upto: int) -> WordTally:
    """The charter's tally in a language, which is one of its own; to be read under its lock."""
    return _tallies.of(charter, language, upto=upto)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _tallies.clear()
