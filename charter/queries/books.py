"""The credits of a charter's words, played from its history and kept.

What a revision credits never changes, so it is played once: a later revision goes on from the
nearest one that is kept, and only over the wordings that changed since. Long histories leave a few
books behind on the way, so that earlier revisions are near one too. The digest vouches for each.
A process that has just begun goes on from the book in the database, if `actions.books` put one
there.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connection

from charter.models import Cause, Charter, KeptBook
from charter.queries.keeping import Kept
from charter.queries.texts import WORDINGS_THEN
from charter.text.blame import Book
from charter.text.book_json import packed, unpacked

HEADING, TEXT = "heading", "text"

ROOM = 1_000_000  # stretches and words kept by one process, some 100 B each
_BOOKS = 12  # kept of one text
_STEP = 10_000  # wordings played from one kept book to the next
_FETCHED = 1_000

WORTH = 5_000  # wordings played, some tenths of a second, make a book worth a row in the database

_WORDINGS = """
SELECT h.revision_number, live.clause_id::text, h.heading, h.text
FROM charter_wording live
JOIN charter_historicalwording h ON h.id = live.id
WHERE live.charter_id = %(charter)s AND live.language = %(language)s
  AND h.revision_number > %(since)s AND h.revision_number <= %(at)s
ORDER BY h.revision_number
"""

_CLAUSES = """
SELECT h.revision_number, h.id::text, h.parent_id::text, h.struck
FROM charter_clause live
JOIN charter_historicalclause h ON h.id = live.id
WHERE live.charter_id = %(charter)s
  AND h.revision_number > %(since)s AND h.revision_number <= %(at)s
ORDER BY h.revision_number, h.history_id
"""

Key = tuple[str, str]  # a clause's id, and HEADING or TEXT


@dataclass(slots=True)
class Played:
    """A book, and the tree it was played in: the parent of each clause, and the struck ones.

    `turned` counts the wordings that were played since the last book that is worth keeping in the
    database. `beside` is for what is made of a wording and its credits, by the wording's key, with
    the very words it was made of: a later revision takes it over unless those are others.
    """

    book: Book
    parents: dict[str, str | None] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    turned: int = 0
    beside: dict[Key, tuple[str, object]] = field(default_factory=dict)

    def fork(self) -> "Played":
        """The same, to be played further."""
        return Played(
            self.book.fork(), dict(self.parents), set(self.struck), self.turned, dict(self.beside)
        )

    def leaving(self, rows: Iterable[tuple]) -> list[Key]:
        """Plants the rows of one revision; the wordings that left the text with struck clauses."""
        gone = set()
        for _, clause, parent, struck in rows:
            self.parents[clause] = parent
            if struck and clause not in self.struck:
                gone.add(clause)
            (self.struck.add if struck else self.struck.discard)(clause)
        return [(clause, part) for clause in self._with_all(gone) for part in (HEADING, TEXT)]

    def _with_all(self, gone: set[str]) -> list[str]:
        """The clauses with all that stands in them, in a fixed order."""
        if not gone:
            return []
        children = defaultdict(list)
        for clause, parent in self.parents.items():
            if clause not in self.struck:
                children[parent].append(clause)
        found, todo = [], sorted(gone)
        while todo:
            found.append(todo.pop())
            todo += children[found[-1]]
        return found


class _Shelf:
    """The books of one charter in one language, by revision, each with the revision's digest."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.books: dict[int, tuple[str, Played]] = {}

    @property
    def weight(self) -> int:
        """Its stretches, each once, as books share those of wordings that stayed, and words."""
        books = [played.book for _, played in self.books.values()]
        rows = {id(row): len(row) for book in books for row in book.pieces.values()}
        return 1 + max((book.departed for book in books), default=0) + sum(rows.values())

    def keep(self, number: int, digest: str, played: Played) -> None:
        """Keep a book, and no more of them than there may be."""
        self.books[number] = digest, played
        if len(self.books) > _BOOKS:
            self.thin(number)

    def thin(self, number: int) -> None:
        """Give up a book before the last one, the nearest to that before it, but not this one."""
        numbers = sorted(self.books)
        gaps = {at: at - before for before, at in pairwise([0, *numbers])}
        others = [at for at in numbers[:-1] if at != number] or [numbers[-1]]
        self.books.pop(min(others, key=lambda at: gaps[at]))


_shelves: Kept[_Shelf] = Kept(ROOM)
_shelving = Lock()


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _shelves.clear()


