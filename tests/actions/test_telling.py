"""Who is told of what, and what a notice shows to whom when it is read."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from charter.actions import telling
from charter.actions.adopting import adopt_changes
from charter.actions.amendment_threads import open_amendment_thread, reply_on_amendment
from charter.actions.amendments import draft_amendment, reject_amendment
from charter.actions.charters import change_charter
from charter.actions.clauses import move_clause, strike_clause
from charter.actions.combining import Taking
from charter.actions.members import add_member, change_member, remove_member
from charter.actions.notices import follow, read_notices, unfollow, wish
from charter.actions.proposals import propose_rewording
from charter.actions.refusals import NoSuch
from charter.actions.revisions import lock
from charter.actions.seatings import confirm_seat
from charter.actions.silence import call_off_silence, extend_silence, open_silence
from charter.actions.telling import remind_of_silence
from charter.actions.threads import open_thread, reply
from charter.actions.values import Words
from charter.models import Comment, Membership, Notice, NoticeKind
from charter.queries.notice_words import address, sentence
from charter.queries.notices import inbox, unread_count
from tests.builders import FIRST, Scene, insert, reword, scene, seated, stand_at, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    made = scene()
    Notice.objects.all().delete()  # what the seating of the cast told
    return made


def told(person, **more) -> list[tuple[str, str]]:
    """What the person's inbox holds, by kind and what it is about, the newest first."""
    return [
        (one.kind.value, one.citation or one.symbol) for one in inbox(person, "en", **more).notices
    ]


def say(laid: Scene, who: str, text: str, thread=None):
    actor = getattr(laid.cast, who)
    if thread is not None:
        return reply(actor=actor, charter=laid.charter, thread=thread.pk, text=text)
    return open_thread(
        actor=actor,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        text=text,
    )


def test_a_member_named_in_a_comment_is_told_and_nobody_else(laid):
    say(laid, "drafter", "What does @Reviewer think, and @Drafter, and @Stranger?")
    assert told(laid.cast.reviewer) == [("mentioned", "Article 1(1)")]
    assert not Notice.objects.exclude(person=laid.cast.reviewer).exists()
    [comment] = Comment.objects.all()
    reviewer, drafter = laid.cast.reviewer.pk, laid.cast.drafter.pk
    assert comment.mentioned == [[10, 19, reviewer], [31, 39, drafter]]


def test_those_who_wrote_in_a_thread_are_told_of_answers_and_of_many_by_one_notice(laid):
    thread = say(laid, "drafter", "Whose?")
    say(laid, "reviewer", "Theirs.", thread)
    say(laid, "chair", "Ours.", thread)
    assert told(laid.cast.drafter) == [("answered", "Article 1(1)")]
    assert told(laid.cast.reviewer) == [("answered", "Article 1(1)")]
    assert told(laid.cast.chair) == told(laid.cast.observer) == []
    [notice] = inbox(laid.cast.drafter, "en").notices
    assert notice.times == 2
    assert sentence(notice).startswith("2 answers in a thread you wrote in, the last by Chair")
    read_notices(actor=laid.cast.drafter)
    say(laid, "chair", "Or theirs, @Drafter.", thread)
    assert told(laid.cast.drafter, unread=True) == [("mentioned", "Article 1(1)")]


def test_who_follows_is_told_of_edits_below_once_by_the_nearest_clause_they_follow(laid):
    reviewer, observer = laid.cast.reviewer, laid.cast.observer
    follow(actor=reviewer, charter=laid.charter, clause=laid.article)
    follow(actor=reviewer, charter=laid.charter)
    follow(actor=observer, charter=laid.charter, clause=laid.other)
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST + " Always.")
    reword(laid.charter, laid.cast.drafter, laid.second, "Nobody shall.")
    [notice] = inbox(reviewer, "en").notices
    assert (notice.kind, notice.citation) == (NoticeKind.EDITED, "Article 1")
    assert (notice.first, notice.last, notice.times) == (6, 7, 2)
    assert told(observer) == []
    reword(laid.charter, laid.cast.drafter, laid.other, "Open.")
    assert told(observer) == [("edited", "Article 2")]
    assert [one.is_whole for one in inbox(reviewer, "en").notices] == [True, False]


