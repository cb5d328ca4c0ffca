"""What can be done to a text, each as a value: an editor's save is one of these, a change set many.

A clause is named by its id, or, when an operation before has inserted it, by the name given there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from charter.actions import gate, trees
from charter.actions.values import UNCHANGED, Unchanged, Words

NUMERAL = 80  # characters


@dataclass(frozen=True, slots=True)
class New:
    """A clause that an operation before this one inserts under this name."""

    name: str


Named = UUID | New


@dataclass(frozen=True, slots=True)
class Insert:
    """A new clause in `parent` (None: the top level), behind or ahead of a sibling, first or last.

    `words` are by language. `name` is for the operations that follow.
    """

    kind: str
    words: Mapping[str, Words] = field(default_factory=dict)
    parent: Named | None = None
    after: Named | None = None
    before: Named | None = None
    numeral: str | None = None
    principles: tuple[str, ...] = ()
    name: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Reword:
    """Other words in these languages; the root's heading is the title of the charter."""

    clause: Named
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Recast:
    """Another kind, another number, or both. A `numeral` of None is computed, "" is none."""

    clause: Named
    kind: str | None = None
    numeral: str | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True)
class Tag:
    """The principles the clause is to serve, and no others."""

    clause: Named
    principles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """Out of the text with all below it."""

    clause: Named


@dataclass(frozen=True, slots=True)
class Restore:
    """Back where it stood."""

    clause: Named


@dataclass(frozen=True, slots=True)
class Move:
    """Into `parent` (None: the top level) with all below it, beside a sibling, first or last."""

    clause: Named
    parent: Named | None = None
    after: Named | None = None
    before: Named | None = None
    first: bool = False


Operation = Insert | Reword | Recast | Tag | Strike | Restore | Move


def passed(operation: Operation) -> Operation:
    """The operation with its words through the gate, which needs no lock."""
    match operation:
        case Insert():
            return replace(
                operation,
                kind=trees.kind_of(operation.kind),
                numeral=given_numeral(operation.numeral),
                words=_gated(operation.words),
            )
        case Reword():
            return replace(operation, words=_gated(operation.words))
        case Recast():
            kind, numeral = operation.kind, operation.numeral
            return replace(
                operation,
                kind=None if kind is None else trees.kind_of(kind),
                numeral=given_numeral(numeral) if isinstance(numeral, str) else numeral,
            )
    return operation


def given_numeral(numeral: str | None) -> str | None:
    """A number given by the text: at most 80 characters of one line. None: it is computed."""
    return None if numeral is None else gate.line(numeral, NUMERAL)


def _gated(words: Mapping[str, Words]) -> dict[str, Words]:
    return {language: gate.words(one) for language, one in words.items()}
