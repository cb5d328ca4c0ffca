"""Letters about notices, sent to a real machine that takes mail: once, to those who may have them,
and never lost."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections, connections
from django.test import Client

from charter import mailing
from charter.actions.members import remove_member
from charter.actions.notices import read_notices, wish
from charter.actions.threads import open_thread, reply
from charter.models import Mailing, Membership, Notice
from charter.queries.mailings import last_morning
from tests.builders import Scene, scene
from tests.platform.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.django_db

SAID = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SITE = "https://charter.example"


@pytest.fixture
def box(settings) -> Iterator[Mailbox]:
    with mailbox() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.EMAIL_OFFERED, settings.SITE = True, SITE
        yield found


def laid_out() -> Scene:
    """The scene, whose reviewer and observer have addresses that were shown to be theirs."""
    laid = scene()
    for one in (laid.cast.reviewer, laid.cast.observer):
        one.confirmed_at = SAID
        one.save()
    Notice.objects.all().delete()
    return laid


@pytest.fixture
def laid() -> Scene:
    return laid_out()


def mention(laid: Scene, text: str = "A secret word for @Reviewer.", at: datetime = SAID):
    return open_thread(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        text=text,
        at=at,
    )


def test_a_letter_cites_and_links_and_repeats_no_words(laid: Scene, box: Mailbox):
    thread = mention(laid)
    assert mailing.send_letters(MORNING) == 1
    [letter] = box.letters
    assert letter["To"] == laid.cast.reviewer.email
    assert letter["Subject"] == "Charter: 1 notice"
    body = letter.get_content()
    assert "Drafter mentioned you in a thread: Article 1(1)" in body
    link = f"{SITE}/charters/{laid.charter.slug}/?language=en#thread-{thread.pk}"
    assert link in body
    assert "secret" not in body
    assert "sovereignty" not in body


def test_a_letter_is_sent_once_and_says_only_what_is_new(laid: Scene, box: Mailbox):
    thread = mention(laid)
    assert mailing.send_letters(MORNING) == 1
    assert mailing.send_letters(MORNING) == 0
    later = MORNING + timedelta(hours=2)
    act = {"actor": laid.cast.drafter, "charter": laid.charter, "thread": thread.pk}
    reply(**act, text="@Reviewer, again.", at=later)
    assert mailing.send_letters(later + timedelta(hours=3)) == 0, "the letter of the day has gone"
    assert mailing.send_letters(MORNING + timedelta(days=1)) == 1
    assert len(box.letters) == 2


def test_a_letter_at_once_comes_at_once_and_then_once_an_hour(laid: Scene, box: Mailbox):
    wish(actor=laid.cast.reviewer, charter=laid.charter, letters="hourly")
    mention(laid)
    now = SAID + timedelta(minutes=1)
    assert mailing.send_letters(now) == 1
    mention(laid, at=now)
    assert mailing.send_letters(now + timedelta(minutes=30)) == 0
    assert mailing.send_letters(now + timedelta(minutes=61)) == 1


def test_a_letter_of_the_day_waits_for_the_morning():
    assert last_morning(MORNING) == MORNING
    assert last_morning(MORNING - timedelta(seconds=1)) == MORNING - timedelta(days=1)


@pytest.mark.parametrize("why", ["unconfirmed", "removed", "read", "off", "inactive"])
def test_who_should_not_have_a_letter_has_none(laid: Scene, box: Mailbox, why: str):
    mention(laid)
    reviewer = laid.cast.reviewer
    if why == "unconfirmed":
        reviewer.confirmed_at = None
    elif why == "inactive":
        reviewer.is_active = False
    elif why == "removed":
        seat = Membership.objects.get(charter=laid.charter, person=reviewer)
        remove_member(actor=laid.cast.chair, charter=laid.charter, member=seat.pk)
    elif why == "read":
        read_notices(actor=reviewer)
    else:
        wish(actor=reviewer, charter=laid.charter, letters="off")
    reviewer.save()
    assert mailing.send_letters(MORNING) == 0
    assert box.letters == []


def test_while_the_machine_is_down_nothing_is_lost_and_the_round_ends(laid: Scene, box, settings):
    mention(laid, "@Reviewer and @Observer, a word.")
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert mailing.send_letters(MORNING) == 0
    [tried] = Mailing.objects.all()
    assert (tried.tries, tried.sent_at) == (1, None), "the other was not even tried"
    settings.EMAIL_PORT = up
    assert mailing.send_letters(MORNING) == 1, "the one that failed waits"
    assert mailing.send_letters(tried.next_at) == 1
    assert {one["To"] for one in box.letters} == {
        laid.cast.reviewer.email,
        laid.cast.observer.email,
    }


def test_an_address_that_is_refused_keeps_no_other_letter_back_and_is_given_up_in_the_end(
    laid: Scene, box: Mailbox
):
    mention(laid, "@Reviewer and @Observer, a word.")
    box.refused = {laid.cast.reviewer.email}
    assert mailing.send_letters(MORNING) == 1
    assert [one["To"] for one in box.letters] == [laid.cast.observer.email]
    tries, now = 1, MORNING
    while (next_at := Mailing.objects.get(person=laid.cast.reviewer).next_at) is not None:
        assert next_at > now
        now, tries = next_at, tries + 1
        assert mailing.send_letters(now) == 0
    assert 8 < tries < 20
    assert now - MORNING < timedelta(days=4)
    assert mailing.send_letters(now + timedelta(days=1)) == 0
    assert Notice.objects.filter(person=laid.cast.reviewer, read_at=None).exists()


def test_each_reads_the_letter_in_their_language(laid: Scene, box: Mailbox):
    laid.cast.reviewer.language = "ru"
    laid.cast.reviewer.save()
    mention(laid)
    mailing.send_letters(MORNING)
    [letter] = box.letters
    assert "Reviewer" in letter.get_content()
    assert f"{SITE}/charters/{laid.charter.slug}/?language=ru#thread-" in letter.get_content()


def test_one_click_in_the_program_that_reads_mail_ends_the_letters(laid: Scene, box: Mailbox):
    mention(laid)
    mailing.send_letters(MORNING)
    [letter] = box.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = "".join(letter["List-Unsubscribe"].split()).strip("<>")
    assert link.startswith(f"{SITE}/inbox/stop/")
    program = Client(enforce_csrf_checks=True)
    program.post(link.removeprefix(SITE), {"List-Unsubscribe": "One-Click"})
    mention(laid, at=MORNING)
    assert mailing.send_letters(MORNING + timedelta(days=1)) == 0
    assert len(box.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_send_one_letter(box: Mailbox):
    laid = laid_out()
    mention(laid)
    start, counts = threading.Barrier(2), []

    def machine() -> None:
        try:
            start.wait(10)
            counts.append(mailing.send_letters(MORNING))
        finally:
            close_old_connections()
            connections.close_all()

    threads = [threading.Thread(target=machine) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(counts) == [0, 1]
    assert len(box.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_when_a_machine_dies_behind_its_letter_the_letter_is_sent_again_and_shown_once(
    box: Mailbox, monkeypatch
):
    laid = laid_out()
    mention(laid)

    def die(*_args) -> None:
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(mailing, "sent", die)
        mailing.send_letters(MORNING)
    assert mailing.send_letters(MORNING) == 1
    first, again = box.letters
    assert first["Message-ID"] == again["Message-ID"]


def test_what_happens_while_a_letter_is_written_goes_into_the_next(laid: Scene, box, monkeypatch):
    thread = mention(laid)
    now, write = MORNING, mailing.write

    def slow(person, charter, told):
        act = {"actor": laid.cast.drafter, "charter": laid.charter, "thread": thread.pk}
        reply(**act, text="@Reviewer, and this.", at=now)
        return write(person, charter, told)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(mailing, "write", slow)
        assert mailing.send_letters(now) == 1
    assert mailing.send_letters(now + timedelta(days=1)) == 1


def test_where_no_letters_are_sent_none_is_tried(laid: Scene, box: Mailbox, settings):
    mention(laid)
    settings.EMAIL_OFFERED = False
    assert mailing.send_letters(MORNING) == 0
    assert not Mailing.objects.exists()
