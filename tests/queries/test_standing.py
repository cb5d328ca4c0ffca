"""What stands around a text is read once for everybody, and anew as soon as anything happens."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from charter.access import enter
from charter.actions.amendments import join_amendment, withdraw_amendment
from charter.actions.editions import name_edition
from charter.actions.ladder import set_rung
from charter.actions.members import change_member
from charter.actions.parties import change_party
from charter.actions.seatings import confirm_seat
from charter.actions.silence import open_silence
from charter.actions.threads import open_thread, reopen_thread, reply, resolve_thread
from charter.models import Amendment, Membership
from charter.queries import standing
from charter.queries.stamps import stamp_for
from charter.queries.standing import Standing, amendments_standing, standing_text
from tests.builders import Scene, drafted, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db

SLUG = "eurasia"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    standing.forget()
    yield
    standing.forget()


@dataclass(frozen=True)
class Room:
    """The scene with delegations, a thread and an amendment on the table."""

    laid: Scene
    thread: int
    amendment: object

    @property
    def said(self) -> dict:
        return {"actor": self.laid.cast.chair, "charter": self.laid.charter}


@pytest.fixture
def room() -> Room:
    return _room()


def _room() -> Room:
    laid = scene()
    team = seated(laid.charter, laid.cast.chair, laid.cast.drafter, "BY")
    names = {"en": "BY", "ru": "РБ"}
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    change_party(**act, kind="state", party=team.party.pk, code="BY", names=names)
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "RU")
    amendment = tabled(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    thread = open_thread(
        actor=laid.cast.reviewer,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        text="Whose?",
    )
    return Room(laid, thread.pk, amendment.uuid)


def read(person: Person, at: int | None = None, **more) -> Standing:
    stamp = stamp_for(person, SLUG)
    return standing_text(enter(person, SLUG), "en", at, stamp=stamp, **more)


def beside(person: Person, at: int | None = None) -> dict[str, list[str]]:
    """Clause by clause, what amendments beside it are called, drafts by their titles."""
    stamp = stamp_for(person, SLUG)
    seat = enter(person, SLUG)
    found = amendments_standing(seat, standing_text(seat, "en", at, stamp=stamp).page, stamp)
    return {place: [one.symbol or one.title for one in some] for place, some in found.items()}


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_who_reads_after_another_reads_nothing_but_stamp_and_seat(room: Room):
    first = read(room.laid.cast.observer)
    assert queries(lambda: read(room.laid.cast.chair)) == 2
    assert read(room.laid.cast.chair) is first
    beside(room.laid.cast.observer)
    assert queries(lambda: beside(room.laid.cast.chair)) == 2


def test_a_revision_a_language_and_resolved_threads_each_have_their_own(room: Room):
    resolve_thread(**room.said, thread=room.thread)
    chair, laid = room.laid.cast.chair, room.laid
    reword(laid.charter, chair, laid.other, "Open to all.")
    assert laid.first not in read(chair).page.threads
    assert laid.first in read(chair, resolved=True).page.threads
    assert read(chair, 5).page.number == 5
    assert read(chair, laid.charter.head) is read(chair)
    for language in ("ru", "en"):
        stamp = stamp_for(chair, SLUG)
        found = standing_text(enter(chair, SLUG), language, stamp=stamp)
        assert found.page.language == language
        (amendment,) = amendments_standing(enter(chair, SLUG), found.page, stamp)[str(laid.first)]
        assert amendment.by == {"en": "BY", "ru": "РБ"}[language]


HAPPENINGS: dict[str, Callable[[Room], object]] = {
    "an answer": lambda room: reply(**room.said, thread=room.thread, text="Each Party's."),
    "a thread resolved": lambda room: resolve_thread(**room.said, thread=room.thread),
    "other words": lambda room: reword(
        room.laid.charter, room.laid.cast.chair, room.laid.other, "Open to all."
    ),
    "an edition": lambda room: name_edition(**room.said, number=2, name="Rev.1"),
    "a rung": lambda room: set_rung(**room.said, clause=room.laid.first, rung="agreed"),
    "a silence": lambda room: open_silence(
        **room.said, clauses=[room.laid.other], deadline=timezone.now() + timedelta(days=3)
    ),
    "another name": lambda room: Person.objects.filter(pk=room.laid.cast.reviewer.pk).update(
        name="Another Name"
    ),
    "a co-sponsor": lambda room: join_amendment(
        actor=room.laid.cast.reviewer, charter=room.laid.charter, amendment=room.amendment
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_whatever_happens_is_read(room: Room, what: str):
    observer = room.laid.cast.observer
    before, amendments = read(observer), beside(observer)
    HAPPENINGS[what](room)
    after = read(observer)
    assert after is not before
    with_nothing_kept = standing_text(enter(observer, SLUG), "en")
    assert after.page.threads == with_nothing_kept.page.threads
    assert after.page.editions == with_nothing_kept.page.editions
    assert (after.silenced, after.rungs) == (with_nothing_kept.silenced, with_nothing_kept.rungs)
    seat, stamp = enter(observer, SLUG), stamp_for(observer, SLUG)
    kept = amendments_standing(seat, after.page, stamp)
    assert kept == amendments_standing(seat, after.page)
    assert kept.keys() == amendments.keys()


def draft(room: Room, person: Person, title: str) -> Amendment:
    return drafted(room.laid.charter, person, room.laid.other, "Open to some.", title)


def test_a_draft_is_shown_to_its_own_people_alone_whoever_read_first(room: Room):
    cast, clause = room.laid.cast, str(room.laid.other)
    draft(room, cast.drafter, "Ours")
    draft(room, cast.reviewer, "Theirs")
    for _time in range(2):
        assert beside(cast.drafter)[clause] == ["Ours"]
        assert beside(cast.reviewer)[clause] == ["Theirs"]
        assert clause not in beside(cast.observer)
        assert clause not in beside(cast.chair)
    draft(room, cast.drafter, "Ours too")
    assert beside(cast.drafter)[clause] == ["Ours", "Ours too"]


def test_an_earlier_text_is_read_each_time(room: Room):
    assert read(room.laid.cast.chair, 4) is not read(room.laid.cast.chair, 4)


def test_what_is_long_weighs_more(room: Room):
    light = read(room.laid.cast.chair).weight
    reply(**room.said, thread=room.thread, text="Each " * 2_000)
    assert read(room.laid.cast.chair).weight >= light + 10
    name_edition(**room.said, number=2, name="Rev.1")
    assert read(room.laid.cast.chair).weight >= light + 11


def test_readers_in_different_zones_share_what_is_kept(room: Room):
    first = read(room.laid.cast.chair)
    with timezone.override("Pacific/Kiritimati"):
        assert read(room.laid.cast.observer) is first
    with timezone.override("Pacific/Pago_Pago"):
        assert read(room.laid.cast.observer) is first


def test_a_stamp_older_than_the_seat_vouches_for_nothing(room: Room):
    chair, laid = room.laid.cast.chair, room.laid
    old, was = read(chair), stamp_for(chair, SLUG)
    reword(laid.charter, chair, laid.first, "Newer words.")
    shown = standing_text(enter(chair, SLUG), "en", stamp=was)
    assert shown.page.number == laid.charter.head == old.page.number + 1
    assert read(chair).page.number == shown.page.number


def test_what_changes_while_it_is_read_is_not_kept(room: Room, monkeypatch: pytest.MonkeyPatch):
    """A thread is resolved between the stamp and the reading, and reopened after it."""
    chair, first = room.laid.cast.chair, room.laid.first
    reading = standing.text_page

    def resolved_meanwhile(*args, **more):
        resolve_thread(**room.said, thread=room.thread)
        return reading(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(standing, "text_page", resolved_meanwhile)
        assert first not in read(chair).page.threads
    reopen_thread(**room.said, thread=room.thread)
    assert first in read(chair).page.threads


@pytest.mark.django_db(transaction=True)
def test_what_changes_and_changes_back_while_it_is_read_is_not_seen(
    monkeypatch: pytest.MonkeyPatch,
):
    """Others resolve a thread and reopen it, draft and withdraw, all within one reading."""
    room = _room()
    chair, laid = room.laid.cast.chair, room.laid
    reading, reading_beside = standing.text_page, standing.amendments_beside

    def elsewhere(act: Callable[[], object]) -> object:
        def run() -> object:
            try:
                return act()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()

    def resolved_meanwhile(*args, **more):
        elsewhere(lambda: resolve_thread(**room.said, thread=room.thread))
        found = reading(*args, **more)
        elsewhere(lambda: reopen_thread(**room.said, thread=room.thread))
        return found

    def drafted_meanwhile(seat, *args):
        made = elsewhere(lambda: draft(room, chair, "Secret"))
        found = reading_beside(seat, *args)
        said = {"actor": chair, "charter": laid.charter, "amendment": made.uuid}
        elsewhere(lambda: withdraw_amendment(**said))
        return found

    monkeypatch.setattr(standing, "text_page", resolved_meanwhile)
    monkeypatch.setattr(standing, "amendments_beside", drafted_meanwhile)
    assert beside(chair).keys() == {str(laid.first)}
    monkeypatch.undo()
    assert beside(laid.cast.observer).keys() == {str(laid.first)}
    assert laid.first in read(laid.cast.observer).page.threads


def test_who_has_just_left_a_delegation_reads_nothing_of_it(room: Room):
    """Their page is of the seat they have, whatever seat the request began with."""
    cast, laid = room.laid.cast, room.laid
    clause = str(laid.other)
    draft(room, cast.drafter, "Ours")
    draft(room, cast.reviewer, "Theirs")
    stamp, left = stamp_for(cast.drafter, SLUG), enter(cast.drafter, SLUG)
    theirs = Membership.objects.get(person=cast.reviewer, charter=laid.charter).delegation_id
    member = Membership.objects.get(person=cast.drafter, charter=laid.charter)
    change_member(**room.said, member=member.pk, role=member.role, delegation=theirs)
    confirm_seat(actor=cast.reviewer, charter=laid.charter, member=member.pk)
    page = standing_text(left, "en", stamp=stamp).page
    found = amendments_standing(left, page, stamp)
    assert [one.title for one in found[clause]] == ["Theirs"]
    assert beside(cast.drafter)[clause] == ["Theirs"]
