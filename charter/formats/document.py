"""What a writer gets: a text, the text it is compared with if any, and the facts of the revision.

A writer never asks the database. Whoever assembles a `Document` has already decided what its
reader may see.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from charter.text.clean import clean
from charter.text.outline import Outline
from charter.text.redline import Redline


@dataclass(frozen=True, slots=True)
class Principle:
    """An entry of the charter's vocabulary. `colour` is "#rrggbb" or ""."""

    slug: str
    name: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A revision as a document names it: its number, edition, symbol, time (UTC) and digest."""

    revision: int
    edition: str = ""
    symbol: str = ""
    committed_at: datetime | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A delegation's statement on a clause (None: on the whole); `kind` is a key of the words.

    `citation` is the clause's in this text, "" where it is not in it. `party` is whose it is.
    """

    number: int
    kind: str
    party: str
    clause: str | None
    citation: str
    language: str
    paragraphs: tuple[str, ...]
    revision: int
    made_at: datetime


@dataclass(frozen=True)
class Document:
    """The consolidated text at `at`; with `before` and `since`, its redline against that text.

    `before` and `since` are both given or both None. `principles` names the tags that the clauses
    carry; a tag that is not there is printed by its slug. `name` is what the charter goes by: it
    stands in for a title where the text has none of its own. `nothing_agreed`: it says that nothing
    is agreed until everything is. `statements` are for an annex behind the text, None for no annex.
    `kind` is what its file is called besides ("rolling-blr"), "" for the text itself.
    """

    outline: Outline
    at: Point
    before: Outline | None = None
    since: Point | None = None
    principles: tuple[Principle, ...] = ()
    name: str = ""
    nothing_agreed: bool = False
    statements: tuple[Statement, ...] | None = None
    kind: str = ""

    def __post_init__(self) -> None:
        if (self.before is None) != (self.since is None):
            raise ValueError("A redline needs both the earlier text and the revision it is of.")

    @cached_property
    def redline(self) -> Redline:
        """The rows to write: compared with `before`, or clean."""
        if self.before is None:
            return clean(self.outline)
        from charter.text import compare  # the engines take longer to load than a text to print

        return compare.compare(self.before, self.outline)

    @property
    def language(self) -> str:
        """The language of the text, a BCP 47 tag."""
        return self.outline.language

    @property
    def is_redline(self) -> bool:
        """Whether the document shows changes."""
        return self.before is not None

    @property
    def stand_in(self) -> str:
        """What a title page says where the text has no title."""
        return self.name or self.at.symbol or "—"

    def principle_name(self, slug: str) -> str:
        """How a tag is called in this document."""
        return self._names.get(slug, slug)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {principle.slug: principle.name for principle in self.principles}


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader may choose. A writer ignores what its format has no place for.

    Line numbers are asked for of formats that have lines alone, which `writers.LINED` names.
    """

    line_numbers: bool = False
    principles: bool = False


PLAIN = Options()
