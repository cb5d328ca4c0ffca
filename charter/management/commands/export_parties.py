"""`export_parties SLUG`: a charter's register of parties as CSV or an Excel workbook."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.formats import csv_, register, xlsx
from charter.models import Charter
from charter.queries.parties import register_values


class Command(BaseCommand):
    help = "Write a charter's parties, their delegations' standing and their memberships."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", default="csv", choices=["csv", "xlsx"])
        parser.add_argument("--output", type=Path, metavar="FILE", help="the standard output")

    def handle(self, *, slug: str, **options: Any) -> None:
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        table = register.table(register_values(charter), charter.languages)
        data = xlsx.write([table]) if options["format"] == "xlsx" else csv_.write(table, bom=True)
        output: Path | None = options["output"]
        if output is None:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            return
        try:
            output.write_bytes(data)
        except OSError as refused:
            raise CommandError(f"{output} could not be written: {refused.strerror}.") from refused
