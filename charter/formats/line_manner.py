"""The lines of a text, and in what manner they are marked."""

from dataclasses import dataclass

from charter.text.kinds import Kind


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is marked: as Markdown or not, and which units it names on lines without a mark.

    `led`: also by what is set off at the head of a paragraph, "**Section 1.** All.".
    Of a plain text: how wide it is set, and whether it numbers its units 1, 1.1, 1.1.1.
    """

    markdown: bool = True
    unmarked: frozenset[Kind] = frozenset()
    led: bool = False
    width: int = 0
    decimal: bool = False


def cut(text: str) -> list[str]:
    return [line.expandtabs(4).rstrip(" ") for line in text.split("\n")]


def is_unwrapped(lines: list[str]) -> bool:
    """Whether every line is a paragraph: lines too long to be wrapped, or no empty lines."""
    return any(len(line) > 200 for line in lines) or not any(not line for line in lines[:-1])
