"""What the chair does with webhooks, and what becomes of deliveries."""

import ast
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone

from charter.access import Forbidden, NotVisible
from charter.actions import deliveries, webhooks
from charter.actions.charters import create_charter
from charter.actions.refusals import InUse, Invalid, Missing, NoSuch, TooLong
from charter.models import Delivery, DeliveryState, Mishap, OutboxEntry, Webhook
from charter.outward import addresses, posting
from tests.builders import reword, scene

pytestmark = pytest.mark.django_db

URL = "https://example.org/told"
EVENTS = ["revision.committed"]


@pytest.fixture
def laid():
    return scene()


@pytest.fixture
def said(laid):
    return {"actor": laid.cast.chair, "charter": laid.charter}


@pytest.fixture
def hook(said) -> Webhook:
    return webhooks.add_webhook(**said, url=URL, events=EVENTS)[0]


@pytest.fixture
def due(laid, hook) -> Delivery:
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    return Delivery.objects.get()


def test_each_has_a_secret_of_its_own_that_the_database_does_not_hold(said, settings):
    (one, first), (two, second) = (
        webhooks.add_webhook(**said, url=URL, events=EVENTS) for _ in range(2)
    )
    assert first != second
    assert first.startswith("whsec_")
    stored = repr(list(Webhook.objects.values())).encode() + b"".join(
        bytes(seed) for seed in Webhook.objects.values_list("seed", flat=True)
    )
    assert first.removeprefix("whsec_").encode() not in stored
    assert webhooks.secret_of(one) == first
    settings.SECRET_KEY = "another installation's"
    assert webhooks.secret_of(two) != second


def test_the_events_are_kept_once_each_in_one_order(said):
    made, _ = webhooks.add_webhook(
        **said, url=f" {URL} ", events=["edition.named", "revision.committed", "edition.named"]
    )
    assert made.events == ["revision.committed", "edition.named"]
    assert made.url == URL


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"events": []}, Missing),
        ({"events": ["charter.deleted"]}, Invalid),
        ({"events": ["webhook.tested"]}, Invalid),
        ({"url": "http://example.org/"}, Invalid),
        ({"url": "https://10.0.0.1/"}, Invalid),
        ({"url": "https://127.0.0.1/"}, Invalid),
        ({"url": "nonsense"}, Invalid),
        ({"description": "x" * 201}, TooLong),
    ],
)
def test_what_cannot_be_is_refused(said, hook, values, refusal):
    given = {"url": URL, "events": EVENTS, **values}
    with pytest.raises(refusal):
        webhooks.add_webhook(**said, **given)
    with pytest.raises(refusal):
        webhooks.change_webhook(**said, webhook=hook.pk, **given)
    assert Webhook.objects.count() == 1


def test_the_operator_may_allow_a_network_of_their_own(said, settings):
    settings.WEBHOOK_RULES = addresses.rules(["10.0.0.0/8"], loopback=False)
    assert webhooks.add_webhook(**said, url="https://10.0.0.1/", events=EVENTS)


def test_a_charter_has_so_many_and_no_more(said, hook, monkeypatch):
    monkeypatch.setattr(webhooks, "MOST", 2)
    webhooks.add_webhook(**said, url=URL, events=EVENTS)
    with pytest.raises(TooLong):
        webhooks.add_webhook(**said, url=URL, events=EVENTS)
    webhooks.withdraw_webhook(**said, webhook=hook.pk)
    assert webhooks.add_webhook(**said, url=URL, events=EVENTS)


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer", "stranger"])
def test_only_the_chair_keeps_them(laid, hook, due, role):
    said = {"actor": getattr(laid.cast, role), "charter": laid.charter}
    values = {"url": URL, "events": EVENTS}
    for act in (
        lambda: webhooks.add_webhook(**said, **values),
        lambda: webhooks.change_webhook(**said, webhook=hook.pk, **values),
        lambda: webhooks.withdraw_webhook(**said, webhook=hook.pk),
        lambda: webhooks.rotate_secret(**said, webhook=hook.pk),
        lambda: webhooks.send_test(**said, webhook=hook.pk),
        lambda: webhooks.redeliver(**said, delivery=due.pk),
    ):
        with pytest.raises(NotVisible if role == "stranger" else Forbidden):
            act()


