"""`restore FILE`: the state that `backup` wrote."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from charter.data import Trouble, data_folder
from charter.embedded import dumps, locks


class Command(BaseCommand):
    help = "Fill the database from a file that `backup` wrote, then bring it up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="replace what the database holds now"
        )

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        lock = locks.take(data_folder() / "serving.lock")
        if lock is None:
            raise Trouble("Charter is being served from this data folder; end that first.")
        version = str(connection.pg_version // 10000)
        file = file.absolute()
        dumps.insist_on_dump(version, file)
        with connection.cursor() as cursor:
            filled = bool(connection.introspection.table_names(cursor))
        connection.close()
        if filled and not force:
            raise Trouble("The database is not empty; --force replaces what it holds.")
        dumps.restore(connection.settings_dict, version, file, replace=filled)
        call_command("migrate", verbosity=0, interactive=False)
        lock.release()
        self.stdout.write(f"The database holds what {file} held.")
