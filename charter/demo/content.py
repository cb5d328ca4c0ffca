"""Reads the demo's text, vocabulary, parties and people from the data files beside it.

`draft/*.toml` is the zero draft in both languages side by side, one `[[clause]]` after another in
reading order. A clause has a `key` that stays with it for ever. Its parent is `in`, or else what
stands before the last dot of its key ("csto.1" stands in "csto"). Its kind is `kind`, or else the
key's last part tells: a number makes a paragraph, a letter a point. Cross-references name keys:
`[](#csto)`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from charter.text.kinds import Kind

HERE = Path(__file__).parent
LANGUAGES = ("en", "ru")
TITLE = {
    "en": "Eurasian Charter of Diversity and Multipolarity",
    "ru": "Евразийская хартия многообразия и многополярности",
}

_REFERENCE = re.compile(r"\[\]\(#([\w-]+(?:\.\w+)*)\)")

Words = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of the draft: its words by language, where it stands and what it is tagged with."""

    key: str
    kind: Kind
    parent: str | None
    heading: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    numeral: str | None = None


@dataclass(frozen=True, slots=True)
class PrincipleEntry:
    """A principle of the vocabulary, with its name and definition by language."""

    slug: str
    colour: str
    name: Words
    definition: Words


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A state, organisation or format; codes of its members, with the days they came in where these
    are certain; a delegation's standing or ""."""

    kind: str
    code: str
    name: Words
    members: tuple[str, ...] = ()
    since: Mapping[str, date] = field(default_factory=dict)
    standing: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """An invented person with a seat; `party` is the code of their delegation or ""."""

    key: str
    email: str
    name: str
    role: str
    party: str = ""


def entry(table: Mapping[str, Any]) -> Entry:
    """The clause that one TOML table describes. ValueError when its kind cannot be told."""
    key = table["key"]
    above, _, last = key.rpartition(".")
    return Entry(
        key=key,
        kind=Kind(table["kind"]) if "kind" in table else _kind_of(last),
        parent=table.get("in") or above or None,
        heading=table.get("heading", {}),
        text={language: table[language] for language in LANGUAGES if language in table},
        tags=tuple(table.get("tags", ())),
        numeral=table.get("numeral"),
    )


def zero_draft() -> tuple[Entry, ...]:
    """The clauses of the zero draft in reading order, parents before what they hold."""
    files = sorted((HERE / "draft").glob("*.toml"))
    return tuple(entry(table) for file in files for table in tables(file, "clause"))


def vocabulary() -> tuple[PrincipleEntry, ...]:
    """The nine principles, in the order of the vocabulary."""
    return tuple(
        PrincipleEntry(row["slug"], row["colour"], row["name"], {k: row[k] for k in LANGUAGES})
        for row in tables(HERE / "principles.toml", "principle")
    )


def parties() -> tuple[PartyEntry, ...]:
    """States first, so that organisations can name them as members."""
    return tuple(
        PartyEntry(**{**row, "members": tuple(row.get("members", ()))})
        for row in tables(HERE / "parties.toml", "party")
    )


def cast() -> tuple[PersonEntry, ...]:
    """The people of the demonstration, the chair first."""
    return tuple(PersonEntry(**row) for row in tables(HERE / "cast.toml", "person"))


def tables(file: Path, name: str) -> list[dict[str, Any]]:
    """The array of tables called `name` in a TOML file, [] when there is none."""
    found: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8")).get(name, [])
    return found


def referenced(text: str) -> list[str]:
    """The keys that a wording's cross-references point at."""
    return _REFERENCE.findall(text)


def link(target: str) -> str:
    """A cross-reference in the inline grammar, to a clause's key or id."""
    return f"[](#{target})"


def relinked(text: str, written: Callable[[str], str]) -> str:
    """The wording with each cross-reference as `written` says for the key it names."""
    return _REFERENCE.sub(lambda match: written(match[1]), text)


def _kind_of(last: str) -> Kind:
    if last.isdigit():
        return Kind.PARAGRAPH
    if len(last) == 1 and last.isalpha():
        return Kind.POINT
    raise ValueError(f"no kind given for a clause whose key ends in {last!r}")
