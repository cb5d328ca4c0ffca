"""What a document to take away is made of: texts, their revisions and editions, the vocabulary."""

from dataclasses import dataclass
from datetime import datetime

from charter.models import Charter, Principle
from charter.queries.texts import NoSuchRevision, text_at
from charter.text.outline import Outline


class NoSuchLanguage(LookupError):
    """The charter has no text in that language."""


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """A revision; `edition` and `symbol` are those of the last edition named at it, or ""."""

    number: int
    committed_at: datetime | None
    digest: str
    edition: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A text as of `at`; `before` and `since` are the text it is compared with, or None.

    `principles` are slug, name and colour of the whole vocabulary, withdrawn ones with it.
    """

    outline: Outline
    at: RevisionFacts
    before: Outline | None
    since: RevisionFacts | None
    principles: tuple[tuple[str, str, str], ...]


def document_facts(
    charter: Charter, *, at: int | None = None, since: int | None = None, language: str = ""
) -> DocumentFacts:
    """The text in one language ("": the working one) as of `at` (None: the charter's head).

    Raises NoSuchRevision and NoSuchLanguage. The number of queries does not depend on the text.
    """
    language = language or charter.working_language
    if language not in {charter.working_language, *charter.languages}:
        raise NoSuchLanguage(language)
    number = charter.head if at is None else at
    for asked in (number, since):
        if asked is not None and not 0 <= asked <= charter.head:
            raise NoSuchRevision(asked)
    facts = _revisions(charter, {number} if since is None else {number, since})
    vocabulary = Principle.objects.filter(charter=charter)
    return DocumentFacts(
        outline=text_at(charter, number, language),
        at=facts[number],
        before=None if since is None else text_at(charter, since, language),
        since=None if since is None else facts[since],
        principles=tuple((p.slug, p.name(language), p.colour) for p in vocabulary),
    )


def revision_facts(charter: Charter, number: int) -> RevisionFacts:
    """One revision of a charter, 0 the empty text before the first. Two queries."""
    return _revisions(charter, {number})[number]


def _revisions(charter: Charter, numbers: set[int]) -> dict[int, RevisionFacts]:
    """The revisions of these numbers; 0 is the empty text before the first."""
    named = {
        edition.revision.number: edition
        for edition in charter.editions.filter(revision__number__in=numbers)
        .select_related("revision")
        .order_by("pk")
    }
    facts = {0: RevisionFacts(0, None, "")}
    for revision in charter.revisions.filter(number__in=numbers):
        edition = named.get(revision.number)
        facts[revision.number] = RevisionFacts(
            number=revision.number,
            committed_at=revision.committed_at,
            digest=revision.digest,
            edition=edition.name if edition else "",
            symbol=edition.symbol if edition else "",
        )
    return facts
