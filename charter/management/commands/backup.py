"""`backup [FILE]`: everything in one file that `restore` reads."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from charter.data import Trouble, make
from charter.embedded import dumps


class Command(BaseCommand):
    help = "Write the whole database to a file that `restore` reads."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="charter-DATE.backup when left out")
        parser.add_argument("--force", action="store_true", help="replace a file that is there")

    def handle(self, *, file: Path | None, force: bool, **options: Any) -> None:
        file = (file or Path(f"charter-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.backup")).absolute()
        if file.exists() and not force:
            raise Trouble(f"{file} is there already: name another file, or --force to replace it.")
        make(file.parent)
        connection.ensure_connection()
        dumps.dump(connection.settings_dict, str(connection.pg_version // 10000), file)
        self.stdout.write(f"Everything is in {file} ({file.stat().st_size / 2**20:.1f} MB).")