def test_a_clause_that_leaves_what_is_followed_and_one_that_is_struck_are_told_of(laid):
    reviewer, chair = laid.cast.reviewer, laid.cast.chair
    follow(actor=reviewer, charter=laid.charter, clause=laid.article)
    move_clause(actor=chair, charter=laid.charter, clause=laid.second, parent=laid.other)
    assert told(reviewer) == [("edited", "Article 1")]
    read_notices(actor=reviewer)
    strike_clause(actor=chair, charter=laid.charter, clause=laid.article)
    [notice] = inbox(reviewer, "en", unread=True).notices
    assert "a clause that was struck" in sentence(notice)


def test_nobody_is_told_of_own_edits_nor_after_they_stopped_following(laid):
    drafter = laid.cast.drafter
    follow(actor=drafter, charter=laid.charter)
    reword(laid.charter, drafter, laid.first, "Mine.")
    assert told(drafter) == []
    unfollow(actor=drafter, charter=laid.charter)
    reword(laid.charter, laid.cast.chair, laid.first, "Not mine.")
    assert told(drafter) == []


def test_nobody_follows_a_clause_of_another_charter(laid):
    other = scene_beside(laid)
    with pytest.raises(NoSuch):
        follow(actor=laid.cast.reviewer, charter=laid.charter, clause=other)


def scene_beside(laid: Scene):
    from charter.actions.charters import create_charter

    beside = create_charter(actor=laid.cast.stranger, title="Beside", slug="beside")
    return insert(beside, laid.cast.stranger, "article", "Elsewhere.")


def test_an_amendment_to_what_one_follows_is_told_of_when_it_is_tabled(laid):
    follow(actor=laid.cast.observer, charter=laid.charter, clause=laid.article)
    follow(actor=laid.cast.reviewer, charter=laid.charter, clause=laid.other)
    tabled(laid.charter, laid.cast.drafter, laid.first, "Something else.")
    assert told(laid.cast.observer) == [("amended", "Article 1")]
    assert told(laid.cast.reviewer) == []


def test_a_conflict_and_what_became_of_an_amendment_are_told_to_its_delegation_only(laid):
    seated(laid.charter, laid.cast.chair, laid.cast.drafter, "ARM")
    Notice.objects.all().delete()
    made = tabled(laid.charter, laid.cast.drafter, laid.first, "The Parties may respect nothing.")
    reword(laid.charter, laid.cast.chair, laid.first, "All shall respect everything.")
    assert [kind for kind, _about in told(laid.cast.drafter)] == ["conflicted"]
    reword(laid.charter, laid.cast.chair, laid.first, "All shall respect all things.")
    [notice] = inbox(laid.cast.drafter, "en").notices
    assert (notice.times, notice.symbol) == (1, "A-1"), "it was in conflict already"
    reject_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=made.uuid)
    assert [kind for kind, _about in told(laid.cast.drafter)] == ["settled", "conflicted"]
    assert told(laid.cast.reviewer) == told(laid.cast.observer) == told(laid.cast.chair) == []


def test_what_a_delegation_has_on_the_table_is_told_of_to_whoever_sits_there_by_then(laid):
    chair, drafter, reviewer = laid.cast.chair, laid.cast.drafter, laid.cast.reviewer
    team = seated(laid.charter, chair, drafter, "ARM")
    made = tabled(laid.charter, drafter, laid.first, "The Parties may respect nothing.")
    for who, place in ((drafter, None), (reviewer, team.pk)):
        seat = Membership.objects.get(charter=laid.charter, person=who)
        change_member(
            actor=chair, charter=laid.charter, member=seat.pk, role=seat.role, delegation=place
        )
    Notice.objects.all().delete()
    reword(laid.charter, chair, laid.first, "All shall respect everything.")
    reject_amendment(actor=chair, charter=laid.charter, amendment=made.uuid)
    assert told(reviewer) == [("settled", "A-1"), ("conflicted", "A-1")]
    assert told(drafter) == []


def test_a_draft_that_no_longer_fits_is_told_of_to_those_alone_who_may_see_it_when_they_read(laid):
    chair, drafter = laid.cast.chair, laid.cast.drafter
    seated(laid.charter, chair, drafter, "ARM")
    draft = draft_amendment(actor=drafter, charter=laid.charter)
    propose_rewording(
        actor=drafter,
        charter=laid.charter,
        amendment=draft.uuid,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words(text="The Parties may respect nothing."),
    )
    Notice.objects.all().delete()
    reword(laid.charter, chair, laid.first, "All shall respect everything.")
    assert [one.person for one in Notice.objects.all()] == [drafter]
    assert unread_count(drafter) == 1
    seat = Membership.objects.get(charter=laid.charter, person=drafter)
    Membership.objects.filter(pk=seat.pk).update(delegation=None)
    assert unread_count(drafter) == 0
    assert told(drafter) == []


