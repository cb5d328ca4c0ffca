"""How a process of the app comes to a running private server."""

import subprocess
import sys
import time
from pathlib import Path

from charter.data import ROOT, Trouble, make, reason
from charter.embedded import locks, place
from charter.embedded.cluster import START_SECONDS, STOP_SECONDS
from charter.embedded.place import READY, Place

_held: dict[Path, locks.Held] = {}


def start(data: Path) -> None:
    """Have the private server of a data folder run for as long as this process lives.

    Raises Trouble with one sentence when it cannot.
    """
    where = place.find(make(data))
    if where.home in _held:
        return
    place.prepare(data, where)
    try:
        user = locks.take(where.users_lock, shared=True, seconds=2 * STOP_SECONDS)
        turn = locks.take(where.home / "start.lock", seconds=2 * START_SECONDS)
    except OSError as error:
        raise Trouble(f"The folder {where.home} cannot be used: {reason(error)}.") from error
    if user is None or turn is None:
        raise Trouble(f"Another process keeps the database in {where.home} busy.")
    try:
        _have_guard(where)
    except BaseException:
        user.release()
        raise
    finally:
        turn.release()
    _held[where.home] = user


def leave(data: Path) -> None:
    """Need the server no longer; it ends soon after its last user left."""
    held = _held.pop(place.find(data).home, None)
    if held:
        held.release()


def _have_guard(where: Place) -> None:
    """Return when a guard runs and its server is ready; another starter may have been killed."""
    while (guard := locks.take(where.guard_lock)) is None:
        if where.guard_lock.read_text() == READY:
            return
        time.sleep(0.05)
    guard.release()
    said = _spawn_guard(where)
    if said != READY:
        raise Trouble(said or f"The database did not start; see {where.home / 'guard.log'}.")


def _spawn_guard(where: Place) -> str:
    """What the new guard says once it knows: READY, or the sentence to show."""
    with (where.home / "guard.log").open("w") as log:
        guard = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "charter.embedded.guard", where.home, where.socket],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert guard.stdout is not None
    with guard.stdout:
        return guard.stdout.read().decode()
