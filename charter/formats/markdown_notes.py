"""Footnotes and reference links: what a definition elsewhere says, put where it is meant.

`[^1]` becomes `^[the note]` and `[words][key]` becomes `[words](address)`. A definition that
nothing uses, or that the inline grammar cannot hold, stays in its place as words.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from charter.formats.blocks import Block, Definition, Heading, Item, Paragraph
from charter.text.inline import Footnote, parse

ROOM = 2_000_000  # letters that definitions may add to a text; those beyond stay as they are

_TARGET = re.compile(
    r"(?:<(?P<held>[^<>\s]+)>|(?P<bare>[^\s<>]+))"
    r"(?:\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^'\"]*)'|\((?P<c>[^()\"]*)\)))?"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PAIRED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*){0,9}")
_MARK = re.compile(r"\\.|(`+)|[\[\]]", re.DOTALL)


def resolved(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with every use of a definition replaced, and used definitions left out."""
    definitions = _Definitions(blocks)
    if not definitions.known:
        return blocks
    replaced = definitions.replaced(blocks)
    return tuple(definitions.settled(replaced))


class _Definitions:
    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.known: dict[tuple[bool, str], Definition] = {}
        for definition in _definitions(blocks):
            self.known.setdefault(_key(definition), definition)
        self.used: set[tuple[bool, str]] = set()
        self.room = ROOM
        self.targets = {key: _target(found) for key, found in self.known.items() if not key[0]}
        self.notes = {key: self._note(found) for key, found in self.known.items() if key[0]}

    def replaced(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        out: list[Block] = []
        for block in blocks:
            if isinstance(block, Item):
                block = replace(block, blocks=self.replaced(block.blocks))
            elif isinstance(block, Heading | Paragraph):
                block = replace(block, text=self.text(block.text))
            out.append(block)
        return tuple(out)

    def settled(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Item):
                yield replace(block, blocks=tuple(self.settled(block.blocks)))
            elif not isinstance(block, Definition):
                yield block
            elif _key(block) not in self.used or self.known[_key(block)] is not block:
                yield Paragraph(block.source)

    def text(self, text: str, notes: bool = True) -> str:
        """Words with the definitions they use put in."""
        if "[" not in text:
            return text
        pairs = _pairs(text)
        out, done = [], 0
        for start in sorted(pairs):
            if start < done:
                continue
            found = self._meant(text, start, pairs, notes)
            if found is None:
                continue
            words, end, key = found
            self.room -= len(words)
            if self.room < 0:
                break
            self.used.add(key)
            out += [text[done:start], words]
            done = end
        return "".join([*out, text[done:]])

    def _meant(
        self, text: str, start: int, pairs: dict[int, int], notes: bool
    ) -> tuple[str, int, tuple[bool, str]] | None:
        """What stands for the brackets at `start`, where it ends, and whose definition it is."""
        end = pairs[start]
        inner = text[start + 1 : end]
        if inner.startswith("^"):
            key = (True, folded(inner[1:]))
            note = self.notes.get(key) if notes else None
            return (f"^[{note}]", end + 1, key) if note else None
        after = text[end + 1 : end + 2]
        if after == "(" or not inner.strip() or text[start - 1 : start] == "^":
            return None
        named, beyond = inner, end + 1
        if after == "[" and end + 1 in pairs:
            beyond = pairs[end + 1] + 1
            named = text[end + 2 : beyond - 1] or inner
        key = (False, folded(named))
        target = self.targets.get(key)
        return (f"[{inner}]({target})", beyond, key) if target else None

    def _note(self, definition: Definition) -> str:
        words = self.text(definition.text, notes=False)
        nodes = parse(f"^[{words}]")
        whole = len(nodes) == 1 and isinstance(nodes[0], Footnote)
        return words if words and whole else ""


def _definitions(blocks: tuple[Block, ...]) -> Iterator[Definition]:
    for block in blocks:
        if isinstance(block, Definition):
            yield block
        elif isinstance(block, Item):
            yield from _definitions(block.blocks)


def _key(definition: Definition) -> tuple[bool, str]:
    return definition.note, folded(definition.key)


def folded(key: str) -> str:
    """A key as it is known again, whatever its capitals and blanks."""
    return " ".join(key.casefold().split())


def _target(definition: Definition) -> str:
    found = _TARGET.fullmatch(definition.text)
    if found is None:
        return ""
    title = found["a"] or found["b"] or found["c"]
    address = _ESCAPE.sub(r"\1", found["held"] or found["bare"])
    # Brackets that are no pairs would end the address; written so, it leads to the same place.
    if _PAIRED.fullmatch(address) is None:
        address = address.replace("(", "%28").replace(")", "%29")
    return f'{address} "{title}"' if title else address


def _pairs(text: str) -> dict[int, int]:
    """Places of square brackets that belong together, outside of code and escapes."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while found := _MARK.search(text, at):
        at = found.end()
        mark = found.group()
        if mark == "[":
            opened.append(found.start())
        elif mark == "]" and opened:
            pairs[opened.pop()] = found.start()
        elif found[1]:
            closing = re.compile(rf"(?<!`){mark}(?!`)").search(text, at) if len(mark) < 9 else None
            at = closing.end() if closing else at
    return pairs