def test_adopting_in_part_is_no_conflict_of_what_is_adopted(laid):
    text = f"All {FIRST} For ever."
    made = tabled(laid.charter, laid.cast.drafter, laid.first, text)
    Notice.objects.all().delete()
    laid.charter.refresh_from_db()
    change = made.changes.get().uuid
    adopt_changes(
        actor=laid.cast.chair,
        charter=laid.charter,
        base=laid.charter.head,
        takings=[Taking(change, made.version, text=frozenset({0}))],
    )
    assert [kind for kind, _about in told(laid.cast.drafter)] == ["settled"]


def test_whoever_lost_the_seat_sees_nothing_of_the_charter_any_more(laid):
    say(laid, "drafter", "What does @Reviewer think?")
    assert unread_count(laid.cast.reviewer) == 1
    seat = Membership.objects.get(charter=laid.charter, person=laid.cast.reviewer)
    remove_member(actor=laid.cast.chair, charter=laid.charter, member=seat.pk)
    assert unread_count(laid.cast.reviewer) == 0
    assert told(laid.cast.reviewer) == []


def test_a_seat_and_another_stage_are_told_of(laid):
    add_member(
        actor=laid.cast.chair, charter=laid.charter, person=laid.cast.stranger, role="reviewer"
    )
    [notice] = inbox(laid.cast.stranger, "en").notices
    assert sentence(notice) == "Chair gave you a seat"
    change_charter(actor=laid.cast.chair, charter=laid.charter, stage="consultation")
    change_charter(actor=laid.cast.chair, charter=laid.charter, title="Another name")
    assert told(laid.cast.observer) == [("stage", "")]
    assert told(laid.cast.chair) == []


def test_what_is_said_of_an_amendment_is_told_and_of_a_draft_to_nobody(laid):
    stand_at(laid.charter, laid.cast.chair, "negotiation")
    seated(laid.charter, laid.cast.chair, laid.cast.drafter, "ARM")
    drafter = {"actor": laid.cast.drafter, "charter": laid.charter}
    draft = draft_amendment(**drafter)
    made = tabled(laid.charter, laid.cast.drafter, laid.first, "Something else.")
    Notice.objects.all().delete()
    open_amendment_thread(**drafter, amendment=draft.uuid, text="Ours alone, @Reviewer?")
    assert not Notice.objects.exists()
    thread = open_amendment_thread(**drafter, amendment=made.uuid, text="And you, @Reviewer?")
    assert told(laid.cast.reviewer) == [("mentioned", "A-1")]
    reviewer = {"actor": laid.cast.reviewer, "charter": laid.charter}
    reply_on_amendment(**reviewer, amendment=made.uuid, thread=thread.uuid, text="We too.")
    [notice] = inbox(laid.cast.drafter, "en").notices
    assert sentence(notice) == "Reviewer answered you in the discussion of A-1"
    assert address(notice).endswith(f"/amendments/{made.uuid}/#thread-{thread.uuid}")


def test_those_whose_word_a_newcomer_waits_for_are_told_and_then_the_newcomer(laid):
    chair, drafter, observer = laid.cast.chair, laid.cast.drafter, laid.cast.observer
    team = seated(laid.charter, chair, drafter, "ARM")
    Notice.objects.all().delete()
    seat = Membership.objects.get(charter=laid.charter, person=observer)
    place = {"charter": laid.charter, "member": seat.pk}
    change_member(actor=chair, **place, role=seat.role, delegation=team.pk)
    [asked], [waits] = inbox(drafter, "en").notices, inbox(observer, "en").notices
    assert sentence(asked) == "Somebody waits for your word to come into your delegation"
    assert sentence(waits).startswith("Chair named you to a delegation")
    confirm_seat(actor=drafter, **place)
    [confirmed] = inbox(observer, "en").notices
    assert sentence(confirmed) == "Drafter confirmed you in your delegation"


