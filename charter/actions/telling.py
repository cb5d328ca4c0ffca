"""Writes notices in the transaction of what they tell of: one statement for all who are told.

Nobody is told of their own acts, of what they do not want to be told of, or of a charter in which
they have no seat. What one may see of it is asked again whenever a notice is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from charter import events
from charter.actions import audiences
from charter.actions.revisions import lock
from charter.models import (
    AmendmentComment,
    AmendmentDeed,
    Comment,
    DeedKind,
    NoticeKind,
    Silence,
    SilenceDeed,
    SilenceState,
    StageStep,
    Thread,
)


@dataclass(frozen=True, slots=True)
class News:
    """What the notices of one event have in common: see `charter.models.Notice`.

    An empty `about` leaves it to each person's clause or amendment, and no `at` to revision
    `number`.
    """

    charter: int
    kind: str
    actor: int | None
    at: datetime | None
    about: str = ""
    change: str = ""
    thread: int | None = None
    amendment: int | None = None
    amendment_thread: int | None = None
    silence: int | None = None
    number: int | None = None


def attend() -> None:
    """Begin to listen; once per process, when the applications are ready."""
    for kind, hear in _HEARD.items():
        events.listen_within(kind, hear)


# The audience is one of `audiences`.
_TELL = """
INSERT INTO charter_notice AS told
  (charter_id, person_id, kind, about, change, actor_id, clause_id, thread_id, amendment_id,
   amendment_thread_id, silence_id, first, last, times, made_at)
SELECT DISTINCT ON (seat.person_id, about) seat.charter_id, seat.person_id, %(kind)s,
  COALESCE(NULLIF(%(about)s, ''), 'amendment:' || heard.amendment, 'clause:' || heard.clause)
    AS about,
  %(change)s, %(actor)s::bigint, heard.clause, %(thread)s::bigint,
  COALESCE(heard.amendment, %(amendment)s::bigint), %(amendment_thread)s::bigint,
  %(silence)s::bigint, %(number)s::int, %(number)s::int, 1, COALESCE(%(at)s, (
    SELECT committed_at FROM charter_revision WHERE charter_id = %(charter)s AND number = %(number)s
  ))
FROM ({audience}) AS heard (person, clause, amendment)
JOIN charter_membership seat ON seat.charter_id = %(charter)s AND seat.person_id = heard.person
WHERE seat.person_id IS DISTINCT FROM %(actor)s
  AND NOT EXISTS (
    SELECT FROM charter_noticewish wish
    WHERE wish.charter_id = seat.charter_id AND wish.person_id = seat.person_id
      AND %(kind)s = ANY(wish.muted)
  )
ON CONFLICT (person_id, charter_id, kind, about) WHERE read_at IS NULL DO UPDATE
SET times = told.times + 1, last = EXCLUDED.last, change = EXCLUDED.change,
  actor_id = EXCLUDED.actor_id, made_at = EXCLUDED.made_at, mailed_at = NULL
"""


def tell(news: News, audience: str, **bound: object) -> int:
    """Tell everybody in the audience; how many were told. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TELL.replace("{audience}", audience), {**asdict(news), **bound})
        return cursor.rowcount


def _revision(event: events.RevisionCommitted) -> None:
    if event.followed:
        kind, number = NoticeKind.EDITED, event.number
        tell(News(event.charter_id, kind, event.actor_id, None, number=number), audiences.EDITED)


def _thread(event: events.ThreadChanged) -> None:
    if event.change in _SAID:
        thread = Thread.objects.only("clause").get(pk=event.thread_id)
        said = Comment.objects.filter(thread=thread).latest("pk")
        place = {"thread": thread.pk, "about": f"thread:{thread.pk}"}
        _comment(event, said, audiences.WRITERS, place, thread.clause_id)


def _amendment_thread(event: events.AmendmentDiscussed) -> None:
    if event.change in _SAID:
        said = AmendmentComment.objects.filter(thread=event.thread_id).latest("pk")
        about = f"amendment-thread:{event.thread_id}"
        place = {"amendment_thread": event.thread_id, "amendment": event.amendment_id}
        _comment(event, said, audiences.AMENDMENT_WRITERS, {**place, "about": about}, None)


_SAID = ("opened", "answered")


