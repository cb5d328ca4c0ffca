"""Data folders and servers, made for a test and cleared away after it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platform.processes import Serving, manage, new_folder, servers_of, until


@pytest.fixture
def folder() -> Iterator[Path]:
    made = new_folder()
    yield made
    until(lambda: not servers_of(made), "no server outlives its users")
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def migrated() -> Iterator[Path]:
    """A data folder whose database is made and at rest; to be copied."""
    made = new_folder()
    done = manage(made, "migrate", "--skip-checks")
    assert done.returncode == 0, done.stderr
    until(lambda: not servers_of(made), "the server ends with its user")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def data(migrated: Path, folder: Path) -> Path:
    """A migrated data folder, with a space in its path."""
    subprocess.run(["cp", "-a", str(migrated), str(folder / "data folder")], check=True)
    return folder / "data folder"


@pytest.fixture
def serving(data: Path) -> Iterator[Callable[..., Serving]]:
    begun: list[Serving] = []

    def begin(**wishes: object) -> Serving:
        begun.append(Serving(data, **wishes))
        return begun[-1]

    yield begin
    for one in begun:
        if not one.over():
            one.process.kill()
        one.process.communicate()
