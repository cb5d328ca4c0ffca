"""The page of a text with all that stands around it, kept while nothing of it changes.

What everybody sees is read once for all of them, what shows drafts once for each who sees drafts.
A stamp vouches for it, which is of more than any page shows: whatever happens in a charter has its
pages read anew, and a page without a stamp is read each time.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils.timezone import localdate

from charter.access import Seat
from charter.queries.beside import Beside, amendments_beside, amendments_beside_at
from charter.queries.keeping import ROOM, Kept
from charter.queries.ladder import Step, rungs_of
from charter.queries.pages import TextPage, text_page
from charter.queries.silence import Brief, under_silence
from charter.queries.stamps import Stamp, stamp_for

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Standing:
    """The page of a text, what of it is under silence, and how far its clauses are agreed."""

    page: TextPage
    silenced: Mapping[UUID, Brief]
    rungs: Mapping[UUID, Step]

    @property
    def weight(self) -> int:
        threads = [thread for some in self.page.threads.values() for thread in some]
        return len(self.page.redline.rows) + sum(1 + len(one.comments) for one in threads)


# Values with what vouched for them when they were read.
_texts: Kept[tuple[Hashable, Standing]] = Kept(ROOM)
_amendments: Kept[tuple[Hashable, Mapping[str, tuple[Beside, ...]]]] = Kept(ROOM)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _texts.clear()
    _amendments.clear()


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

    def read() -> Standing:
        page = text_page(seat, language, at, resolved=resolved)
        silenced = under_silence(seat.charter).clauses if page.current else {}
        return Standing(page, silenced, rungs_of(seat.charter, page.number))

    return _while_it_stands(
        _texts, (language, at, resolved), seat, stamp, lambda now: now.shared, read,
        lambda found: 1 + found.weight,
    )  # fmt: skip


def amendments_standing(
    seat: Seat, page: TextPage, stamp: Stamp | None = None
) -> Mapping[str, tuple[Beside, ...]]:
    """The amendments beside the clauses of a page, with the drafts that the seat may see."""

    def read() -> Mapping[str, tuple[Beside, ...]]:
        clauses = {row.id for row in page.redline.rows}
        if page.current:
            return amendments_beside(seat, page.language, clauses, page.root)
        return amendments_beside_at(seat.charter, page.number, page.language, clauses, page.root)

    # Whoever sees no draft sees what everybody sees.
    reader = seat.person.pk if stamp and stamp.drafts is not None else None
    at = None if page.current else page.number
    return _while_it_stands(
        _amendments, (page.language, at, reader), seat, stamp,
        lambda now: (now.shared, now.drafts), read,
        lambda found: 1 + sum(len(some) for some in found.values()),
    )  # fmt: skip


def _while_it_stands(
    kept: Kept[tuple[Hashable, V]],
    what: tuple[Hashable, ...],
    seat: Seat,
    stamp: Stamp | None,
    vouches: Callable[[Stamp], Hashable],
    read: Callable[[], V],
    weight: Callable[[V], int],
) -> V:
    # A seat that was taken after the next revision is not shown the text before it: what it sends
    # would be taken for written under the new words.
    if stamp is None or stamp.head != seat.charter.head:
        return read()
    key = (seat.charter.uuid, *what)
    vouched = vouches(stamp), localdate()  # parties belong to organisations from day to day
    found = kept.get(key)
    if found is not None and found[0] == vouched:
        return found[1]
    value = read()
    after = stamp_for(seat.person, seat.charter.slug)
    # What changed while it was read and then changed back is told from what never changed.
    if after is not None and vouches(after) == vouched[0]:
        kept.put(key, (vouched, value), weight(value))
    return value