def test_what_belongs_to_another_charter_is_not_here(said, laid, hook, due):
    other = {"actor": laid.cast.chair}
    other["charter"] = create_charter(actor=laid.cast.chair, title="Another", slug="another")
    for act in (webhooks.withdraw_webhook, webhooks.rotate_secret, webhooks.send_test):
        with pytest.raises(NoSuch):
            act(**other, webhook=hook.pk)
    with pytest.raises(NoSuch):
        webhooks.redeliver(**other, delivery=due.pk)


def test_a_withdrawn_one_is_gone_and_nothing_of_it_waits(said, hook, due):
    webhooks.withdraw_webhook(**said, webhook=hook.pk)
    due.refresh_from_db()
    assert due.state == DeliveryState.GIVEN_UP
    assert deliveries.take(10) == []
    with pytest.raises(NoSuch):
        webhooks.send_test(**said, webhook=hook.pk)
    with pytest.raises(NoSuch):
        webhooks.redeliver(**said, delivery=due.pk)


def test_a_test_goes_to_this_one_alone_and_one_at_a_time(said, hook):
    webhooks.add_webhook(**said, url=URL, events=EVENTS)
    webhooks.send_test(**said, webhook=hook.pk)
    (one,) = Delivery.objects.all()
    assert (one.webhook, one.entry.event) == (hook, "webhook.tested")
    with pytest.raises(InUse):
        webhooks.send_test(**said, webhook=hook.pk)


def test_nothing_is_sent_to_one_that_is_off(said, hook, due):
    deliveries.take(1)
    deliveries.succeeded(due, status=200, milliseconds=1)
    webhooks.change_webhook(**said, webhook=hook.pk, url=URL, events=EVENTS, active=False)
    with pytest.raises(InUse):
        webhooks.send_test(**said, webhook=hook.pk)
    with pytest.raises(InUse):
        webhooks.redeliver(**said, delivery=due.pk)


# --- deliveries ---------------------------------------------------------------------------------


def test_what_is_taken_is_not_taken_again_until_its_taker_has_had_time(due):
    now = timezone.now()
    (taken,) = deliveries.take(10, now=now)
    assert (taken.pk, taken.attempts) == (due.pk, 1)
    assert deliveries.take(10, now=now + deliveries.LEASE - timedelta(seconds=1)) == []
    (again,) = deliveries.take(10, now=now + deliveries.LEASE)
    assert again.attempts == 2


def test_one_webhook_has_no_more_than_its_share_at_once(laid, said, hook):
    for number in range(5):
        reword(laid.charter, laid.cast.drafter, laid.first, f"Words {number}.")
    webhooks.add_webhook(**said, url=URL, events=EVENTS)
    reword(laid.charter, laid.cast.drafter, laid.first, "And more.")
    taken = deliveries.take(10)
    assert len(taken) == deliveries.PER_WEBHOOK + 1
    assert deliveries.take(10, but=[hook.pk]) == []


def failures(due: Delivery, *, every: timedelta = timedelta(0)) -> list[timedelta]:
    """Fail it until it is given up; the waits between attempts."""
    now, waits = due.asked_at, []
    while True:
        (taken,) = deliveries.take(1, now=now)
        deliveries.failed(taken, mishap=Mishap.REFUSED, status=500, milliseconds=3, now=now + every)
        due.refresh_from_db()
        if due.state != DeliveryState.WAITING:
            return waits
        waits.append(due.next_at - now)
        now = due.next_at


