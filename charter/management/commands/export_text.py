"""`export_text SLUG --format F`: a charter's text, a redline of two revisions, or the compilation
of what is proposed, as a file."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charter.exports import documents
from charter.formats.document import Document, Options
from charter.formats.sheets_writers import SHEETS
from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS, LINED, write
from charter.models import Charter
from charter.queries.compilation import MOST, compilation_of
from charter.queries.documents import NoSuchLanguage, document_facts
from charter.queries.proposing import NoSuchDelegation, keys_of, proposing
from charter.queries.texts import NoSuchRevision

Made = TypeVar("Made")


class Command(BaseCommand):
    help = "Write a charter's text, or with --since a redline, in one of the formats."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        formats = list(dict.fromkeys((*FORMATS, *SHEETS)))
        parser.add_argument("--format", required=True, choices=formats)
        parser.add_argument("--at", type=int, metavar="N", help="the revision; the last one")
        parser.add_argument("--since", type=int, metavar="M", help="compare with revision M")
        parser.add_argument("--language", default="", metavar="xx", help="the working language")
        parser.add_argument("--output", type=Path, metavar="FILE", help="the standard output")
        parser.add_argument("--rolling", action="store_true", help="with all that is open")
        parser.add_argument("--unattributed", action="store_true", help="--rolling without names")
        parser.add_argument(
            "--compilation", action="store_true", help="a table of what each delegation proposes"
        )
        parser.add_argument(
            "--delegation",
            action="append",
            metavar="CODE",
            help="--rolling or --compilation of its amendments alone; may be repeated, and CHAIR "
            "is whoever sits with no delegation",
        )
        parser.add_argument(
            "--everything", action="store_true", help="--compilation of all clauses"
        )
        parser.add_argument(
            "--clean", action="store_true", help="--compilation of words as they would read"
        )
        parser.add_argument(
            "--line-numbers", action="store_true", help="in the margin: of pdf, html, txt"
        )
        parser.add_argument(
            "--statements", action="store_true", help="with those of delegations, as an annex"
        )
        parser.add_argument("--principles", action="store_true", help="show the tags of clauses")

    def handle(self, *, slug: str, **options: Any) -> None:
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        made = _compilation if options["compilation"] else _text
        _consistent(options)
        try:
            data = made(charter, options)
        except TypesettingFailed as failed:
            raise CommandError(str(failed)) from failed
        _deliver(data, options["output"])


def _consistent(options: dict[str, Any]) -> None:
    """CommandError for options that would do nothing."""
    if options["line_numbers"] and (options["compilation"] or options["format"] not in LINED):
        raise CommandError(f"Only a text as {', '.join(LINED)} has numbered lines.")
    if not options["compilation"]:
        for name in ("everything", "clean"):
            if options[name]:
                raise CommandError(f"Only a compilation is --{name}: add --compilation.")
        if options["delegation"] and not options["rolling"]:
            raise CommandError(
                "Only a rolling text or a compilation is of delegations: "
                "add --rolling or --compilation."
            )


def _text(charter: Charter, options: dict[str, Any]) -> bytes:
    if options["format"] not in FORMATS:
        raise CommandError(f"A text is not written as {options['format']}.")
    chosen = Options(line_numbers=options["line_numbers"], principles=options["principles"])
    return write(_document(charter, options), options["format"], chosen)


def _compilation(charter: Charter, options: dict[str, Any]) -> bytes:
    if options["format"] not in SHEETS:
        raise CommandError(f"A compilation is written as one of: {', '.join(SHEETS)}.")
    if options["since"] is not None or options["rolling"]:
        raise CommandError("A compilation is of one revision: leave out --since and --rolling.")
    facts = _checked(document_facts, charter, at=options["at"], language=options["language"])
    if not facts.at.number:
        raise CommandError("Before the first revision there is nothing to compile.")
    language = options["language"] or charter.working_language
    chosen = _delegations(charter, options)
    page = compilation_of(charter, language, facts.at.number, chosen)
    if chosen is not None and len(chosen) > MOST:
        raise CommandError(f"A compilation has room for {MOST} delegations.")
    if chosen is not None and len(page.columns) < len(chosen):
        raise CommandError("Whoever sits with no delegation proposes nothing.")
    sheet = documents.compilation_sheet(
        charter, page, clean=options["clean"], everything=options["everything"], rationale=True
    )
    return SHEETS[options["format"]].write(sheet)


def _document(charter: Charter, options: dict[str, Any]) -> Document:
    at, since, language = options["at"], options["since"], options["language"]
    if options["rolling"] and since is not None:
        raise CommandError("A rolling text is of one revision: leave out --since.")
    if options["rolling"] and at == 0:
        raise CommandError("Before the first revision nothing is open.")
    of: dict[str, Any] = {
        "at": at,
        "language": language,
        "statements": options["statements"],
    }
    if options["rolling"]:
        of |= {
            "attributed": not options["unattributed"],
            "delegations": _delegations(charter, options),
        }
        return _checked(documents.rolling_document, charter, **of)
    return _checked(documents.document, charter, **of, since=since)


def _delegations(charter: Charter, options: dict[str, Any]) -> frozenset[int] | None:
    """The keys of the delegations that are asked for; None for everybody."""
    if not options["delegation"]:
        return None
    try:
        return keys_of(charter, options["delegation"])
    except NoSuchDelegation as missing:
        codes = [one.code for one in proposing(charter, "") if one.code]
        raise CommandError(
            f"“{charter.slug}” has no delegation {missing.args[0]}; it has: "
            f"{', '.join((*codes, 'CHAIR'))}."
        ) from missing


def _checked(make: Callable[..., Made], charter: Charter, **of: Any) -> Made:
    """What `make` makes; CommandError for a revision or a language that is not there."""
    try:
        return make(charter, **of)
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
