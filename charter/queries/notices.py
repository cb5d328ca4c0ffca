"""Notices as their reader may see them now: what a seat no longer shows, none of them tells.

The rule stands here once, in SQL, for the list, the count in the head of every page, the stamp of
a page and the letters.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.models import Person
from charter.access import Seat
from charter.models import (
    Charter,
    Following,
    LetterPace,
    Notice,
    NoticeKind,
    NoticeWish,
    SilenceState,
)
from charter.queries.search_trees import Trees

PAGE = 50
COUNTED = 100  # the count goes no further

# A notice beside its person's seat, without which there is none, and with what it tells of.
SEATED = """
FROM charter_notice notice
JOIN charter_membership seat
  ON seat.charter_id = notice.charter_id AND seat.person_id = notice.person_id
LEFT JOIN charter_delegation team ON team.id = seat.delegation_id
LEFT JOIN charter_amendment asked ON asked.id = notice.amendment_id
"""
# That it is of no draft, or of one of the circle that the person is in.
SHOWN = """(
  notice.amendment_id IS NULL OR asked.tabled_at IS NOT NULL
  OR (asked.delegation_id = seat.delegation_id AND asked.circle = team.circle)
  OR (asked.delegation_id IS NULL AND asked.author_id = notice.person_id)
)"""
VISIBLE = f"{SEATED} WHERE notice.person_id = %(person)s AND {SHOWN}"
UNREAD = f"""
SELECT count(*) FROM (
  SELECT {VISIBLE} AND notice.read_at IS NULL LIMIT {COUNTED}
) AS unread
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as facts. `clause` is None, and `citation` "", where it is about none; `citation`
    is "" too for one that is not in the text. `symbol` is A-12 or S-3, "" for a
    draft; `silence` the number of a procedure, `deadline` its own, and `outcome` how it ended,
    "" while it runs; `actor` is "" where nobody acted."""

    id: int
    charter: Charter
    kind: NoticeKind
    change: str
    actor: str
    clause: UUID | None
    is_whole: bool
    citation: str
    language: str
    thread: int | None
    amendment: UUID | None
    amendment_thread: UUID | None
    silence: int | None
    deadline: datetime | None
    outcome: str
    symbol: str
    first: int | None
    last: int | None
    times: int
    made_at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of notices; `older` is the place behind it, None at the end."""

    notices: tuple[ShownNotice, ...]
    older: tuple[bool, int] | None


def unread_count(person: Person) -> int:
    """How many notices the person has not read, up to COUNTED. One query."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, {"person": person.pk})
        return cursor.fetchone()[0]


_LIST = f"""
SELECT notice.id {VISIBLE}
  AND (%(charter)s::bigint IS NULL OR notice.charter_id = %(charter)s)
  AND (NOT %(unread)s OR notice.read_at IS NULL)
  AND (
    %(behind)s::bigint IS NULL
    OR (notice.read_at IS NOT NULL) > %(read)s
    OR (
      (notice.read_at IS NOT NULL) = %(read)s
      AND (notice.made_at, notice.id)
        < (SELECT last.made_at, last.id FROM charter_notice last WHERE last.id = %(behind)s)
    )
  )
ORDER BY notice.read_at IS NOT NULL, notice.made_at DESC, notice.id DESC LIMIT %(limit)s
"""  # noqa: S608


def inbox(
    person: Person,
    language: str,
    *,
    charter: Charter | None = None,
    unread: bool = False,
    behind: tuple[bool, int] | None = None,
    limit: int = PAGE,
) -> Inbox:
    """A page of notices, the unread ones first, each kind the newest first.

    `language` is the one to cite clauses in, where the charter has it; `behind` the `older` of the
    page before.
    """
    bound = {
        "person": person.pk,
        "charter": charter.pk if charter else None,
        "unread": unread,
        "read": behind[0] if behind else False,
        "behind": behind[1] if behind else None,
        "limit": limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIST, bound)
        keys = [row[0] for row in cursor.fetchall()]
    shown = shown_notices(keys[:limit], language)
    last = shown[-1] if shown else None
    return Inbox(shown, (last.read, last.id) if last and len(keys) > limit else None)


def visible_among(person: Person, keys: Collection[int]) -> set[int]:
    """Those of these notices that are the person's, and that they may see. One query."""
    with connection.cursor() as cursor:
        found = f"SELECT notice.id {VISIBLE} AND notice.id = ANY(%(keys)s)"
        cursor.execute(found, {"person": person.pk, "keys": list(keys)})
        return {row[0] for row in cursor.fetchall()}


