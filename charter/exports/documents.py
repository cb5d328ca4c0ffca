"""Where queries and formats meet: a document to take away, assembled for its writer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.text import slugify

from charter.formats import compilation, languages
from charter.formats.document import Document, Point, Principle, Statement
from charter.formats.runs import plain
from charter.formats.sheets import Grid, Sheet
from charter.formats.summary import point_name
from charter.models import Charter
from charter.queries.compilation import Column, CompilationPage
from charter.queries.documents import DocumentFacts, RevisionFacts, document_facts, revision_facts
from charter.queries.proposing import Proposing
from charter.queries.rolling import rolling_text
from charter.queries.statements import statements_of
from charter.text.bracketing import Manner, written_outline
from charter.text.clean import same

_NAMED = 6  # delegations that a file's name has room for


def document(
    charter: Charter,
    *,
    at: int | None = None,
    since: int | None = None,
    language: str = "",
    statements: bool = False,
) -> Document:
    """The charter as of `at` (None: its head), as a redline against `since` when that is given.

    With `statements` those of delegations that stood then are its annex. Raises NoSuchRevision and
    NoSuchLanguage of `charter.queries`.
    """
    facts = document_facts(charter, at=at, since=since, language=language)
    return Document(
        name=charter.title_in(facts.outline.language),
        nothing_agreed=charter.nothing_agreed,
        outline=facts.outline,
        at=_point(facts.at),
        before=facts.before,
        since=None if facts.since is None else _point(facts.since),
        principles=tuple(Principle(*entry) for entry in facts.principles),
        statements=_statements(charter, facts) if statements else None,
    )


def rolling_document(
    charter: Charter,
    *,
    at: int | None = None,
    language: str = "",
    attributed: bool = True,
    delegations: Collection[int] | None = None,
    statements: bool = False,
) -> Document:
    """The rolling text as of `at`: what is open in brackets, with who stands behind it or without.

    With `delegations`, keys of `proposing`, only what those propose or sponsor, and it says so.
    Raises the same as `document`, and NoSuchDelegation.
    """
    made = document(charter, at=at, language=language, statements=statements)
    page = rolling_text(charter, made.language, made.at.revision, delegations)
    manner = manner_of(made.language, attributed=attributed)
    outline = page.numbered(written_outline(page.rolled, manner, page.cited()))
    words = languages.words(made.language)
    names = ", ".join(one.name or words["chair"] for one in page.whose)
    whose = words["proposals_of"].format(names=names) if names else ""
    called = " · ".join(filter(None, (words["rolling"], whose, made.at.edition)))
    kind = "-".join(("rolling", *_codes(page.whose)))
    return replace(made, outline=outline, at=replace(made.at, edition=called), kind=kind)


def _codes(whose: Sequence[Proposing | Column]) -> tuple[str, ...]:
    """Whose a file is, in its name."""
    if len(whose) > _NAMED:
        return (str(len(whose)), "delegations")
    return tuple(slugify(one.code or "chair") or str(one.key) for one in whose)


def manner_of(language: str, *, attributed: bool = True) -> Manner:
    """How a rolling text in this language is written."""
    words = languages.words(language)
    return Manner(
        attributed=attributed,
        deleted=words["left_out"],
        proposed=words["proposed"],
        conflicting=words["misfit"],
        alternative=words["alternative"],
        alternative_of=words["alternative_of"],
        moves=words,
    )


def compilation_sheet(
    charter: Charter, page: CompilationPage, *, clean: bool, everything: bool, rationale: bool
) -> Sheet:
    """A compilation to take away, in the words of its text's language."""
    language = page.compilation.language
    words = languages.words(language)
    at = _point(revision_facts(charter, page.rolling.number))
    shown = compilation.Shown(words, words["base"].format(revision=at.revision), clean)
    behind = proposers(page)
    title = plain(same(page.rolling.text.outline.title)) or charter.title
    names = ", ".join(column.name or words["chair"] for column in page.columns)
    table = compilation_grid(page, shown, behind, everything=everything)
    explained = (compilation.rationales(behind, words),) if rationale else ()
    return Sheet(
        title=words["compilation"],
        under=(title, point_name(at, language), words["proposals_of"].format(names=names)),
        blocks=(table, *explained),
        language=language,
        foot=f"{words['revision'].format(revision=at.revision)} · {at.digest[:16]}",
        symbol=at.symbol,
        moment=at.committed_at,
    )


def compilation_name(charter: Charter, page: CompilationPage) -> str:
    """What the file of a compilation is called, without its ending: "slug-compilation-ru-r12".

    With the codes of its columns where they were chosen: "slug-compilation-blr-ind-r12".
    """
    language = page.compilation.language
    own = "" if language == charter.working_language else f"-{language}"
    whose = "".join(f"-{code}" for code in _codes(page.columns)) if page.asked else ""
    return f"{charter.slug}-compilation{own}{whose}-r{page.rolling.number}"


def compilation_grid(
    page: CompilationPage,
    shown: compilation.Shown,
    behind: Mapping[str, compilation.Proposer],
    *,
    everything: bool,
) -> Grid:
    """The table of a compilation: the clauses its columns ask something of, or all."""
    columns = [
        compilation.Column(column.name or shown.words["chair"], page.labels(column))
        for column in page.columns
    ]
    places = {line.id: line.citation for line in page.compilation.lines}
    lines = page.lines(everything=everything)
    unplaced = page.compilation.unplaced
    return compilation.grid(lines, unplaced, columns, behind, shown, places)


def proposers(
    page: CompilationPage, addresses: Mapping[str, str] | None = None
) -> dict[str, compilation.Proposer]:
    """Who stands behind the entries of a page's columns, by label. `addresses` of amendments are
    by their labels too, none on paper."""
    shown = frozenset().union(*map(page.labels, page.columns))
    return {
        label: compilation.Proposer(
            symbol=one.symbol,
            title=one.title,
            author=one.by[0] if one.delegation is None else "",
            joined=one.by[1:],
            rationale=one.rationale,
            address=(addresses or {}).get(label, ""),
        )
        for label, one in page.rolling.behind.items()
        if label in shown
    }


def file_name(charter: Charter, document: Document, extension: str) -> str:
    """What the file is called: "slug-ru-r7-r12.pdf" for a Russian redline of 7 and 12.

    A rolling text is called one, so that it is not taken for the text it departs from, and says
    whose: "slug-rolling-blr-ind-r12.pdf".
    """
    language = document.language
    said = "" if language == charter.working_language else f"-{language}"
    since = "" if document.since is None else f"-r{document.since.revision}"
    kind = document.kind and f"-{document.kind}"
    return f"{charter.slug}{said}{kind}{since}-r{document.at.revision}{extension}"


def _statements(charter: Charter, facts: DocumentFacts) -> tuple[Statement, ...]:
    found = statements_of(charter, facts.outline.language, at=facts.at.number)
    return tuple(
        Statement(
            number=one.number,
            kind=one.kind.value,
            party=one.team,
            clause=str(one.clause) if one.clause else None,
            citation=one.citation,
            language=one.language,
            paragraphs=one.paragraphs,
            revision=one.revision,
            made_at=one.at,
        )
        for one in found
    )


def _point(facts: RevisionFacts) -> Point:
    return Point(
        revision=facts.number,
        edition=facts.edition,
        symbol=facts.symbol,
        committed_at=facts.committed_at,
        digest=facts.digest,
    )
