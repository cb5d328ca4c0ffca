"""One PostgreSQL for the whole run, and what every test may rely on.

Without DATABASE_URL the run makes a private cluster in a folder of its own, which tells the disk
nothing and is thrown away. The process that starts the run makes it; its workers share it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

KNOBS = {
    "CHARTER_HTTPS": "off",
    "CHARTER_EMBEDDED_FAST": "1",
    "CHARTER_LOG_LEVEL": "ERROR",
    "DATABASE_POOL": "0",
    "SECRET_KEY": "only for the tests",
}
# What Django writes into these for the models is there again after every test.
ALWAYS_THE_SAME = {"auth_permission", "django_content_type"}
_made: list[Path] = []


def _prepare() -> None:
    """Settle the environment, then have the settings read, which pytest-django looks for."""
    os.environ.pop("CHARTER_DEMO", None)
    os.environ.update(KNOBS)
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        folder = Path(tempfile.mkdtemp(prefix="charter-tests-"))
        folder.chmod(0o711)
        _made.append(folder)
        os.environ["CHARTER_DATA"] = str(folder)
    if not os.environ.get("DATABASE_URL"):
        from charter import embedded
        from charter.data import data_folder

        embedded.start(data_folder())
    os.environ["DJANGO_SETTINGS_MODULE"] = "charter.settings"
    from django.conf import settings

    # A password takes a fifth of a second to check, on purpose; no test is about that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_prepare()

# Chance finds mistakes of logic; how long anything takes is for the benches to say.
hypothesis.settings.register_profile(
    "rules", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("rules")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server and no folder behind."""
    from charter import embedded
    from charter.embedded import locks, place

    for folder in _made:
        embedded.leave(folder)
        locks.take(place.find(folder).guard_lock, seconds=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _flush_despite_history() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards, which history's triggers refuse.

    For the whole run: a live server's tables are emptied after a test's own fixtures are gone. Of
    small tables the rows go ten times as fast as by TRUNCATE, which makes a new file for each.
    """
    from django.core.management.commands import flush
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.sql_flush

    def sql_flush(
        self: DatabaseOperations, style: object, tables: list[str], **wishes: bool
    ) -> list[str]:
        if wishes.get("reset_sequences"):
            emptied = plain(self, style, tables, **wishes)
        else:
            names = [self.quote_name(table) for table in tables if table not in ALWAYS_THE_SAME]
            emptied = [f"DELETE FROM {name};" for name in names]
        return [
            "SET session_replication_role = replica;"
            + "".join(emptied)
            + "SET session_replication_role = origin;"
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _look_for_static_files_once() -> Iterator[None]:
    """Every `Client` builds the middleware anew, which looks at each static file each time: more
    than half of all that the walks over addresses took."""
    from charter.static_files import StaticFiles

    look, found = StaticFiles.add_files_from_finders, {}

    def add_files_from_finders(self: StaticFiles) -> None:
        if self.static_prefix not in found:
            look(self)
            found[self.static_prefix] = dict(self.files)
        self.files.update(found[self.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFiles, "add_files_from_finders", add_files_from_finders)
        yield
