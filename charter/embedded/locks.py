"""Locks on files, which the kernel releases when their holder dies, however it dies."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that is held until `release` or the end of the process."""

    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)

    def write(self, words: str) -> None:
        """Leave words for those who find the lock taken."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, words.encode(), 0)


def take(path: Path, *, shared: bool = False, seconds: float = 0) -> Held | None:
    """The lock on a file, or None when somebody else has it for longer than `seconds`."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    wish = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, wish)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(0.02)
        else:
            return Held(descriptor)
