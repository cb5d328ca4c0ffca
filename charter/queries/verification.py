"""Whether the history of a charter holds: every digest, every row, and the text that came of it.

Each revision's digest is computed again from its history rows and the digest before it, and the
state that all revisions lead to is compared with the live tables. A row changed, dropped, added or
given to somebody else behind the database's back shows at the revision it belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from charter.models import Charter, Revision
from charter.models.digests import Act, State, digest
from charter.models.states import TABLES, state
from charter.queries.moments import one_moment

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`first_bad` is the number of the first revision that does not hold, None when all do.

    `reason` is for the operator, and quotes no words of the text.
    """

    ok: bool
    checked: int
    head: str
    first_bad: int | None = None
    reason: str = ""


class _Broken(Exception):
    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number = number
        self.reason = reason


def verify(charter: Charter, known: dict[int, str] | None = None) -> Verdict:
    """Replay the history of a charter; `known` are digests somebody holds, by revision number.

    Reads one consistent state of the database, whatever is written meanwhile, and holds in memory
    the text but not its history.
    """
    with one_moment():
        replay = _Replay(Charter.objects.get(pk=charter.pk), known or {})
        try:
            replay.run()
        except _Broken as broken:
            return Verdict(False, replay.number, replay.digest, broken.number, broken.reason)
    return Verdict(True, replay.number, replay.digest)


@dataclass(slots=True)
class _Replay:
    charter: Charter
    known: dict[int, str]
    number: int = 0
    digest: str = ""
    slugs: dict[int, str] = field(default_factory=dict)
    names: dict[tuple[str, Any], tuple[str, ...]] = field(default_factory=dict)
    last: dict[tuple[str, Any], tuple[State, int]] = field(default_factory=dict)

    def run(self) -> None:
        history = {
            table: groupby(_rows(model, self.charter), key=lambda row: row.revision_number)
            for model, table in TABLES.items()
        }
        waiting = {table: next(groups, None) for table, groups in history.items()}
        for revision in _revisions(self.charter):
            self._require_next(revision)
            rows: list[tuple[str, Any]] = []
            for table, groups in history.items():
                group = waiting[table]
                if group is not None and group[0] < revision.number:
                    raise _Broken(group[0], f"A {table} belongs to a revision that is not there.")
                if group is not None and group[0] == revision.number:
                    rows += [(table, row) for row in group[1]]
                    waiting[table] = next(groups, None)
            self._require_digest(revision, rows)
            self.number, self.digest = revision.number, revision.digest
        for table, group in waiting.items():
            if group is not None:
                raise _Broken(group[0], f"A {table} belongs to a revision that is not there.")
        self._require_head()
        self._require_live()
        for number in sorted(self.known):
            if number > self.number:
                raise _Broken(self.number + 1, "A revision whose digest is held is missing.")

    def _require_next(self, revision: Revision) -> None:
        if revision.number != self.number + 1:
            raise _Broken(self.number + 1, "The revision is missing.")

    def _require_digest(self, revision: Revision, rows: list[tuple[str, Any]]) -> None:
        states = [self._state(revision, table, row) for table, row in rows]
        act = Act(
            charter=self.charter.uuid,
            number=revision.number,
            author=revision.author.uuid,
            committed_at=revision.committed_at,
            message=revision.message,
            cause=revision.cause,
            earlier=revision.earlier,
            adopted=tuple(revision.adopted),
        )
        if digest(self.digest, act, states) != revision.digest:
            raise _Broken(revision.number, "What is recorded is not what was committed.")
        held = self.known.get(revision.number)
        if held is not None and held != revision.digest:
            raise _Broken(revision.number, "The digest is another one than the one held.")

    def _state(self, revision: Revision, table: str, row: Any) -> State:
        number, key = revision.number, (table, row.id)
        belongs = (row.charter_id, row.revision_id) == (self.charter.pk, revision.pk)
        signed = (row.history_user_id, row.history_date) == (
            revision.author_id,
            revision.committed_at,
        )
        if not belongs or not signed:
            raise _Broken(number, f"A {table} says another revision, author or time.")
        if (row.history_type == "+") != (key not in self.last):
            raise _Broken(number, f"A {table} is recorded as new and was there, or the reverse.")
        if table == "principle":
            self.slugs[row.id] = row.slug
        try:
            found = state(table, row, created=row.history_type == "+", slug=self.slugs.__getitem__)
        except KeyError:
            raise _Broken(number, "A tag names a principle that was never there.") from None
        if self.names.setdefault(key, found.key) != found.key:
            raise _Broken(number, f"A {table} has become another one.")
        self.last[key] = (found, number)
        return found

    def _require_head(self) -> None:
        if (self.charter.head, self.charter.digest) != (self.number, self.digest):
            raise _Broken(
                min(self.charter.head, self.number) + (self.charter.head != self.number),
                "The charter's head is not its last revision.",
            )

    def _require_live(self) -> None:
        """The live rows are what the last history row of each says."""
        broken: list[_Broken] = []
        left = dict(self.last)
        for model, table in TABLES.items():
            for row in model.objects.filter(charter=self.charter).iterator(_CHUNK):
                recorded = left.pop((table, row.pk), None)
                if recorded is None:
                    broken.append(_Broken(self.number, f"A {table} has no history."))
                    continue
                try:
                    now = state(
                        table, row, created=recorded[0].created, slug=self.slugs.__getitem__
                    )
                except KeyError:
                    now = None
                if now != recorded[0]:
                    broken.append(_Broken(recorded[1], f"A {table} is not what its history says."))
        for (table, _id), (_state, number) in left.items():
            broken.append(_Broken(number, f"A {table} is gone from the text's tables."))
        if broken:
            raise min(broken, key=lambda one: one.number)


def _revisions(charter: Charter) -> Iterator[Revision]:
    return (
        Revision.objects.filter(charter=charter)
        .select_related("author")
        .order_by("number")
        .iterator(_CHUNK)
    )


def _rows(model: Any, charter: Charter) -> Iterator[Any]:
    """The history rows of the charter in order, those that only claim to be its own among them."""
    own = model.history.filter(charter_id=charter.pk)
    claimed = model.history.filter(revision__charter=charter)
    return (own | claimed).order_by("revision_number", "history_id").iterator(_CHUNK)