def played_to(charter: Charter, number: int, language: str) -> Played:
    """The credits of all wordings as of a revision, not to be played further."""
    if not number:
        return Played(Book(language))
    key = charter.uuid, language
    shelf = _shelf(key)
    with shelf.lock:
        wanted = {*shelf.books, number}
        found = charter.revisions.filter(number__in=wanted).values_list("number", "digest")
        digests = dict(found)
        if any(digests.get(at) != digest for at, (digest, _) in shelf.books.items()):
            shelf.books.clear()  # another database stands in the place of the one that was read
        if number not in shelf.books:
            _take_from_database(charter, shelf, number, language)
        if number not in shelf.books:
            for at, played in _plays(charter, shelf, number, language):
                shelf.keep(at, digests[at] if at in digests else _digest(charter, at), played)
            while shelf.weight > ROOM and len(shelf.books) > 1:
                shelf.thin(number)
            _shelves.put(key, shelf, shelf.weight)
        return shelf.books[number][1]


def worth_keeping(charter: Charter, language: str) -> list[dict[str, Any]]:
    """The books at hand that took many wordings to play, as values of rows, each but once.

    No query.
    """
    shelf = _shelf((charter.uuid, language))
    rows = []
    with shelf.lock:
        for number, (digest, played) in sorted(shelf.books.items()):
            if played.turned >= WORTH:
                played.turned = 0
                rows.append({"number": number, "digest": digest, "body": _body(played)})
    return rows


def _body(played: Played) -> bytes:
    value = {
        "book": packed(played.book),
        "parents": played.parents,
        "struck": sorted(played.struck),
    }
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 3)


def _take_from_database(charter: Charter, shelf: _Shelf, number: int, language: str) -> None:
    """Put a book from the database on the shelf, if one there is nearer to this revision."""
    since = max((at for at in shelf.books if at < number), default=0)
    near = KeptBook.objects.filter(number__gt=since, number__lte=number)
    row = near.filter(charter=charter, language=language).order_by("-number").first()
    if row is None:
        return
    digest = _digest(charter, row.number)
    if row.digest != digest:
        return
    value = json.loads(zlib.decompress(row.body))
    book = unpacked(value["book"], _texts(charter, row.number, language))
    if book is not None:
        shelf.keep(row.number, digest, Played(book, value["parents"], set(value["struck"])))


def _texts(charter: Charter, number: int, language: str) -> dict[Key, str]:
    found: dict[Key, str] = {}
    bound = {"charter": charter.pk, "language": language, "number": number}
    for clause, heading, text in _rows(WORDINGS_THEN, bound):
        found[clause, HEADING], found[clause, TEXT] = heading, text
    return found


def _shelf(key: tuple[UUID, str]) -> _Shelf:
    with _shelving:
        found = _shelves.get(key)
        if found is None:
            found = _Shelf()
            _shelves.put(key, found, found.weight)
        return found


def _plays(
    charter: Charter, shelf: _Shelf, number: int, language: str
) -> Iterator[tuple[int, Played]]:
    """Books on the way to a revision, and its own at last."""
    since = max((at for at in shelf.books if at < number), default=0)
    played = shelf.books[since][1].fork() if since else Played(Book(language))
    bound = {"charter": charter.pk, "language": language, "since": since, "at": number}
    done = 0
    restoring = _restoring(charter, since, number)
    for at, words, left in _turns(played, bound):
        if done >= _STEP:
            yield played.book.revision, played.fork()
            done = played.turned = 0
        played.book.turn(at, words, left, restoring.get(at))
        done += len(words)
        played.turned += len(words)
    yield number, played


def _restoring(charter: Charter, since: int, number: int) -> dict[int, int]:
    """The revisions that say they bring back an earlier state, with the revision of that state."""
    rows = charter.revisions.filter(number__gt=since, number__lte=number, earlier__isnull=False)
    return {
        at: earlier - 1 if cause == Cause.UNDO else earlier
        for at, earlier, cause in rows.values_list("number", "earlier", "cause")
    }


def _turns(played: Played, bound: dict) -> Iterator[tuple[int, dict[Key, str], list[Key]]]:
    """Each revision that reworded clauses or struck some: its wordings, and those that left."""
    planted = {
        at: list(rows) for at, rows in groupby(_rows(_CLAUSES, bound), key=lambda row: row[0])
    }
    todo = sorted(planted, reverse=True)
    for at, rows in groupby(_rows(_WORDINGS, bound), key=lambda row: row[0]):
        while todo and todo[-1] < at:
            yield todo[-1], {}, played.leaving(planted[todo.pop()])
        left = played.leaving(planted[todo.pop()]) if todo and todo[-1] == at else []
        words = {}
        for _, clause, heading, text in rows:
            words[clause, HEADING], words[clause, TEXT] = heading, text
        yield at, words, left
    while todo:
        yield todo[-1], {}, played.leaving(planted[todo.pop()])


def _rows(sql: str, bound: dict) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        while rows := cursor.fetchmany(_FETCHED):
            yield from rows


def _digest(charter: Charter, number: int) -> str:
    return charter.revisions.values_list("digest", flat=True).get(number=number)
