"""`keep_books [SLUG …]`: who wrote what, found and kept before anybody asks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.actions.books import keep_books
from charter.models import Charter
from charter.queries.blame import blame_text
from charter.queries.pages import languages_of


class Command(BaseCommand):
    help = "Play the history of charters into credits and keep those that take long."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*")

    def handle(self, *, slug: list[str], **options: Any) -> None:
        charters = {charter.slug: charter for charter in Charter.objects.all()}
        for one in slug or charters:
            if one not in charters:
                raise CommandError(f"There is no charter “{one}”.")
            charter = charters[one]
            for language in languages_of(charter):
                blame_text(charter, language)
                kept = keep_books(charter, language)
                said = f"{kept} kept" if kept else "quick enough as it is"
                self.stdout.write(f"{one}, {language}, revision {charter.head}: {said}")
