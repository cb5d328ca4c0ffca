"""The worker on a real database, calling real machines: once each, however many work at it."""

import hashlib
import hmac
import json
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from charter.actions import deliveries, webhooks
from charter.data import ROOT
from charter.delivering import Worker, in_background
from charter.models import Delivery, Webhook
from charter.outward.addresses import Rules
from tests.builders import reword, scene
from tests.outward.receiver import receiving
from tests.platform.processes import manage, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def laid():
    return scene()


@pytest.fixture(autouse=True)
def _this_machine_may_be_called(settings):
    settings.WEBHOOK_RULES = Rules(loopback=True)


def listening(laid, url: str) -> tuple[Webhook, str]:
    return webhooks.add_webhook(
        actor=laid.cast.chair, charter=laid.charter, url=url, events=["revision.committed"]
    )


def changes(laid, count: int) -> None:
    for _change in range(count):
        words = f"The words of revision {laid.charter.head + 1}."
        reword(laid.charter, laid.cast.drafter, laid.first, words)


def deliver() -> int:
    return Worker().run(once=True)


def now_due() -> None:
    """As if all the waiting were over."""
    Delivery.objects.filter(state="waiting").update(next_at=timezone.now())


def test_a_change_arrives_signed_so_that_its_receiver_can_check_it(laid):
    with receiving() as receiver:
        _hook, secret = listening(laid, receiver.url)
        changes(laid, 1)
        assert deliver() == 1
    ((_path, headers, body),) = receiver.calls
    assert headers["content-type"] == "application/json"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(secret.removeprefix("whsec_"))
    expected = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert json.loads(body)["data"]["revision"] == 6
    (done,) = Delivery.objects.all()
    assert (done.state, done.status, done.mishap, done.attempts) == ("delivered", 204, "", 1)
    assert done.milliseconds is not None


def test_for_a_day_a_former_secret_signs_too(laid):
    with receiving() as receiver:
        hook, _first = listening(laid, receiver.url)
        said = {"actor": laid.cast.chair, "charter": laid.charter, "webhook": hook.pk}
        webhooks.rotate_secret(**said)
        changes(laid, 1)
        deliver()
        Webhook.objects.update(rotated_at=timezone.now() - timezone.timedelta(days=2))
        changes(laid, 1)
        deliver()
    signatures = [headers["webhook-signature"].split() for _p, headers, _b in receiver.calls]
    assert [len(each) for each in signatures] == [2, 1]


def test_what_fails_is_tried_again_under_the_same_id_until_it_is_taken_in(laid):
    with receiving(answers=[500, 302, 200]) as receiver:
        listening(laid, receiver.url)
        changes(laid, 1)
        found = []
        for _attempt in range(4):
            deliver()
            one = Delivery.objects.get()
            found.append((one.state, one.status, one.mishap))
            now_due()
    assert found == [
        ("waiting", 500, "refused"),
        ("waiting", 302, "redirected"),
        ("delivered", 200, ""),
        ("delivered", 200, ""),
    ]
    assert len(set(receiver.ids)) == 1
    assert len(receiver.calls) == 3


def test_a_machine_that_may_not_be_called_is_not(laid, settings):
    with receiving() as receiver:
        listening(laid, receiver.url)
        changes(laid, 1)
        settings.WEBHOOK_RULES = Rules()
        deliver()
    assert receiver.calls == []
    assert Delivery.objects.get().mishap == "not_allowed"


def test_one_that_is_slow_holds_up_no_other(laid):
    with receiving(delay=3) as slow, receiving() as quick:
        listening(laid, slow.url)
        listening(laid, quick.url)
        changes(laid, 4)
        with in_background():
            until(lambda: len(quick.calls) == 4, "the quick one is told")
            assert len(slow.calls) <= deliveries.PER_WEBHOOK


def test_two_workers_at_once_deliver_once(laid):
    with receiving(delay=0.02) as receiver:
        for _webhook in range(9):
            listening(laid, receiver.url)
        changes(laid, 4)
        together = threading.Barrier(4)

        def work() -> int:
            together.wait()
            try:
                return deliver()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            attempts = [future.result() for future in [pool.submit(work) for _ in range(4)]]
    assert sum(attempts) == len(receiver.calls) == 36
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}
    assert sum(count > 0 for count in attempts) > 1, "the work was shared"


def worker_process(*words: str) -> subprocess.Popen:
    """A worker of its own on the database of this test."""
    at = connection.settings_dict
    code = (
        "import os, sys, django; from django.conf import settings; "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'charter.settings'; "
        f"settings.DATABASES['default']['NAME'] = {at['NAME']!r}; "
        "from charter.outward.addresses import Rules; "
        "settings.WEBHOOK_RULES = Rules(loopback=True); "
        "django.setup(); from django.core.management import call_command; "
        f"call_command('deliver_webhooks', *{list(words)!r})"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)


def test_what_a_killed_worker_had_in_hand_is_told_by_the_next(laid):
    with receiving(delay=1.5) as receiver:
        listening(laid, receiver.url)
        changes(laid, 2)
        worker = worker_process()
        until(lambda: len(receiver.calls) == 2, "both are under way")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
        assert deliver() == 0, "nobody else touches what is in hand"
        now_due()  # the time they were lent for is over
        assert deliver() == 2
    assert len(receiver.calls) == 4, "told twice, as the first answers were lost with their reader"
    assert len(set(receiver.ids)) == 2, "under the same ids, by which their receiver knows"
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 2)}


def test_a_service_managers_sigterm_lets_it_finish_what_is_under_way(laid):
    with receiving(delay=1) as receiver:
        listening(laid, receiver.url)
        changes(laid, 1)
        worker = worker_process()
        until(lambda: receiver.calls, "it is under way")
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert said == b"Attempts made: 1.\n"
    assert Delivery.objects.get().state == "delivered"


def test_a_message_that_cannot_be_made_keeps_no_other_back(laid, caplog):
    with receiving() as receiver:
        listening(laid, receiver.url)
        changes(laid, 2)
        spoilt = Delivery.objects.order_by("pk").first()
        spoilt.entry.payload = {"revision": 999}
        spoilt.entry.save()
        deliver()
    assert len(receiver.calls) == 1
    spoilt.refresh_from_db()
    assert (spoilt.state, spoilt.mishap) == ("waiting", "broken")


def test_the_command_says_how_much_it_did(laid, capsys):
    with receiving() as receiver:
        listening(laid, receiver.url)
        changes(laid, 3)
        call_command("deliver_webhooks", "--once")
    assert capsys.readouterr().out == "Attempts made: 3.\n"


def test_networks_that_are_none_are_one_sentence(tmp_path: Path):
    done = manage(tmp_path, "check", CHARTER_WEBHOOK_NETWORKS="10.0.0.0/8,office")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("CHARTER_WEBHOOK_NETWORKS names no network: 'office'")
