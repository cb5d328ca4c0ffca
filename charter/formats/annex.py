"""The annex of statements that a document may carry behind its text: what each writer prints of it.

Statements are the words of delegations and no words of the text. They come in the order of what
they are on, and print as they were written: paragraphs of plain words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from charter.formats import languages
from charter.formats.document import Document, Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with its two lines: who states what, and when it was made."""

    title: str
    made: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Group:
    """What is stated on one clause, or on the whole."""

    about: str
    entries: tuple[Entry, ...]


def title(document: Document) -> str:
    """What the annex is called."""
    return languages.words(document.language)["statements"]


def none(document: Document) -> str:
    """What it says where no statement stands."""
    return languages.words(document.language)["no_statements"]


def groups(document: Document) -> Iterator[Group]:
    """The statements of the document by what they are on."""
    words = languages.words(document.language)
    for about, found in groupby(document.statements or (), key=lambda one: _about(one, words)):
        yield Group(about, tuple(_entry(one, document.language) for one in found))


def plain(document: Document) -> str:
    """The annex of a plain text; "" where the document has none."""
    if document.statements is None:
        return ""
    blocks = [title(document)]
    for group in groups(document):
        blocks.append(group.about)
        for entry in group.entries:
            blocks.append(f"{entry.title} ({entry.made})")
            blocks += [f"   {one}" for one in entry.statement.paragraphs]
    return "\n\n".join([*blocks, *([] if document.statements else [none(document)])])


def data(document: Document) -> list[dict[str, Any]] | None:
    """The statements as JSON has them, None where the document has no annex."""
    if document.statements is None:
        return None
    return [
        {
            "number": one.number,
            "kind": one.kind,
            "party": one.party,
            "clause": one.clause,
            "citation": one.citation,
            "language": one.language,
            "text": "\n\n".join(one.paragraphs),
            "revision": one.revision,
            "made_at": one.made_at.isoformat(),
        }
        for one in document.statements
    ]


def _about(one: Statement, words: dict[str, str]) -> str:
    if one.clause is None:
        return words["on_whole"]
    return one.citation or words["on_gone"]


def _entry(one: Statement, language: str) -> Entry:
    words = languages.words(language)
    made = [
        words["statement"].format(number=one.number),
        languages.date(languages.words_language(language), one.made_at),
        words["revision"].format(revision=one.revision),
    ]
    return Entry(f"{one.party}: {words[one.kind]}", ", ".join(made), one)
