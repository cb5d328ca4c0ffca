"""What `serve` runs under."""

import json
import subprocess
import sys
from pathlib import Path

from charter.data import ROOT
from tests.platform.processes import environment, manage


def test_djangos_deployment_check_has_nothing_to_say(folder: Path):
    surroundings = environment(folder)
    del surroundings["CHARTER_HTTPS"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def shown(folder: Path, *names: str, **knobs: str) -> dict[str, object]:
    values = ", ".join(f"{name!r}: s.{name}" for name in names)
    code = f"import json; from django.conf import settings as s; print(json.dumps({{{values}}}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(folder, DJANGO_SETTINGS_MODULE="charter.settings", **knobs),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_database_url_names_the_server(folder: Path):
    given = shown(
        folder, "EMBEDDED", "DATABASES", DATABASE_URL="postgres://ann:p%40ss@db.example.org:6432/c"
    )
    database = given["DATABASES"]["default"]
    assert given["EMBEDDED"] is False
    assert [database[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")] == [
        "db.example.org", 6432, "ann", "p@ss", "c",
    ]  # fmt: skip


def test_a_pool_shares_few_connections_among_many_threads(folder: Path):
    database = shown(folder, "DATABASES", DATABASE_POOL="7")["DATABASES"]["default"]
    assert database["OPTIONS"]["pool"]["max_size"] == 7
    assert database["CONN_MAX_AGE"] == 0


def test_cookies_need_https_unless_the_operator_says_otherwise(folder: Path):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert set(shown(folder, *names, CHARTER_HTTPS="on").values()) == {True}
    assert set(shown(folder, *names, CHARTER_HTTPS="off").values()) == {False}


def test_help_needs_no_database(folder: Path):
    assert manage(folder, "serve", "--help").returncode == 0
    assert manage(folder, "help").returncode == 0
    assert not (folder / "postgresql").exists()


def test_looking_for_missing_migrations_needs_no_database_and_finds_none(folder: Path):
    done = manage(folder, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert not (folder / "postgresql").exists()
