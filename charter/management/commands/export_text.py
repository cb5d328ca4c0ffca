"""`export_text SLUG --format F`: a charter's text, or a redline of two revisions, as a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter import exports
from charter.formats.document import Document, Options
from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS, write
from charter.models import Charter
from charter.queries.documents import NoSuchLanguage
from charter.queries.texts import NoSuchRevision


class Command(BaseCommand):
    help = "Write a charter's text, or with --since a redline, in one of the formats."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument("--at", type=int, metavar="N", help="the revision; the last one")
        parser.add_argument("--since", type=int, metavar="M", help="compare with revision M")
        parser.add_argument("--language", default="", metavar="xx", help="the working language")
        parser.add_argument("--output", type=Path, metavar="FILE", help="the standard output")
        parser.add_argument("--line-numbers", action="store_true", help="in the margin of a PDF")
        parser.add_argument("--principles", action="store_true", help="show the tags of clauses")

    def handle(self, *, slug: str, **options: Any) -> None:
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        document = _document(charter, options)
        chosen = Options(line_numbers=options["line_numbers"], principles=options["principles"])
        try:
            data = write(document, options["format"], chosen)
        except TypesettingFailed as failed:
            raise CommandError(str(failed)) from failed
        _deliver(data, options["output"])


def _document(charter: Charter, options: dict[str, Any]) -> Document:
    at, since, language = options["at"], options["since"], options["language"]
    try:
        return exports.document(charter, at=at, since=since, language=language)
    except NoSuchRevision as missing:
        raise CommandError(
            f"“{charter.slug}” has no revision {missing.args[0]}; its last is {charter.head}."
        ) from missing
    except NoSuchLanguage as missing:
        spoken = ", ".join(dict.fromkeys([charter.working_language, *charter.languages]))
        raise CommandError(
            f"“{charter.slug}” has no text in “{missing.args[0]}”; it has: {spoken}."
        ) from missing


def _deliver(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as refused:
        raise CommandError(f"{output} could not be written: {refused.strerror}.") from refused
