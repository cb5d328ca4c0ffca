"""The compilation: the text clause by clause, beside it what each delegation proposes for it.

A column is a delegation that proposes; the last one is of those who sit with no delegation, which
is where the chair's compromise stands. An amendment stands in the column of who proposed it,
whoever joined it later. Drafts stand in nobody's.
"""

from collections.abc import Collection
from dataclasses import dataclass

from charter.models import Charter
from charter.queries.proposing import CHAIR, proposing
from charter.queries.rolling import RollingPage, rolling_text
from charter.text.compilation import Compilation, Line, compiled

MOST = 12  # columns of proposals that a page or a sheet has room for


@dataclass(frozen=True, slots=True)
class Column:
    """`key` and `code` are a delegation's, or CHAIR and "", whose name is "". `amendments` counts
    those it has open in the language of the text, or of all languages."""

    key: int
    name: str
    amendments: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class CompilationPage:
    """As of one revision: `columns` are shown, `all` can be chosen, `left_out` found no room.

    `asked` says that the columns were asked for, and are not just those who propose something.
    """

    rolling: RollingPage
    compilation: Compilation
    columns: tuple[Column, ...]
    all: tuple[Column, ...]
    left_out: tuple[Column, ...] = ()
    asked: bool = False

    def labels(self, column: Column) -> frozenset[str]:
        """The labels of the amendments in a column."""
        return frozenset(
            label
            for label, one in self.rolling.behind.items()
            if (one.delegation or CHAIR) == column.key
        )

    def lines(self, *, everything: bool = False) -> tuple[Line, ...]:
        """The clauses that a column of this page asks something of, or all clauses."""
        shown = frozenset[str]().union(*map(self.labels, self.columns))
        return tuple(
            line
            for line in self.compilation.lines
            if any(entry.label in shown for entry in line.entries)
            or (everything and not line.planted and (line.id or line.heading))
        )


def compilation_of(
    charter: Charter,
    language: str,
    at: int | None = None,
    chosen: Collection[int] | None = None,
) -> CompilationPage:
    """The compilation as of revision `at` (None: the head), with the columns `chosen` by key.

    Unasked it has those with amendments on the table then, MOST at most. Eight queries at most.
    """
    rolling = rolling_text(charter, language, at)
    found = compiled(rolling.rolled, rolling.numbered(rolling.rolled.outline()))
    known = _columns(charter, language, rolling, found)
    wanted = [one for one in known if (one.amendments if chosen is None else one.key in chosen)]
    room = MOST if chosen is None else len(wanted)
    return CompilationPage(
        rolling=rolling,
        compilation=found,
        columns=tuple(wanted[:room]),
        all=tuple(known),
        left_out=tuple(wanted[room:]),
        asked=chosen is not None,
    )


def _columns(
    charter: Charter, language: str, rolling: RollingPage, found: Compilation
) -> list[Column]:
    """Every delegation, and the column of those with none where they propose something."""
    entries = (*found.unplaced, *(one for line in found.lines for one in line.entries))
    labels = {one.label for one in entries}
    proposers = [rolling.behind[label].delegation or CHAIR for label in labels]
    return [
        Column(one.key, one.name, proposers.count(one.key), one.code)
        for one in proposing(charter, language)
        if one.key != CHAIR or CHAIR in proposers
    ]
