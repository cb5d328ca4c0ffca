"""The discussion of an amendment on its page: the words proposed, with marks, and the cards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from charter.exports.languages import name
from charter.queries.amendment_threads import ShownAmendmentThread
from charter.queries.proposed import ShownChange
from charter.text.proposal import Line, lines
from charter.web.cards import Cards
from charter.web.words import Leaf, Mark, Writing, leaves_of


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said of one change, or of the amendment. `words` are those proposed, with marks."""

    words: SafeString
    cards: tuple[SafeString, ...]
    marked: bool


class AmendmentCards(Cards):
    """Cards beside the words of an amendment. `address` is that of the amendment."""

    def place(self, thread: ShownAmendmentThread) -> str:
        return f"#change-{thread.change}" if thread.change else "#discussion"

    def elsewhere(self, thread: ShownAmendmentThread) -> str:
        if not self.language:
            return _("words proposed in %(language)s") % {"language": name(thread.language)}
        return _("of words that are not proposed any more")

    def may_move(self, thread: ShownAmendmentThread) -> bool:
        return thread.change is not None and super().may_move(thread)

    def facts(self, thread: ShownAmendmentThread) -> Iterator[str]:
        if thread.within:
            yield _("seen by your delegation only")


class Talks:
    """Gives each change its discussion; the numbers of threads run through the page.

    `places` is what references print, by clause; the clauses are on the page at `text`.
    """

    def __init__(
        self,
        threads: Sequence[ShownAmendmentThread],
        places: Mapping[str, str],
        *,
        address: str,
        text: str,
        may_comment: bool,
    ) -> None:
        self.threads, self.places, self.address, self.text = threads, places, address, text
        self.may_comment = may_comment
        self.numbered = 0
        self.told: set[UUID] = set()

    def of_change(self, change: ShownChange, citation: str) -> Talk:
        """What is said of a change or of words it proposes."""
        mine = [one for one in self.threads if one.change == change.uuid]
        mine.sort(key=lambda one: one.start)
        marks = [
            Mark(one.start, one.end, one.id, at)
            for at, one in enumerate(mine, start=self.numbered + 1)
            if one.on_words
        ]
        key = f"said-{change.uuid}"
        depths = [min(depth, 2) for depth, _clause in change.planted]
        words = "".join(
            self._line(one, marks, key, depths[one.part] if depths else None)
            for one in lines(change.parts)
        )
        return Talk(mark_safe(words), self._cards(mine, change.language, citation), bool(marks))  # noqa: S308  every word went through escape

    def of_the_rest(self, citation: str) -> Talk:
        """What is said of the amendment as a whole, and of what it does not ask for any more."""
        rest = [one for one in self.threads if one.id not in self.told]
        return Talk(SafeString(""), self._cards(rest, "", citation), False)

    def _cards(
        self, threads: Iterable[ShownAmendmentThread], language: str, citation: str
    ) -> tuple[SafeString, ...]:
        cards = AmendmentCards(self.address, language=language or "-", may_comment=self.may_comment)
        made = []
        for thread in threads:
            self.numbered += 1
            self.told.add(thread.id)
            made.append(mark_safe(cards.card(thread, self.numbered, citation)))  # noqa: S308
        return tuple(made)

    def _line(self, line: Line, marks: Sequence[Mark], key: str, depth: int | None) -> str:
        """A line; of a clause to be put in at this depth, as one that comes in."""
        writing = Writing(self.places, marks, f"{key}-{line.start}", page=self.text)
        html = writing.html([_moved(leaf, line.start) for leaf in leaves_of(line.text)])
        sort = "proposed-heading" if line.heading else "proposed-text"
        if depth is not None:
            sort, html = f"{sort} in-{depth}", f"<ins>{html}</ins>"
        return f'<div class="{sort}">{html}</div>{writing.listed()}'


def _moved(leaf: Leaf, by: int) -> Leaf:
    """A leaf of a line, placed in the whole."""
    note = None if leaf.note is None else tuple(_moved(one, by) for one in leaf.note)
    return replace(leaf, start=leaf.start + by, end=leaf.end + by, note=note)
