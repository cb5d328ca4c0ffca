"""How the marks of items count: what "(i)", "bb)" or "(2A)" may stand for, and what follows it.

A mark may be taken in more than one way: "(i)" is a letter after "(h)" and else a number. So a
mark has several counts, and a list those that all its marks so far agree with.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from charter.text.numerals import (
    ABJAD,
    CAPITALS,
    CYRILLIC,
    DOUBLED,
    HAN,
    LETTERS,
    REPEATS,
    roman_value,
)

BULLETS = "*+•‣▪◦·–—-"
AROUND = "().．、（）°º-– "  # what is printed around a number
_FIGURE = re.compile(rf"(\d+)(?:([A-Za-z]{{1,2}})|[ -]?({'|'.join(REPEATS)}))?", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+(?:\.\d+)+")
_ALIFBA = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"  # the order of Arabic dictionaries
_GREEK = ("α", "β", "γ", "δ", "ε", "στ", *"ζηθικλμνξοπρστυφχψω")
_SKIPPED = {"ё": "е", "й": "и", "ъ": "щ", "ы": "щъ", "ь": "щъы"}  # Russian letters mostly not used
_ROOM = 32  # lists open inside one another
_PROBABLE = 40  # Roman numbers below this are taken for such before letters


@dataclass(frozen=True, slots=True)
class Count:
    """One way to take a mark: the manner of its list, "(a)" or "1.", and its place there.

    (2,) is the second; (2, 1) the first inserted behind it, "2A" or "2 bis". The `place` of a
    decimal number has all its figures, and its manner says so: "1.1".
    """

    manner: str
    place: tuple[int, ...]

    @property
    def is_first(self) -> bool:
        return self.place == (1,)

    def follows(self, other: "Count") -> bool:
        """Whether this comes right after the other in one list."""
        if self.manner != other.manner:
            return False
        before, here = other.place, self.place
        if "1.1" in self.manner:
            return before[:-1] == here[:-1] and before[-1] + 1 == here[-1]
        if len(here) == 1:
            return here[0] == before[0] + 1
        return here[0] == before[0] and here[1] == (before[1] if len(before) > 1 else 0) + 1


Counts = tuple[Count, ...]


@lru_cache(maxsize=4096)
def counts(mark: str) -> Counts:
    """The ways to take a mark, the likeliest first where no list is open; none for a bullet."""
    core = mark.strip(AROUND)
    if mark in BULLETS or not core:
        return ()
    found = [Count(mark.replace(core, shape, 1), place) for shape, place in _places(core)]
    return tuple(sorted(found, key=_likely)) or (Count(mark.replace(core, "?", 1), (0,)),)


def manner(mark: str) -> str:
    """The likeliest manner of a mark, "•" for bullets."""
    found = counts(mark)
    return found[0].manner if found else "•"


def _likely(count: Count) -> tuple[bool, int]:
    shape = count.manner.strip(AROUND)
    if shape in ("i", "I"):
        return not count.is_first, 0 if 1 < count.place[0] < _PROBABLE else 2
    return not count.is_first, 1


def _places(core: str) -> Iterable[tuple[str, tuple[int, ...]]]:
    if _DECIMAL.fullmatch(core):
        figures = core.split(".")
        return [(".".join("1" for _ in figures), tuple(int(figure[:9]) for figure in figures))]
    if found := _FIGURE.fullmatch(core):
        number, letters, repeat = found.groups()
        inserted = LETTERS.read(letters.lower()) if letters else None
        if repeat:
            inserted = REPEATS.index(repeat.lower()) + 1
        return [("1", (int(number[:9]), inserted) if inserted else (int(number[:9]),))]
    base, _, repeat = core.partition(" ")
    inserted = REPEATS.index(repeat) + 1 if repeat in REPEATS else 0
    return [
        (shape, (place[0], inserted) if inserted else place) for shape, place in _lettered(base)
    ]


def _lettered(core: str) -> Iterable[tuple[str, tuple[int, ...]]]:
    out: list[tuple[str, tuple[int, ...] | None]] = []
    if core.isascii() and core.islower():
        out += [("a", _one(LETTERS.read, core) if len(core) < 3 else None)]
        out += [("i", _single(core)), ("aa", _one(DOUBLED.read, core))]
    elif core.isascii() and core.isupper():
        out += [("A", _one(CAPITALS.read, core) if len(core) < 3 else None)]
        out += [("I", _single(core))]
    elif core[:1] in "абвгдежзийклмнопрстуфхцчшщэюяёъыь":
        out += [("а", _cyrillic(core))]
    elif core[:1] in "〇一二三四五六七八九十百千":
        out += [("一", _one(HAN.read, core))]
    elif core in _GREEK:
        out += [("α", (_GREEK.index(core) + 1,))]
    else:
        bare = core.rstrip("ـ").replace("أ", "ا")
        abjad = [letter.rstrip("ـ").replace("أ", "ا") for letter in ABJAD]
        out += [("أ", (order.index(bare) + 1,)) for order in (abjad, _ALIFBA) if bare in order]
    return [(shape, place) for shape, place in out if place]


def _one(read: Callable[[str], int | None], core: str) -> tuple[int, ...] | None:
    number = read(core)
    return (number,) if number else None


def _single(core: str) -> tuple[int, ...] | None:
    return _one(roman_value, core)


def _cyrillic(letter: str) -> tuple[int, ...] | None:
    if letter in CYRILLIC:
        return (CYRILLIC.index(letter) + 1,)
    before = _SKIPPED.get(letter)
    return (CYRILLIC.index(before[0]) + 1, len(before)) if before else None


def going_on(found: Counts, before: Counts) -> Counts:
    """Those of a mark's counts that follow the last one of a list."""
    return tuple(count for count in found if any(count.follows(other) for other in before))


def alike(mark: str, other: str) -> bool:
    """Whether two marks may be of one manner, the first of them taken as is likeliest."""
    found = counts(mark)
    return bool(found) and any(found[0].manner == count.manner for count in counts(other))


class Open:
    """The lists open at one place of a text, as far as the marks of their last items tell."""

    def __init__(self) -> None:
        self.lists: list[Counts] = []

    def continued_by(self, mark: str) -> bool:
        found = counts(mark)
        return any(going_on(found, before) for before in self.lists)

    def take(self, mark: str) -> None:
        """An item with this mark comes next: lists inside the one it belongs to are over."""
        found = counts(mark)
        for at in range(len(self.lists) - 1, -1, -1):
            if going := going_on(found, self.lists[at]):
                self.lists[at:] = [going]
                return
        if not found:
            return
        likeliest = found[0].manner
        same = [at for at, before in enumerate(self.lists) if before[0].manner == likeliest]
        if same and not found[0].is_first:
            del self.lists[same[0] :]
        elif same and same[-1] == len(self.lists) - 1:
            self.lists.pop()
        self.lists.append(found)
        del self.lists[:-_ROOM]
