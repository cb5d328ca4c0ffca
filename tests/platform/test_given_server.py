"""With DATABASE_URL the same commands use that server, and start none of their own."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from charter import embedded
from tests.platform.processes import Serving, answer, database, manage


@pytest.fixture
def url(data: Path) -> Iterator[str]:
    """Another server's address: here that of another folder's."""
    with database(data):
        host = quote(str(embedded.address(data)["HOST"]), safe="")
        yield f"postgres://charter@{host}/charter"


def test_it_is_used_by_commands_and_by_backups(url: str, folder: Path):
    own = folder / "own"
    assert manage(own, "migrate", "--check", "--skip-checks", DATABASE_URL=url).returncode == 0
    done = manage(own, "backup", str(folder / "all.backup"), DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    done = manage(own, "restore", str(folder / "all.backup"), "--force", DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    assert not (own / "postgresql").exists()


COMMANDS = (
    ("verify", "eurasia"),
    ("export_text", "eurasia", "--format", "md"),
    ("deliver_webhooks",),
    ("run_due",),
)


def test_a_database_that_was_never_migrated_is_said_in_one_sentence(url: str, folder: Path):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for command in COMMANDS:
        done = manage(folder / "own", *command, DATABASE_URL=url)
        assert (done.returncode, done.stderr) == (
            1,
            "The database has not the tables of this version. "
            "Run this first: uv run manage.py migrate\n",
        )


def test_several_servers_of_one_folder_may_serve_it_and_start_at_once(url: str, folder: Path):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    begun = [Serving(folder / "own", knobs={"DATABASE_URL": url}) for _ in range(2)]
    try:
        for one in begun:
            one.ready()
        assert {answer(f"{one.url}/readyz") for one in begun} == {(200, "ok\n")}
        assert not (folder / "own" / "postgresql").exists()
    finally:
        for one in begun:
            assert one.end()[0] == 0