def test_the_waits_grow_and_after_some_three_days_it_is_given_up(due):
    waits = failures(due)
    assert timedelta(seconds=8) <= waits[0] <= timedelta(seconds=12)
    assert all(1.9 < later / before < 6.1 for before, later in pairwise(waits[:6]))
    assert max(waits) <= deliveries.LONGEST * 1.2
    assert timedelta(days=2) < sum(waits, timedelta()) <= deliveries.PATIENCE
    assert (due.state, due.status, due.mishap) == ("given_up", 500, "refused")
    assert due.attempts == len(waits) + 1 < 20


def test_waits_differ_so_that_many_do_not_come_back_together():
    assert len({deliveries.wait_after(3) for _ in range(20)}) > 15


def test_one_that_failed_for_days_is_stopped_until_the_chair_switches_it_on(said, hook, due):
    failures(due)
    hook.refresh_from_db()
    assert hook.stopped_at is not None
    assert hook.active, "the chair's wish stands"
    webhooks.change_webhook(**said, webhook=hook.pk, url=URL, events=EVENTS, active=True)
    hook.refresh_from_db()
    assert (hook.stopped_at, hook.failing_since) == (None, None)


def test_one_success_in_between_keeps_it_running(laid, hook, due):
    now = due.asked_at
    deliveries.take(1, now=now)
    deliveries.failed(due_of(due), mishap=Mishap.REFUSED, status=500, milliseconds=1, now=now)
    hook.refresh_from_db()
    assert hook.failing_since == now
    reword(laid.charter, laid.cast.drafter, laid.first, "More.")
    (other,) = deliveries.take(1)
    deliveries.succeeded(other, status=200, milliseconds=1)
    hook.refresh_from_db()
    assert hook.failing_since is None


def due_of(due: Delivery) -> Delivery:
    due.refresh_from_db()
    return due


def test_a_receiver_that_is_gone_for_good_is_stopped_at_once(hook, due):
    (taken,) = deliveries.take(1)
    deliveries.failed(taken, mishap=Mishap.REFUSED, status=410, milliseconds=1)
    hook.refresh_from_db()
    assert hook.stopped_at is not None
    assert due_of(due).state == DeliveryState.GIVEN_UP


def test_a_late_report_does_not_undo_what_was_done_since(due):
    now = timezone.now()
    (slow,) = deliveries.take(1, now=now)
    (quick,) = deliveries.take(1, now=now + deliveries.LEASE)
    deliveries.succeeded(quick, status=200, milliseconds=1)
    deliveries.failed(slow, mishap=Mishap.TOO_SLOW, status=None, milliseconds=1)
    assert due_of(due).state == DeliveryState.DELIVERED


def test_what_was_told_or_given_up_is_told_again_on_wish(said, due):
    with pytest.raises(InUse):
        webhooks.redeliver(**said, delivery=due.pk)
    (taken,) = deliveries.take(1)
    deliveries.succeeded(taken, status=200, milliseconds=1)
    webhooks.redeliver(**said, delivery=due.pk)
    (again,) = deliveries.take(1)
    assert (again.pk, again.entry.uuid, again.attempts) == (due.pk, taken.entry.uuid, 1)


def test_the_log_is_forgotten_after_a_month_but_for_what_waits(laid, due):
    (taken,) = deliveries.take(1)
    deliveries.succeeded(taken, status=200, milliseconds=1)
    reword(laid.charter, laid.cast.drafter, laid.first, "More.")
    later = timezone.now() + deliveries.KEPT + timedelta(days=1)
    deliveries.tidy(timezone.now())
    assert OutboxEntry.objects.count() == 2
    assert deliveries.tidy(later) == 1
    assert [one.state for one in Delivery.objects.all()] == ["waiting"]


def test_every_mishap_has_its_words():
    """`charter.outward` knows no models and names them itself."""
    tree = ast.parse(Path(posting.__file__).read_text())
    named = {
        word.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Failed"
        for node in call.args[:1]
        for word in ast.walk(node)
        if isinstance(word, ast.Constant)
    }
    assert named | {"unresolved", "not_allowed"} == set(Mishap.values)
