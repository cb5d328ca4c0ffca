"""kill -9 of PostgreSQL or of the app in the middle of saving: a change is there whole, or not."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from charter.embedded import place
from tests.platform.processes import new_folder

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def data():
    """A data folder of its own."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def process(data: Path, act: str) -> subprocess.Popen:
    env = os.environ | {"CHARTER_DATA": str(data), "PYTHONPATH": str(ROOT)}
    env.pop("DATABASE_URL", None)
    env.pop("CHARTER_EMBEDDED_FAST", None)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.actions.saving", act],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_server(data: Path) -> None:
    """The postmaster and every process of it, at once and without a word."""
    master = int((place.find(data).cluster / "postmaster.pid").read_text().split()[0])
    for pid in [master, *children(master)]:
        with suppress(ProcessLookupError):  # they end by themselves when their master is gone
            os.kill(pid, signal.SIGKILL)


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def test_whatever_is_killed_all_that_was_committed_is_there_and_nothing_in_halves(data):
    committed = 0
    for saves, victim in ((25, "server"), (60, "server"), (30, "writer")):
        writer = process(data, "write")
        for _save in range(saves):
            committed = max(committed, int(writer.stdout.readline()))
        if victim == "server":
            kill_server(data)
        else:
            writer.kill()
        committed = max([committed, *map(int, writer.stdout.read().split())])
        assert writer.wait(60) == (0 if victim == "server" else -signal.SIGKILL)
        said = json.loads(process(data, "check").communicate(timeout=120)[0])
        assert said["ok"], said["reason"]
        # Each of the four writers may have been killed between its commit and its word of it.
        assert committed <= said["head"] <= committed + 4
        made = said["head"] - 5
        assert said["clauses"] == [made + 5, made + 5]
        assert said["wordings"] == [made * 2 + 5, made * 2 + 5]
