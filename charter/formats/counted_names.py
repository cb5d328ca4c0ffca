"""Units whose name no table has: "Kuulal 1", "Kuulal 2", and so on to the last, in any language.

The same words with a number that counts up, each alone on its line over words of its own, name
units whatever they mean. In a language whose name of articles is known, or where a text has
articles by such a name, they are something else: its pages, its tables, the days of a programme.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from charter.formats.labels import Named, named
from charter.formats.languages import primary
from charter.formats.lines import STOPS, heading_like
from charter.formats.unit_names import LANGUAGES
from charter.text.kinds import Kind

_FEWEST = 5  # units that make a row
_FIRST = 2  # a row begins here at the latest: the first may be spelled out
_GAPS = 1.5  # numbers that a row passes for each it has: units are struck
_LONGEST = 200  # signs of such a line
_SIGHT = 12  # lines within which a unit has its words
_WORD = r"[^\s\d.,;:()\[\]|#*_—–]+"
_ENDING = r"(?:[ ‐‑-]?[^\W\d_]{1,5}|º|ª)?"  # of an ordinal: "2nd", "2‐nji"
_CLOSING = rf"(?P<closing>\s*[.:{STOPS}—–-]{{0,3}})(?:\s+(?P<rest>\S.*))?"
_BEFORE = re.compile(
    rf"(?P<label>(?P<name>{_WORD}(?: {_WORD}){{0,3}}),? ?"
    rf"(?:(?P<number>\d{{1,3}}){_ENDING}|\((?P<inside>\d{{1,3}})\))){_CLOSING}"
)
_BEHIND = re.compile(
    rf"(?P<label>(?P<number>\d{{1,3}})\.?{_ENDING}[ ‐‑-]{{1,3}}(?P<name>{_WORD})){_CLOSING}"
)


def counted_names(texts: Iterable[str], language: str) -> Mapping[str, Named]:
    """Of some lines or headings those that name units in a row, with the unit."""
    if primary(language) in LANGUAGES:
        return {}
    rows: dict[tuple[int, str], list[tuple[int, str, Named]]] = defaultdict(list)
    for text in texts:
        if len(text) > _LONGEST:
            continue
        known = named(text)
        if known is not None and known.kind is Kind.ARTICLE:
            return {}
        found = None if known else _counted(text)
        if found:
            keys, number, unit = found
            for key in keys:
                rows[key].append((number, text, unit))
    return {
        text: unit
        for row in rows.values()
        if _counts_up([number for number, _text, _unit in row])
        for _number, text, unit in row
    }


def counted_lines(lines: Sequence[str], language: str) -> frozenset[int]:
    """The lines of a plain text that name units in a row, set off and over words."""
    found = counted_names((line.strip() for line in lines if line[:1].strip()), language)
    places = [at for at, line in enumerate(lines) if line.strip() in found and line[:1].strip()]
    alone = all(_stands_over(lines, at, found) for at in places)
    return frozenset(places) if alone else frozenset()


def _counted(text: str) -> tuple[set[tuple[int, str]], int, Named] | None:
    """What rows a line may stand in, by a word and its place; its number and its unit."""
    if not any(sign.isdecimal() for sign in text):
        return None
    behind = text[0].isdecimal()
    found = (_BEHIND if behind else _BEFORE).fullmatch(text)
    if found is None or not any(sign.isalpha() for sign in found["name"]):
        return None
    label, closing, rest = found["label"], found["closing"].strip(), found["rest"] or ""
    if rest and not ((closing or label.endswith(")")) and heading_like(rest)):
        return None
    words = found["name"].casefold().split()
    # Between the name and a figure an ordinal may stand: "Mataki na farko (1)", "Kiñe Xoy (1)".
    keys = {(2, words[0])} if behind else {(0, words[0]), (1, words[-1])}
    number = found["number"] if behind else found["number"] or found["inside"]
    label += "." if closing.startswith(".") else ""
    return keys, int(number), Named(Kind.ARTICLE, label, rest)


def _counts_up(numbers: Sequence[int]) -> bool:
    """Whether these count up from the first, with few gaps."""
    up = all(before < after for before, after in pairwise(numbers))
    reach = numbers[-1] - numbers[0] + 1
    few = reach <= _GAPS * len(numbers)
    return up and few and numbers[0] <= _FIRST and len(numbers) >= _FEWEST


def _stands_over(lines: Sequence[str], at: int, found: Mapping[str, Named]) -> bool:
    if at and lines[at - 1].strip():
        return False
    below = next((line for line in lines[at + 1 : at + 1 + _SIGHT] if line.strip()), "")
    return bool(below) and below.strip() not in found
