"""Clauses split in two and joined from two, as far as the words say so.

An added clause whose words a reworded one lost was split from it; a struck clause whose words a
reworded one gained was joined into it. What a unit holds is known before, by `homes`. The measure
is the share of the clause's words that stand in the same order among those words (longest common
subsequence, rapidfuzz).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from rapidfuzz.distance import LCSseq

from charter.text.lexicon import words_and_ends
from charter.text.redline import Change, Op, Row, Spans

SHARE = 0.6  # of the words of the part
_WORDS = 5  # in the part; fewer are found in many places
_COMMON = 20  # clauses with a word that no longer tells them apart
_LOOKED_AT = 4  # clauses compared with one part


@dataclass(frozen=True, slots=True)
class _Whole:
    """A reworded clause with the words it lost or gained."""

    row: Row
    words: list[str]


def traced(rows: Sequence[Row], language: str = "") -> tuple[Row, ...]:
    """The rows with `split_from` and `joined_into` filled in where the words say so."""
    reworded = [row for row in rows if Change.REWORDED in row.changes]
    if not reworded or len(reworded) == len(rows):
        return tuple(rows)
    lost = _Index(reworded, "delete", language)
    gained = _Index(reworded, "insert", language)
    found = [_traced(row, lost, gained, language) for row in rows]
    return tuple(_of_parts(row, found, at) for at, row in enumerate(found))


def _traced(row: Row, lost: "_Index", gained: "_Index", language: str) -> Row:
    if row.split_from or row.joined_into:
        return row
    if Change.ADDED in row.changes:
        whole = lost.source(_said(row.text, "insert", language))
        return row if whole is None else replace(row, split_from=whole.citation)
    if Change.STRUCK in row.changes:
        whole = gained.source(_said(row.text, "delete", language))
        return row if whole is None else replace(row, joined_into=whole.citation)
    return row


def _of_parts(row: Row, rows: Sequence[Row], at: int) -> Row:
    """A unit without words of its own has the origin of most words in it."""
    change = next((one for one in (Change.ADDED, Change.STRUCK) if one in row.changes), None)
    if change is None or row.text or row.split_from or row.joined_into:
        return row
    sizes: Counter[str] = Counter()
    end = at + 1
    while end < len(rows) and rows[end].depth > row.depth:
        part = rows[end]
        origin = part.split_from or part.joined_into if change in part.changes else ""
        sizes[origin] += sum(len(span.text) for span in part.text)
        end += 1
    origin, size = max(sizes.items(), key=itemgetter(1), default=("", 0))
    if not origin or size < SHARE * sizes.total():
        return row
    if change is Change.ADDED:
        return replace(row, split_from=origin)
    return replace(row, joined_into=origin)


class _Index:
    """Reworded clauses by the words they lost, or gained."""

    def __init__(self, rows: Iterable[Row], op: Op, language: str) -> None:
        found = (_Whole(row, _said(row.text, op, language)) for row in rows)
        self.wholes = [whole for whole in found if len(whole.words) >= _WORDS]
        self.places: dict[str, list[int]] = defaultdict(list)
        for at, whole in enumerate(self.wholes):
            for word in set(whole.words):
                self.places[word].append(at)

    def source(self, part: list[str]) -> Row | None:
        """The clause in which most words of `part` stand, None when none has enough."""
        if len(part) < _WORDS:
            return None
        votes: Counter[int] = Counter()
        for word in set(part):
            where = self.places.get(word, ())
            if len(where) <= _COMMON:
                votes.update(where)
        need = SHARE * len(part)
        scored = [
            (LCSseq.similarity(part, self.wholes[at].words), -at)
            for at, _ in votes.most_common(_LOOKED_AT)
        ]
        score, at = max(scored, default=(0, 0))
        return self.wholes[-at].row if scored and score >= need else None


def _said(spans: Spans, op: Op, language: str) -> list[str]:
    text = " ".join(span.text for span in spans if span.op == op).casefold()
    return [word for word in words_and_ends(text, language)[0] if word[:1].isalnum()]
