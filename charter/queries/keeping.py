"""Texts of revisions kept in memory, as pages want them.

A revision never changes, so neither does its text: what was read and laid out once serves every
reader after the first. The revision's digest is part of the key, which holds even if another
database is put in the place of this one.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from charter.models import Charter, Revision
from charter.queries import texts
from charter.text import compare
from charter.text.outline import Outline
from charter.text.redline import Redline

ROOM = 20_000  # clauses kept by one process, some 4 KB each with their HTML

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key, the least recently used dropped when their weights exceed `room`."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.weight = 0
        self._found: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            if key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key][0]

    def put(self, key: Hashable, value: V, weight: int) -> None:
        """Keep a value; one that is too heavy for the room is not."""
        if weight > self.room:
            return
        with self._lock:
            if key in self._found:
                self.weight -= self._found.pop(key)[1]
            self._found[key] = value, weight
            self.weight += weight
            while self.weight > self.room:
                _, (_dropped, less) = self._found.popitem(last=False)
                self.weight -= less

    def clear(self) -> None:
        with self._lock:
            self._found.clear()
            self.weight = 0


@dataclass(frozen=True, slots=True)
class LaidText:
    """A text with its numbers. `beside` is for what is made of it alone, such as HTML.

    Whoever keeps something there sees to it that one key holds one thing.
    """

    root: UUID
    outline: Outline
    redline: Redline
    beside: dict[str, object] = field(default_factory=dict)


_texts: Kept[LaidText] = Kept(ROOM)
_redlines: Kept[Redline] = Kept(ROOM)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _texts.clear()
    _redlines.clear()


def laid_text(charter: Charter, revision: Revision | None, language: str) -> LaidText:
    """The text as of `revision` (None: before the first); `charter` as it was read with it."""
    if revision is None:
        return _laid(charter, None, language)
    key = charter.uuid, revision.number, revision.digest, language, charter.scheme
    found = _texts.get(key)
    if found is None:
        now = revision.number == charter.head
        found = _laid(charter, None if now else revision.number, language)
        if now and not _still(charter, revision.number):
            # The live rows were those of the next revision, or some of them were.
            found = _laid(charter, revision.number, language)
        _texts.put(key, found, 1 + len(found.redline.rows))
    return found


def _laid(charter: Charter, number: int | None, language: str) -> LaidText:
    forest = texts.forest_at(charter, number, language)
    outline = texts.numbered(charter, forest)
    return LaidText(UUID(forest.root.id), outline, compare.clean(outline))


def _still(charter: Charter, number: int) -> bool:
    """Whether no revision was committed while the live rows were read."""
    return Charter.objects.filter(pk=charter.pk, head=number).exists()


def kept_redline(
    charter: Charter, since: int, at: int, language: str, make: Callable[[], Redline]
) -> Redline:
    """What `make` gives, once for two revisions; the head's digest vouches for both."""
    key = charter.uuid, charter.head, charter.digest, since, at, language, charter.scheme
    found = _redlines.get(key)
    if found is None:
        found = make()
        _redlines.put(key, found, 1 + 2 * len(found.rows))
    return found
