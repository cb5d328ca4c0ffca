"""`verify SLUG`: whether the history of a charter holds. Exit status 0, or 1 with the reason."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.models import Charter
from charter.queries.verification import verify

_HELD = re.compile(r"([1-9][0-9]*):([0-9a-fA-F]{64})")


class Command(BaseCommand):
    help = "Replay a charter's history, check every digest, and compare with the text there is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "--digest",
            action="append",
            default=[],
            metavar="N:HEX",
            help="a digest you hold of revision N; may be given several times",
        )

    def handle(self, *, slug: str, digest: list[str], **options: Any) -> None:
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        verdict = verify(charter, dict(_held(text) for text in digest))
        if not verdict.ok:
            raise CommandError(
                f"{slug}: revision {verdict.first_bad} does not hold. {verdict.reason}"
            )
        self.stdout.write(f"{slug}: {verdict.checked} revisions hold, digest {verdict.head}.")


def _held(text: str) -> tuple[int, str]:
    match = _HELD.fullmatch(text.strip())
    if not match:
        raise CommandError(f"“{text}” is not a revision's number, a colon and its digest.")
    return int(match[1]), match[2].lower()
