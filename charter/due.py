"""What falls due with time and not with a request: done by `manage.py run_due` and beside `serve`.

A job takes the moment it counts as now, does whatever is due by then and says how much it did. It
must be safe when it runs twice, late, or on several machines at once: each takes the rows it works
on under their own locks, and leaves alone what another has in hand.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import close_old_connections, connections
from django.utils import timezone

from charter import mailing
from charter.actions import silence_expiry, telling

log = structlog.get_logger("charter.due")
EVERY = 60.0  # seconds between rounds

# The name, in the plural, as `run_due` says it, and the job.
JOBS: list[tuple[str, Callable[[datetime], int]]] = [
    ("silence procedures ended", silence_expiry.end_over),
    ("members reminded of silence", telling.remind_of_silence),
    ("letters sent", mailing.send_letters),
]


@dataclass(frozen=True, slots=True)
class Round:
    """How much each job did, by its name, and the names of those that failed."""

    done: dict[str, int]
    failed: tuple[str, ...]

    def __str__(self) -> str:
        said = [f"{name}: {count}" for name, count in self.done.items() if count]
        said += [f"{name}: failed" for name in self.failed]
        return f"{', '.join(said)}." if said else "Nothing was due."


def run_due(now: datetime | None = None) -> Round:
    """Let every job do what is due. One that fails is logged and keeps no other from its work."""
    when = now or timezone.now()
    done, failed = {}, []
    for name, job in JOBS:
        try:
            done[name] = job(when)
        except Exception:
            log.exception("due job failed", job=name)
            failed.append(name)
    return Round(done, tuple(failed))


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """A round a minute beside what is done meanwhile, in this process."""
    stop = threading.Event()
    thread = threading.Thread(target=_rounds, args=[stop], name="due", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # What is under way when the process ends is rolled back, and due for the next round.
        thread.join(timeout=2)


def _rounds(stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            found = run_due()
            if any(found.done.values()):
                log.info("due", **found.done)
            close_old_connections()
            stop.wait(EVERY)
    finally:
        connections.close_all()
