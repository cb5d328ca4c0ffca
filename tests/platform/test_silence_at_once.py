"""Silence procedures ended by several machines at once, and while somebody objects: one outcome."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from charter.actions.refusals import Over
from charter.actions.silence import break_silence, open_silence
from charter.actions.silence_expiry import end_due
from charter.models import LadderStep, Silence, SilenceDeed
from tests.builders import Scene, insert, scene, seated

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent


def running(count: int) -> Scene:
    """A charter with so many procedures, each of an article, that were due an hour ago."""
    laid = scene()
    chair = laid.cast.chair
    articles = [insert(laid.charter, chair, "article", "Words.") for _ in range(count)]
    for article in articles:
        open_silence(
            actor=chair,
            charter=laid.charter,
            clauses=[article],
            deadline=timezone.now() - timedelta(hours=1),
            at=timezone.now() - timedelta(days=2),
        )
    return laid


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Do all this at once, each with a connection of its own."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def outcomes() -> Counter[str]:
    return Counter(SilenceDeed.objects.exclude(kind="opened").values_list("kind", flat=True))


def test_four_at_once_end_each_procedure_once():
    running(8)
    now = timezone.now()
    ended = together([lambda: end_due(now)] * 4)
    while sum(ended) < 8:  # those that another had in hand when one came by
        ended.append(end_due(now))
    assert sum(ended) == 8
    assert outcomes() == {"adopted": 8}
    assert LadderStep.objects.count() == 8


def test_two_machines_do_it_once():
    running(3)
    at = connection.settings_dict
    code = (
        "import os, django; from django.conf import settings; "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'charter.settings'; "
        f"settings.DATABASES['default']['NAME'] = {at['NAME']!r}; "
        "django.setup(); from django.core.management import call_command; call_command('run_due')"
    )
    machines = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [machine.communicate(timeout=60)[0] for machine in machines]
    assert [machine.returncode for machine in machines] == [0, 0]
    assert sum(int("".join(filter(str.isdigit, one)) or 0) for one in said) == 3, said
    assert outcomes() == {"adopted": 3}


def test_an_objection_and_the_expiry_at_once_leave_one_outcome():
    """The objections came in before the deadline; whoever has the row first decides."""
    laid = running(6)
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "KAZ")
    before = timezone.now() - timedelta(hours=2)

    def objects(number: int) -> Callable[[], str]:
        def act() -> str:
            try:
                break_silence(
                    actor=laid.cast.reviewer,
                    charter=laid.charter.pk,
                    silence=number,
                    reason="No.",
                    at=before,
                )
            except Over:
                return "too late"
            return "broken"

        return act

    now = timezone.now()
    done = together([*(objects(number) for number in range(1, 7)), lambda: end_due(now)])
    end_due(now)
    found = outcomes()
    assert found["broken"] == done.count("broken")
    assert found["broken"] + found["adopted"] == 6
    assert LadderStep.objects.count() == found["adopted"]
    assert not Silence.objects.filter(state="running").exists()


def test_one_that_another_has_in_hand_is_let_be():
    running(2)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Silence.objects.select_for_update(no_key=True).get(number=1)
            taken.set()
            done.wait(timeout=30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert taken.wait(timeout=30)
        assert end_due(timezone.now()) == 1
        assert Silence.objects.get(number=1).state == "running"
    finally:
        done.set()
        holder.join()
    assert end_due(timezone.now()) == 1
