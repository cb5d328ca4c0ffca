"""Data folders of every kind: far away, private, damaged, full."""

import os
from pathlib import Path

import pytest

from charter.data import Trouble, make, secret_key
from charter.embedded import cluster, place
from tests.platform.processes import database, manage, servers_of, until


def refused(data: Path) -> str:
    done = manage(data, "migrate", "--skip-checks")
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_a_folder_that_holds_no_database(folder: Path):
    cluster_folder = folder / "postgresql" / "cluster"
    cluster_folder.mkdir(parents=True)
    assert refused(folder) == (
        f"The folder {cluster_folder} holds no database; put a copy back or remove the folder."
    )


def test_a_database_of_another_version(data: Path):
    (data / "postgresql/cluster/PG_VERSION").write_text("9\n")
    assert refused(data) == (
        "PostgreSQL 9, with which the data was made, is not here; set DATABASE_URL to use a server."
    )


def test_a_database_with_a_part_missing(data: Path):
    (data / "postgresql/cluster/global/pg_control").unlink()
    said = refused(data)
    assert said.startswith("The database did not start: ")
    assert "pg_control" in said
    assert said.endswith(f"its log is {data / 'postgresql/postgresql.log'}.")


def test_a_data_folder_that_is_a_file(folder: Path):
    (folder / "data").touch()
    assert refused(folder / "data") == (
        f"The data folder {folder / 'data'} cannot be made: file exists."
    )


def test_an_unreachable_server_of_ones_own(folder: Path):
    nowhere = "postgres://charter@127.0.0.1:9/charter"
    done = manage(folder, "migrate", "--skip-checks", DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert done.stderr.startswith("The database did not do what it was asked: ")
    assert done.stderr.count("\n") == 1


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "ROOM_TO_MAKE", 2**62)
    where = place.find(make(folder))
    place.prepare(folder, where)
    with pytest.raises(Trouble, match=r"^The disk that holds .* is full: \d+ MB are free"):
        cluster.prepare(where)


def test_a_start_that_was_killed_halfway_is_begun_anew(folder: Path):
    half = folder / "postgresql" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    done = manage(folder, "migrate", "--skip-checks")
    assert done.returncode == 0, done.stderr
    assert not half.exists()
    until(lambda: not servers_of(folder), "the server ends")


def test_a_very_long_and_foreign_path_works_under_the_c_locale(folder: Path):
    deep = folder / ("устав " * 9).strip() / ("a folder " * 6).strip()
    done = manage(deep, "migrate", "--skip-checks", LC_ALL="C", LANG="C")
    assert done.returncode == 0, done.stderr
    socket = place.find(deep).socket
    assert len(os.fsencode(socket)) < 60
    until(lambda: not servers_of(deep), "the server ends")
    socket.rmdir()


def test_cyrillic_is_searched_without_regard_to_case(data: Path):
    with database(data) as connection:
        row = connection.execute("SELECT 'Хартия' ILIKE 'хАРТИЯ', lower('СТАТЬЯ')").fetchone()
    assert row == (True, "статья")


def test_the_socket_is_in_nobody_elses_reach(data: Path):
    where = place.find(data)
    assert where.socket.stat().st_mode & 0o077 == 0
    assert where.cluster.stat().st_mode & 0o077 == 0
    assert "trust" not in (where.home / "pg_hba.conf").read_text()


def test_a_socket_folder_laid_by_somebody_else_is_refused(folder: Path):
    open_to_all = folder / "socket"
    open_to_all.mkdir(mode=0o777)
    open_to_all.chmod(0o777)
    with pytest.raises(Trouble, match=r"is not private"):
        place.prepare(folder, place.Place(folder / "home", open_to_all))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's database runs under another account")
def test_root_keeps_the_database_elsewhere_when_its_account_cannot_enter(folder: Path):
    folder.chmod(0o700)
    data = make(folder / "data")
    elsewhere = place.find(data)
    assert elsewhere.home.parent == place.SHARED
    (data / place.NOTE).write_text(f"It is in:\n{elsewhere.home}\n")
    folder.chmod(0o711)
    assert place.find(data) == elsewhere, "the note holds whatever becomes of the permissions"


def test_the_secret_key_is_made_once_and_for_the_owner_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CHARTER_DATA", str(folder / "data"))
    key = secret_key()
    assert len(key) >= 50
    assert secret_key() == key
    assert (folder / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