def _comment(
    event: events.ThreadChanged | events.AmendmentDiscussed,
    said: Comment | AmendmentComment,
    writers: str,
    place: dict[str, Any],
    clause: UUID | None,
) -> None:
    """Tell those whom it names, and those who wrote in the thread before."""
    common = {"charter": event.charter_id, "actor": event.actor_id, "at": said.written_at}
    named = persons_in(said.mentioned)
    if named:
        news = News(kind=NoticeKind.MENTIONED, **common, **place)
        tell(news, audiences.NAMED, named=named, clause=clause)
    if event.change == "answered":
        news = News(kind=NoticeKind.ANSWERED, **common, **place)
        tell(news, writers, clause=clause, but=named)


def persons_in(mentioned: Iterable[Sequence[int]]) -> list[int]:
    """The keys of those a comment names, by what is kept of it."""
    return sorted({person for _start, _end, *persons in mentioned for person in persons})


_SETTLED = frozenset(
    {
        DeedKind.ADOPTED,
        DeedKind.PARTLY_ADOPTED,
        DeedKind.REJECTED,
        DeedKind.WITHDRAWN,
        DeedKind.SUPERSEDED,
    }
)


def _amendment(event: events.AmendmentChanged) -> None:
    at = AmendmentDeed.objects.filter(amendment=event.amendment_id).latest("pk").at
    common = {"charter": event.charter_id, "actor": event.actor_id, "at": at}
    common |= {"amendment": event.amendment_id, "change": event.change}
    if event.change in (DeedKind.TABLED, DeedKind.REWORKED):
        tell(News(kind=NoticeKind.AMENDED, **common), audiences.AMENDED)
    elif event.change in _SETTLED:
        news = News(kind=NoticeKind.SETTLED, **common)
        tell(
            news, f"{audiences.OWNERS} UNION {audiences.SPONSORS}", amendments=[event.amendment_id]
        )


def _carried(event: events.AmendmentsCarried) -> None:
    news = News(event.charter_id, NoticeKind.CONFLICTED, event.actor_id, None, number=event.number)
    tell(news, audiences.OWNERS, amendments=list(event.amendment_ids))


def _stage(event: events.StageChanged) -> None:
    at = StageStep.objects.get(pk=event.step_id).at
    news = News(event.charter_id, NoticeKind.STAGE, event.actor_id, at, about="stage")
    tell(news, audiences.EVERYBODY)


def _silence(event: events.SilenceChanged) -> None:
    at = SilenceDeed.objects.filter(silence=event.silence_id).latest("pk").at
    kind, about = NoticeKind.SILENCE, f"silence:{event.silence_id}"
    place = {"about": about, "change": event.change, "silence": event.silence_id}
    tell(News(event.charter_id, kind, event.actor_id, at, **place), audiences.DELEGATES)


SOON = timedelta(hours=24)  # before its deadline a silence procedure is told of once more


def remind_of_silence(now: datetime) -> int:
    """Tell of the silence procedures that end within SOON, once of each deadline; how many were
    told. Two that run at once tell nobody twice: both need the lock on the charter."""
    running = Silence.objects.filter(
        state=SilenceState.RUNNING, deadline__gt=now, deadline__lte=now + SOON
    )
    count = 0
    for key, charter in running.values_list("pk", "charter"):
        with transaction.atomic():
            lock(charter)
            silence = running.filter(pk=key).first()
            if silence is None:
                continue  # it was ended or extended while the lock was waited for
            about = f"silence:{silence.pk}:{silence.deadline:%Y%m%d%H%M%S}"
            place = {"about": about, "change": "ends", "silence": silence.pk}
            news = News(silence.charter_id, NoticeKind.SILENCE, None, now, **place)
            count += tell(news, audiences.UNTOLD)
    return count


def _seat(event: events.MembershipChanged) -> None:
    if event.change == "lost":
        return
    kind, about, at = NoticeKind.SEAT, f"seat:{event.person_id}", timezone.now()
    news = News(event.charter_id, kind, event.actor_id, at, about=about, change=event.change)
    tell(news, audiences.ONE, person=event.person_id)
    if event.change == "waiting":
        tell(replace(news, change="asked"), audiences.ASKED_FOR, person=event.person_id)


_HEARD = {
    events.RevisionCommitted: _revision,
    events.ThreadChanged: _thread,
    events.AmendmentDiscussed: _amendment_thread,
    events.AmendmentChanged: _amendment,
    events.AmendmentsCarried: _carried,
    events.StageChanged: _stage,
    events.SilenceChanged: _silence,
    events.MembershipChanged: _seat,
}