def test_silence_is_told_to_those_who_speak_for_a_delegation_and_once_more_before_it_ends(laid):
    chair, drafter = laid.cast.chair, laid.cast.drafter
    stand_at(laid.charter, chair, "negotiation")
    seated(laid.charter, chair, drafter, "ARM")
    Notice.objects.all().delete()
    began, ends = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 12, 9, tzinfo=UTC)
    act = {"actor": chair, "charter": laid.charter, "at": began}
    opened = open_silence(**act, deadline=ends, clauses=[laid.article])
    assert told(drafter) == [("silence", "S-1")]
    assert told(chair) == told(laid.cast.reviewer) == []
    soon = ends - timedelta(hours=23)
    assert remind_of_silence(ends - timedelta(hours=25)) == 0
    assert (remind_of_silence(soon), remind_of_silence(soon)) == (2, 0), "the chair is told too"
    read_notices(actor=drafter)
    assert remind_of_silence(soon + timedelta(hours=1)) == 0
    later = ends + timedelta(days=2)
    extend_silence(**act | {"at": soon}, silence=opened.number, deadline=later)
    assert remind_of_silence(soon + timedelta(hours=2)) == 0
    assert remind_of_silence(later - timedelta(hours=1)) == 2
    said = [sentence(one) for one in inbox(drafter, "en", unread=True).notices]
    assert said == [
        "Silence procedure S-1 ends soon: 14 November 2026, 09:00 UTC",
        "Chair extended silence procedure S-1, until 14 November 2026, 09:00 UTC",
    ]


def test_nobody_is_reminded_of_a_silence_that_ended_while_its_turn_was_waited_for(
    laid, monkeypatch
):
    began, ends = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 12, 9, tzinfo=UTC)
    act = {"actor": laid.cast.chair, "charter": laid.charter, "at": began}
    opened = open_silence(**act, deadline=ends, clauses=[laid.article])

    def waited(charter):
        call_off_silence(**act, silence=opened.number, note="Too early.")
        return lock(charter)

    monkeypatch.setattr(telling, "lock", waited)
    assert remind_of_silence(ends - timedelta(hours=1)) == 0


def test_what_a_person_does_not_want_to_hear_of_is_not_told(laid):
    wish(actor=laid.cast.reviewer, charter=laid.charter, muted=[NoticeKind.MENTIONED])
    say(laid, "drafter", "What does @Reviewer think, and @Observer?")
    assert told(laid.cast.reviewer) == []
    assert told(laid.cast.observer) == [("mentioned", "Article 1(1)")]


def test_reading_marks_own_notices_up_to_what_was_seen(laid):
    thread = say(laid, "drafter", "What do @Reviewer and @Observer think?")
    [seen] = inbox(laid.cast.reviewer, "en").notices
    say(laid, "drafter", "And this, @Reviewer?", thread)
    assert read_notices(actor=laid.cast.reviewer, until=seen.made_at) == 0
    [again] = inbox(laid.cast.reviewer, "en").notices
    assert read_notices(actor=laid.cast.observer, notices=[again.id]) == 0
    assert read_notices(actor=laid.cast.reviewer, until=again.made_at) == 1
    assert (unread_count(laid.cast.reviewer), unread_count(laid.cast.observer)) == (0, 1)


def test_telling_takes_one_statement_however_many_are_told(laid):
    def statements(person) -> int:
        follow(actor=person, charter=laid.charter)
        with CaptureQueriesContext(connection) as captured:
            reword(laid.charter, laid.cast.chair, laid.first, f"For {person.name}.")
        return len(captured)

    one = statements(laid.cast.observer)
    statements(laid.cast.drafter)
    assert statements(laid.cast.reviewer) == one
    assert Notice.objects.count() == 3


def test_the_inbox_goes_on_where_a_page_ended_and_reads_as_often_for_many_as_for_few(laid):
    reviewer = laid.cast.reviewer
    for number in range(6):
        say(laid, "drafter", f"{number}, @Reviewer?")
    read_notices(actor=reviewer, notices=[one.id for one in inbox(reviewer, "en").notices[2:4]])
    whole = [one.id for one in inbox(reviewer, "en").notices]
    first = inbox(reviewer, "en", limit=3)
    second = inbox(reviewer, "en", limit=3, behind=first.older)
    assert [one.id for one in (*first.notices, *second.notices)] == whole
    assert second.older is None
    with CaptureQueriesContext(connection) as few:
        inbox(reviewer, "en", limit=1)
    with CaptureQueriesContext(connection) as many:
        inbox(reviewer, "en")
    assert len(few) == len(many)


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_has_news_this_moment_stays_unread_and_keeps_nobody_waiting():
    made = scene()
    mentioned = say(made, "drafter", "What does @Reviewer think?")
    halfway, done = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                say(made, "drafter", "And now, @Reviewer?", mentioned)
                halfway.set()
                done.wait(10)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    assert halfway.wait(10)
    read_notices(actor=made.cast.reviewer)
    done.set()
    writer.join(10)
    [left] = inbox(made.cast.reviewer, "en", unread=True).notices
    assert (left.kind, left.times) == (NoticeKind.MENTIONED, 2)
