"""`import_parties FILE --charter SLUG`: a CSV file into a charter's register of parties."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.access import Forbidden, NotVisible
from charter.actions.refusals import Flawed, Refused
from charter.actions.register import import_register, preview_register
from charter.formats import register
from charter.formats.source import Unreadable
from charter.management.acting import actor_of
from charter.models import Charter
from charter.text.register_changes import Changes, Doing


class Command(BaseCommand):
    help = "Read parties from a CSV file as export_parties writes it. All of it is taken, or none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8 or UTF-16")
        parser.add_argument("--charter", required=True, metavar="SLUG")
        parser.add_argument(
            "--remove", action="store_true", help="take out what is not in the file"
        )
        parser.add_argument("--preview", action="store_true", help="only say what would change")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the operator")

    def handle(self, *, file: Path, **options: Any) -> None:
        slug = options["charter"]
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        actor = actor_of(options["email"])
        said = {"actor": actor, "charter": charter, "whole": options["remove"]}
        try:
            reading = register.read(_bytes(file))
            if reading.flaws:
                raise Flawed(reading.flaws)
            if options["preview"]:
                done, _digest = preview_register(**said, read=reading.entries)
            else:
                done = import_register(**said, read=reading.entries)
        except Unreadable as unreadable:
            raise CommandError(f"{file.name} was not imported. {unreadable}") from unreadable
        except Flawed as flawed:
            raise CommandError(_mistakes(file, flawed)) from flawed
        except Refused as refused:
            raise CommandError(f"{file.name} was not imported. {refused.message}") from refused
        except (NotVisible, Forbidden) as refused:
            raise CommandError(
                f"{actor.email} may not change “{slug}”: name its chair with --as EMAIL."
            ) from refused
        self.stdout.write(f"{slug}: {_summary(done)}.")


def _summary(done: Changes) -> str:
    said = {Doing.ADD: "added", Doing.CHANGE: "changed", Doing.REMOVE: "taken out"}
    counts = [f"{len(done.of(doing))} {word}" for doing, word in said.items()]
    return ", ".join([*counts, f"{len(done.of(Doing.LEAVE))} left as they are"])


def _mistakes(file: Path, flawed: Flawed) -> str:
    lines = [f"{file.name} was not imported."]
    for flaw in flawed.flaws:
        place = ", ".join(
            part for part in (f"line {flaw.line}" if flaw.line else "", flaw.column) if part
        )
        lines.append(f"{place}: {flaw}" if place else str(flaw))
    return "\n".join(lines)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(register.LARGEST + 1)
    except OSError as refused:
        raise CommandError(f"{file} could not be read: {refused.strerror}.") from refused
