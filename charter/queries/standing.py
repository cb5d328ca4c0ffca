"""The page of the current text with all that stands around it, kept while nothing of it changes.

What everybody sees is read once for all of them, what shows drafts once for each who sees drafts.
A stamp vouches for it, which is of more than any page shows: whatever happens in a charter has its
page read anew, and a page without a stamp is read each time. So is an earlier text: of those there
are many, and few readers of each.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from charter.access import Seat, enter
from charter.queries.beside import Beside, amendments_beside, amendments_beside_at
from charter.queries.keeping import ROOM, Kept
from charter.queries.ladder import Step, rungs_of
from charter.queries.moments import one_moment
from charter.queries.pages import TextPage, text_page
from charter.queries.silence import Brief, under_silence
from charter.queries.stamps import Stamp, stamp_for

V = TypeVar("V")

LETTERS = 1_000  # that weigh as much as a clause


@dataclass(frozen=True, slots=True)
class Standing:
    """The page of a text, what of it is under silence, and how far its clauses are agreed."""

    page: TextPage
    silenced: Mapping[UUID, Brief]
    rungs: Mapping[UUID, Step]

    @property
    def weight(self) -> int:
        """In clauses of the usual length."""
        page = self.page
        threads = [thread for some in page.threads.values() for thread in some]
        comments = [comment for thread in threads for comment in thread.comments]
        letters = sum(len(one.text) for one in comments)
        letters += sum(len(one.quote) + len(one.original_quote) for one in threads)
        letters += sum(len(str(one.definitions)) for one in page.principles)
        letters += sum(len(one.note) for one in self.rungs.values())
        things = (page.redline.rows, threads, comments, page.editions, page.principles, self.rungs)
        return 1 + sum(map(len, things)) + letters // LETTERS


class _WhileItStands(Generic[V]):
    """Values with what vouched for each when it was read: that part of a stamp.

    `weight` is in clauses, as everything that is kept.
    """

    def __init__(self, part: Callable[[Stamp], Hashable], weight: Callable[[V], int]) -> None:
        self.part, self.weight = part, weight
        self.kept: Kept[tuple[Hashable, V]] = Kept(ROOM)

    def get(
        self, key: tuple[Hashable, ...], seat: Seat, stamp: Stamp, read: Callable[[Seat], V]
    ) -> V:
        """What `read` gives, or gave when the stamp was the same."""
        key = (seat.charter.uuid, *key)
        found = self.kept.get(key)
        if found is not None and found[0] == self.part(stamp):
            return found[1]
        value, then = _at_one_moment(seat, read)
        if then is not None:
            self.kept.put(key, (self.part(then), value), self.weight(value))
        return value


def _at_one_moment(seat: Seat, read: Callable[[Seat], V]) -> tuple[V, Stamp | None]:
    """What `read` gives, with the stamp of the moment it is of; None where that is not known.

    Seat, stamp and reading are of one snapshot of the database, so that nothing can change and
    change back unseen, and nobody reads from a seat that they have just left.
    """
    person, slug = seat.person, seat.charter.slug
    with one_moment() as fixed:
        stamp, now = stamp_for(person, slug), enter(person, slug)
        # After a revision that came since the seat was taken, it is not the text of the seat.
        if now.charter.head != seat.charter.head:
            return read(seat), None
        value = read(now)
        same = fixed or stamp == stamp_for(person, slug)
    return value, stamp if same else None


_texts = _WhileItStands[Standing](lambda stamp: stamp.shared, lambda found: found.weight)
_amendments = _WhileItStands[Mapping[str, tuple[Beside, ...]]](
    lambda stamp: (stamp.shared, stamp.drafts),
    lambda found: 1 + sum(len(some) for some in found.values()),
)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _texts.kept.clear()
    _amendments.kept.clear()


def standing_text(
    seat: Seat,
    language: str,
    at: int | None = None,
    *,
    resolved: bool = False,
    stamp: Stamp | None = None,
) -> Standing:
    """The charter's text at revision `at` (None: the head), with the resolved threads or without.

    `stamp` is the seat's, read before the seat was. `at` must be a revision of the charter.
    """

    def read(seat: Seat) -> Standing:
        page = text_page(seat, language, at, resolved=resolved)
        silenced = under_silence(seat.charter).clauses if page.current else {}
        return Standing(page, silenced, rungs_of(seat.charter, page.number))

    if stamp is None or not _is_current(seat, at, stamp):
        return read(seat)
    return _texts.get((language, resolved), seat, stamp, read)


def amendments_standing(
    seat: Seat, page: TextPage, stamp: Stamp | None = None
) -> Mapping[str, tuple[Beside, ...]]:
    """The amendments beside the clauses of a page, with the drafts that the seat may see."""

    def read(seat: Seat) -> Mapping[str, tuple[Beside, ...]]:
        clauses = {row.id for row in page.redline.rows}
        if page.current:
            return amendments_beside(seat, page.language, clauses, page.root)
        return amendments_beside_at(seat.charter, page.number, page.language, clauses, page.root)

    if stamp is None or not page.current or not _is_current(seat, None, stamp):
        return read(seat)
    # Whoever sees no draft sees what everybody sees.
    reader = None if stamp.drafts is None else seat.person.pk
    return _amendments.get((page.language, reader), seat, stamp, read)


def _is_current(seat: Seat, at: int | None, stamp: Stamp) -> bool:
    """Whether the text asked for is the current one, and the stamp is of it.

    A seat that was taken after the next revision is not shown the text before it: what it sends
    would be taken for written under the new words.
    """
    return stamp.head == seat.charter.head and at in (None, seat.charter.head)
