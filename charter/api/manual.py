"""The worked examples: one file of headings, paragraphs and fenced blocks, shown and run alike."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("examples.md")
FENCE = "```"


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is "h1", "h2", "p", or the language of a fenced block: "sh", "json"."""

    kind: str
    text: str

    @property
    def runs(self) -> list[tuple[bool, str]]:
        """The words of a paragraph, and whether each run of them is code: those in backticks."""
        return [(at % 2 == 1, run) for at, run in enumerate(self.text.split("`")) if run]


@cache
def blocks() -> tuple[Block, ...]:
    """What the file says, in order."""
    found: list[Block] = []
    for part in _parts(FILE.read_text(encoding="utf-8")):
        if part.startswith(FENCE):
            kind, _line, inner = part.removeprefix(FENCE).partition("\n")
            found.append(Block(kind, inner.removesuffix(FENCE).rstrip("\n")))
        elif part.startswith("#"):
            marks, _space, said = part.partition(" ")
            found.append(Block(f"h{len(marks)}", said))
        else:
            found.append(Block("p", " ".join(part.split())))
    return tuple(found)


def _parts(text: str) -> list[str]:
    """Paragraphs between empty lines; a fenced block is one, whatever is in it."""
    parts: list[str] = []
    held: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith(FENCE)
        if line or fenced:
            held.append(line)
        elif held:
            parts.append("\n".join(held))
            held = []
    return [*parts, "\n".join(held)] if held else parts