def shown_notices(keys: Collection[int], language: str) -> tuple[ShownNotice, ...]:
    """The notices of these keys, in their order. Two queries, and the texts they are cited from.

    That their reader may see them has been asked already.
    """
    rows = Notice.objects.select_related(
        "charter", "actor", "amendment", "amendment_thread", "silence", "clause"
    ).in_bulk(keys)
    charters = {row.charter_id: row.charter for row in rows.values()}
    trees = Trees(charters, language, None)
    trees.read({row.charter_id for row in rows.values() if row.clause_id})
    return tuple(_shown(rows[key], trees) for key in keys if key in rows)


def _shown(row: Notice, trees: Trees) -> ShownNotice:
    tree = trees.get(row.charter_id) if row.clause_id else None
    asked = row.amendment
    return ShownNotice(
        id=row.pk,
        charter=row.charter,
        kind=NoticeKind(row.kind),
        change=row.change,
        actor=str(row.actor) if row.actor else "",
        clause=row.clause_id,
        is_whole=bool(row.clause_id) and row.clause.parent_id is None,
        citation=tree.citation(row.clause_id) if tree else "",
        language=tree.language if tree else "",
        thread=row.thread_id,
        amendment=asked.uuid if asked else None,
        amendment_thread=row.amendment_thread.uuid if row.amendment_thread else None,
        silence=row.silence.number if row.silence else None,
        deadline=row.silence.deadline if row.silence else None,
        outcome=_outcome(row),
        symbol=_symbol(row),
        first=row.first,
        last=row.last,
        times=row.times,
        made_at=row.made_at,
        read=row.read_at is not None,
    )


def _outcome(row: Notice) -> str:
    over = row.silence and row.silence.state != SilenceState.RUNNING
    return str(row.silence.get_state_display()) if over else ""


def _symbol(row: Notice) -> str:
    if row.silence:
        return str(row.silence)
    return str(row.amendment) if row.amendment and row.amendment.number else ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A clause that is followed; `citation` is "" for the whole charter and for one struck."""

    clause: UUID
    is_whole: bool
    citation: str
    language: str
    since: datetime


def followed(seat: Seat, language: str) -> tuple[Followed, ...]:
    """What the seat's person follows, the charter first, then in the order of the text."""
    rows = list(
        Following.objects.filter(charter=seat.charter, person=seat.person).select_related("clause")
    )
    if not rows:
        return ()
    trees = Trees({seat.charter.pk: seat.charter}, language, None)
    trees.read([seat.charter.pk])
    tree = trees[seat.charter.pk]
    rows.sort(key=lambda row: (row.clause.parent_id is not None, tree.place(row.clause_id), row.pk))
    return tuple(
        Followed(
            row.clause_id,
            row.clause.parent_id is None,
            tree.citation(row.clause_id),
            tree.language,
            row.since,
        )
        for row in rows
    )


def follows(seat: Seat, clause: UUID | None = None) -> bool:
    """Whether the person follows this very clause; None: the whole charter."""
    rows = Following.objects.filter(charter=seat.charter, person=seat.person)
    return (
        rows.filter(clause__parent=None) if clause is None else rows.filter(clause=clause)
    ).exists()


def wish_of(seat: Seat) -> NoticeWish:
    """How the person wants to be told of the charter; what a new one has where they never said."""
    found = NoticeWish.objects.filter(charter=seat.charter, person=seat.person).first()
    return found or NoticeWish(charter=seat.charter, person=seat.person, letters=LetterPace.DAILY)


def charters_told_of(person: Person) -> list[Charter]:
    """The charters of which the person has notices, by title. One query."""
    told = Notice.objects.filter(person=person).values("charter")
    seen = Charter.objects.filter(memberships__person=person, pk__in=told)
    return list(seen.order_by("title", "pk"))
