#!/usr/bin/env python3
"""The door to every command. A trouble the operator can mend is one sentence, not a traceback."""

import os
import sys
import warnings

from charter.data import Trouble, data_folder

WITHOUT_DATABASE = {
    "help", "version", "check", "makemessages", "compilemessages", "collectstatic", "findstatic",
    "diffsettings", "startapp", "spectacular",
}  # fmt: skip


def prepare(command: str, options: list[str]) -> None:
    """What must be settled before the settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
    os.environ.pop("CHARTER_DEMO", None)  # nobody shall open the demo's doors by accident
    if command == "demo":
        os.environ["CHARTER_DEMO"] = "1"
        os.environ.setdefault("CHARTER_HTTPS", "off")
        if any(option.startswith("--host") for option in options):
            os.environ.setdefault("ALLOWED_HOSTS", "*")
    if command in ("demo", "serve"):
        os.environ.setdefault("DATABASE_POOL", "20")
    asks_only = {"-h", "--help", "--version"} & set(options)
    if os.environ.get("DATABASE_URL") or asks_only or command in WITHOUT_DATABASE:
        return
    from charter import embedded

    if command == "makemigrations" and not embedded.is_made(data_folder()):
        # Its check of the applied migrations has nothing to look at.
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
        return
    embedded.start(data_folder())


def lacks_migrations(error: Exception) -> bool:
    """Whether the database refused because its tables are not those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if getattr(error.__cause__, "sqlstate", "") not in ("42P01", "42703"):  # no such table, column
        return False
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def main() -> None:
    command, options = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    try:
        prepare(command, options)
        from django.core.management import execute_from_command_line
        from django.db import OperationalError, ProgrammingError

        try:
            execute_from_command_line(sys.argv)
        except OperationalError as error:
            said = str(error).strip().splitlines()[0]
            raise Trouble(f"The database did not do what it was asked: {said}.") from error
        except ProgrammingError as error:
            if not lacks_migrations(error):
                raise
            raise Trouble(
                "The database has not the tables of this version. "
                "Run this first: uv run manage.py migrate"
            ) from error
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
