"""Where queries and formats meet: a document to take away, assembled for its writer."""

from django.db import connection

from charter.formats.document import Document, Point, Principle
from charter.models import Charter
from charter.queries.documents import RevisionFacts, document_facts


def document(
    charter: Charter, *, at: int | None = None, since: int | None = None, language: str = ""
) -> Document:
    """The charter as of `at` (None: its head), as a redline against `since` when that is given.

    Raises NoSuchRevision and NoSuchLanguage of `charter.queries`.
    """
    facts = document_facts(charter, at=at, since=since, language=language)
    return Document(
        name=charter.title,
        outline=facts.outline,
        at=_point(facts.at),
        before=facts.before,
        since=None if facts.since is None else _point(facts.since),
        principles=tuple(Principle(*entry) for entry in facts.principles),
    )


def file_name(charter: Charter, document: Document, extension: str) -> str:
    """What the file is called: "slug-ru-r7-r12.pdf" for a Russian redline of 7 and 12."""
    language = document.language
    said = "" if language == charter.working_language else f"-{language}"
    since = "" if document.since is None else f"-r{document.since.revision}"
    return f"{charter.slug}{said}{since}-r{document.at.revision}{extension}"


def lend_connection() -> None:
    """Give the database's connection back: a PDF takes its time, and others need theirs."""
    if not connection.in_atomic_block:
        connection.close()


def _point(facts: RevisionFacts) -> Point:
    return Point(
        revision=facts.number,
        edition=facts.edition,
        symbol=facts.symbol,
        committed_at=facts.committed_at,
        digest=facts.digest,
    )
