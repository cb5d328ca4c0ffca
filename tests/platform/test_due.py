"""What falls due with time: every job has its turn, whatever becomes of the others."""

import time
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from charter import due

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def broken(now: datetime) -> int:
    raise LookupError("of a job")


@pytest.fixture
def jobs(monkeypatch) -> list[datetime]:
    """Three jobs: one with nothing to do, one that breaks, one that did two things."""
    seen: list[datetime] = []

    def works(now: datetime) -> int:
        seen.append(now)
        return 2

    idle = ("procedures ended", lambda now: 0)
    monkeypatch.setattr(due, "JOBS", [idle, ("letters sent", broken), ("digests sent", works)])
    return seen


def test_a_job_that_breaks_keeps_no_other_from_its_work(jobs):
    found = due.run_due(AT)
    assert jobs == [AT]
    assert found.done == {"procedures ended": 0, "digests sent": 2}
    assert str(found) == "digests sent: 2, letters sent: failed."


@pytest.mark.django_db
def test_the_command_says_in_one_line_what_it_did(jobs, capsys):
    del due.JOBS[1]
    call_command("run_due")
    assert capsys.readouterr().out == "digests sent: 2.\n"
    del due.JOBS[1]
    call_command("run_due")
    assert capsys.readouterr().out == "Nothing was due.\n"


@pytest.mark.django_db
def test_the_command_fails_when_a_job_did_and_all_have_had_their_turn(jobs):
    with pytest.raises(CommandError, match="letters sent: failed"):
        call_command("run_due")
    assert len(jobs) == 1


@pytest.mark.django_db(transaction=True)
def test_beside_the_server_there_is_a_round_again_and_again(jobs, monkeypatch):
    monkeypatch.setattr(due, "EVERY", 0.01)
    with due.in_background():
        ends = time.monotonic() + 10
        while len(jobs) < 3 and time.monotonic() < ends:
            time.sleep(0.01)
    count = len(jobs)
    assert count >= 3
    time.sleep(0.05)
    assert len(jobs) == count, "it ends with what it stood beside"
