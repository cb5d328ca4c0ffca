"""`import_text FILE --charter SLUG`: a file becomes a charter, or the next revision of one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Person
from charter.access import Forbidden, NotVisible
from charter.actions.charters import change_charter, create_charter
from charter.actions.imports import import_outline
from charter.actions.refusals import Refused
from charter.formats import reading
from charter.management.acting import actor_of
from charter.models import Charter
from charter.queries.charters import clauses_of
from charter.queries.stages import forbidden_because
from charter.text.hygiene import shown
from charter.text.outline import Outline

LARGEST = 64 * 1024 * 1024  # bytes of a file


class Command(BaseCommand):
    help = "Read a text file into a charter: a new one, or the next revision of one that is there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Markdown or plain text")
        parser.add_argument("--charter", required=True, metavar="SLUG")
        parser.add_argument("--title", default="", metavar="T", help="what the charter goes by")
        parser.add_argument("--language", default="", metavar="xx", help="the working language")
        parser.add_argument("--message", default="", metavar="M", help="for the history")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the operator")

    def handle(self, *, file: Path, **options: Any) -> None:
        actor = actor_of(options["email"])
        data = _bytes(file)
        try:
            with transaction.atomic():
                self.stdout.write(_import(actor, file, data, options))
        except Refused as refused:
            raise CommandError(
                f"{shown(file.name)} was not imported. {refused.message}"
            ) from refused
        except (NotVisible, Forbidden) as refused:
            if getattr(refused, "stage", None):
                raise CommandError(
                    f"{shown(file.name)} was not imported. {forbidden_because(refused)}"
                ) from refused
            raise CommandError(
                f"{actor.email} may not change “{options['charter']}”: "
                "name a member who may with --as EMAIL."
            ) from refused


def _import(actor: Person, file: Path, data: bytes, options: dict[str, Any]) -> str:
    slug, language = options["charter"], options["language"]
    charter = Charter.objects.filter(slug=slug).first()
    outline = _outline(file, data, charter, language)
    if charter is None:
        return _create(actor, file, outline, options)
    done = import_outline(
        actor=actor,
        charter=charter,
        outline=outline,
        language=language,
        message=options["message"],
        keep_title=False,
    )
    if options["title"] and options["title"] != charter.title:
        change_charter(actor=actor, charter=charter, title=options["title"])
    if done.revision is None:
        return f"{slug}: nothing changed, revision {charter.head} stands."
    return f"{slug}: revision {done.revision.number}, {clauses_of(charter)} clauses."


def _create(actor: Person, file: Path, outline: Outline, options: dict[str, Any]) -> str:
    charter = create_charter(
        actor=actor,
        title=options["title"] or outline.title or file.stem,
        slug=options["charter"],
        working_language=outline.language,
        scheme=outline.scheme,
        outline=outline,
        heading=outline.title,
        message=options["message"],
    )
    return (
        f"{charter.slug}: created by {actor.email}, revision {charter.head}, "
        f"{clauses_of(charter)} clauses."
    )


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{shown(str(file))} is larger than {LARGEST // 1024 // 1024} MB.")
        return file.read_bytes()
    except OSError as refused:
        raise CommandError(
            f"{shown(str(file))} could not be read: {refused.strerror}."
        ) from refused


def _outline(file: Path, data: bytes, charter: Charter | None, language: str) -> Outline:
    if charter is not None:
        manner = {"language": language or charter.working_language, "scheme": charter.scheme}
    else:
        manner = {"language": language or "en"}
    try:
        outline = reading.read(data, name=file.name, **manner)
    except reading.Unreadable as unreadable:
        raise CommandError(f"{shown(file.name)} was not imported. {unreadable}") from unreadable
    if not outline.clauses:
        raise CommandError(f"{shown(file.name)} was not imported. There is no text in it.")
    return outline
