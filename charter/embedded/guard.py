"""The process that has the private server as its child: `python -m charter.embedded.guard HOME`.

It starts the server, tells its starter on standard output how that went ("ready", or the sentence
to show), starts it again should it crash, and ends it when nobody holds `users.lock` any more.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from charter.data import Trouble
from charter.embedded import cluster, locks
from charter.embedded.place import READY, Place

PULSE = 0.25  # seconds between two looks
PAUSE = 5  # seconds between two attempts at a server that does not start again


def main(home: Path, socket: Path) -> int:
    place = Place(home, socket)
    for wish in (signal.SIGINT, signal.SIGHUP):
        signal.signal(wish, signal.SIG_IGN)
    mine = locks.take(place.guard_lock, seconds=cluster.STOP_SECONDS)
    if mine is None:
        return _tell(f"Another process guards the database in {home} and does not end.")
    mine.write("")
    try:
        cluster.clear_remains(place)
        programs = cluster.prepare(place)
        server = cluster.launch(place, programs)
    except Trouble as trouble:
        return _tell(str(trouble))
    except OSError as error:
        return _tell(f"The database in {home} could not be started: {error}.")
    mine.write(READY)
    _tell(READY)
    _watch(place, programs, server)
    return 0


def _watch(place: Place, programs: Path, server: subprocess.Popen[bytes]) -> None:
    """Until the last user is gone. The lock taken then keeps newcomers waiting for our end."""
    ended = False

    def end(_signal: int, _frame: object) -> None:
        nonlocal ended
        ended = True

    signal.signal(signal.SIGTERM, end)
    while not ended and locks.take(place.users_lock) is None:
        if server.poll() is not None:
            server = _start_again(place, programs) or server
        time.sleep(PULSE)
    cluster.stop(server)


def _start_again(place: Place, programs: Path) -> subprocess.Popen[bytes] | None:
    """After a crash, or a disk that was full: try until it starts or nobody waits for it."""
    try:
        cluster.clear_remains(place)
        return cluster.launch(place, programs)
    except (Trouble, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        time.sleep(PAUSE)
        return None


def _tell(words: str) -> int:
    """The starter may be dead by now, which is no reason to fail."""
    with contextlib.suppress(OSError):
        os.write(sys.stdout.fileno(), words.encode())
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    return 0 if words == READY else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
