"""The lines of a text, and in what manner they are marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from charter.formats.decimals import Decimals
from charter.text.kinds import Kind


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is marked: as Markdown or not, and which units it names on lines without a mark.

    `led`: also by what is set off at the head of a paragraph, "**Section 1.** All.". `stopped` are
    the kinds of these whose titles end with a full stop.
    Of a plain text: how wide it is set; how it numbers its units 1, 1.1, 1.1.1, if it does; at
    which lines titles with one figure begin, with how many lines they have; which lines name units
    by a name that is only known by its row, or with words behind the number.
    """

    markdown: bool = True
    unmarked: frozenset[Kind] = frozenset()
    led: bool = False
    stopped: frozenset[Kind] = frozenset()
    width: int = 0
    decimals: Decimals | None = None
    titles: Mapping[int, int] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    run_in: frozenset[str] = frozenset()


def cut(text: str) -> list[str]:
    return [line.expandtabs(4).rstrip(" ") for line in text.split("\n")]
