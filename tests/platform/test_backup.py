"""A backup is worth what its restoration gives back."""

from pathlib import Path

from tests.platform.processes import database, manage

Counts = dict[str, int]


def counts(data: Path) -> Counts:
    """How many rows every table has, and how many triggers there are."""
    with database(data) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()
        found = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables
        }
        guards = connection.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        return found | {"triggers": guards.fetchone()[0]}


def a_charter(data: Path) -> None:
    text = data / "bylaws.md"
    text.write_text("# Bylaws\n\n## Article 1. Name\n\nThe name is Charter – Хартия.\n")
    done = manage(data, "import_text", str(text), "--charter", "bylaws", "--language", "en")
    assert done.returncode == 0, done.stderr


def test_everything_comes_back_into_an_empty_database_with_its_guards(data: Path, folder: Path):
    a_charter(data)
    file, fresh = folder / "a folder" / "all.backup", folder / "fresh"
    assert "Everything is in" in manage(data, "backup", str(file)).stdout
    assert file.stat().st_mode & 0o077 == 0, "it holds every text"
    done = manage(fresh, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert counts(fresh) == counts(data)
    assert counts(fresh)["triggers"] > 0
    assert manage(fresh, "verify", "bylaws").returncode == 0


def test_a_database_that_holds_something_is_replaced_only_by_force(data: Path, folder: Path):
    file = folder / "before.backup"
    before = counts(data)
    manage(data, "backup", str(file))
    a_charter(data)
    refused = manage(data, "restore", str(file))
    assert refused.returncode == 1
    assert refused.stderr == "The database is not empty; --force replaces what it holds.\n"
    assert counts(data) != before
    forced = manage(data, "restore", str(file), "--force")
    assert forced.returncode == 0, forced.stderr
    assert counts(data) == before


def test_a_damaged_backup_changes_nothing(data: Path, folder: Path):
    a_charter(data)
    before, file = counts(data), folder / "cut.backup"
    manage(data, "backup", str(file))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    refused = manage(data, "restore", str(file), "--force")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert counts(data) == before


def test_a_file_of_another_kind_is_no_backup(data: Path, folder: Path):
    (folder / "letter.txt").write_text("Dear Sir,")
    refused = manage(data, "restore", str(folder / "letter.txt"))
    assert refused.stderr == f"The file {folder / 'letter.txt'} is not a backup.\n"


def test_nothing_is_restored_under_a_running_server(serving, folder: Path):
    begun = serving().ready()
    manage(begun.data, "backup", str(folder / "all.backup"))
    refused = manage(begun.data, "restore", str(folder / "all.backup"), "--force")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Charter is being served")


def test_a_backup_that_is_there_is_replaced_only_by_force(data: Path, folder: Path):
    file = folder / "kept.backup"
    manage(data, "backup", str(file))
    kept = file.read_bytes()
    refused = manage(data, "backup", str(file))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"{file} is there already: name another file, or --force to replace it.\n"
    )
    assert file.read_bytes() == kept
    assert manage(data, "backup", str(file), "--force").returncode == 0
