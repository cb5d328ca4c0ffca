"""Real starts of real processes, each on a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from charter import embedded
from charter.data import ROOT

PATIENCE = 90  # seconds for what takes one or two on a machine with nothing else to do


def environment(data: Path, **more: str) -> dict[str, str]:
    """The surroundings of a process of the app: nothing of this run's own knobs but speed."""
    ours = ("DATABASE_", "CHARTER_", "SECRET_", "DJANGO_", "PYTEST_", "PYTHONWARNINGS")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    knobs = {"CHARTER_DATA": str(data), "CHARTER_EMBEDDED_FAST": "1", "CHARTER_HTTPS": "off"}
    return plain | knobs | more


def manage(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def database(data: Path) -> Iterator[psycopg.Connection]:
    """A connection to the private database of a folder, as one more of its users."""
    embedded.start(data)
    at = embedded.address(data)
    try:
        with psycopg.connect(
            host=at["HOST"], port=at["PORT"], user=at["USER"], dbname=at["NAME"], autocommit=True
        ) as connection:
            yield connection
    finally:
        embedded.leave(data)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"in vain waited: {what}"
        time.sleep(0.05)


def servers_of(data: Path) -> list[int]:
    """Every living process of a private PostgreSQL somewhere in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                inside = (entry / "cwd").resolve(strict=True).is_relative_to(data)
            except OSError:
                continue
            found += [int(entry.name)] if inside else []
    return found


def postmaster(data: Path) -> int:
    return int((data / "postgresql/cluster/postmaster.pid").read_text().split()[0])


def answer(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


@dataclass
class Serving:
    """`manage.py serve` or `demo` under way."""

    data: Path
    command: str = "serve"
    port: int = field(default_factory=free_port)
    knobs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", self.command, "--port", str(self.port)],
            cwd=ROOT,
            env=environment(self.data, **self.knobs),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> "Serving":
        until(lambda: answer(f"{self.url}/readyz")[0] == 200 or self.over(), "a start")
        assert not self.over(), self.process.stdout.read()
        return self

    def over(self) -> bool:
        return self.process.poll() is not None

    def end(self, wish: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """The exit code and everything that was said."""
        self.process.send_signal(wish)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def new_folder() -> Path:
    """A folder that PostgreSQL's own account may pass, unlike pytest's, which are private."""
    folder = Path(tempfile.mkdtemp(prefix="charter-test-")).resolve()
    folder.chmod(0o711)
    return folder
