"""Ways of writing a number: Roman, letters of several alphabets, Chinese, with bis, ter, quater.

`Digits` are both directions of one way; `value` reads the number out of anything a text may
print at a clause ("Article. IV.", "12a", "(c)", "5 bis").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_FORM = re.compile(r"M{0,4}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)

LATIN = "abcdefghijklmnopqrstuvwxyz"
# Russian drafting skips the letters that are no letters to count by: ё, й, ъ, ы, ь.
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
# The abjad order, in which Arabic texts count; the fifth letter is printed with its tail.
ABJAD = ("أ", "ب", "ج", "د", "هـ", *"وزحطيكلمنسعفصقرشتثخذضظغ")

# Latin multiplicatives, as inserted clauses of treaties are numbered.
REPEATS = (
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septdecies",
    "octodecies",
    "novodecies",
    "vicies",
)

_HAN = "〇一二三四五六七八九"
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Digits:
    """One way of writing numbers: `write(7)` gives its form, `read` the number or None."""

    write: Callable[[int], str]
    read: Callable[[str], int | None]


def roman(number: int) -> str:
    """Upper-case Roman numeral; "0" for nought, which the Romans had no sign for."""
    if number <= 0:
        return "0"
    out = []
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        out.append(sign * times)
    return "".join(out)


def roman_value(text: str) -> int | None:
    """The number a well-formed Roman numeral of either case stands for, else None."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    rest, total = text.upper(), 0
    for worth, sign in _ROMAN:
        while rest.startswith(sign):
            total += worth
            rest = rest[len(sign) :]
    return total


def han(number: int) -> str:
    """Chinese numeral up to 9,999; digits beyond that."""
    if not 0 < number < 10_000:
        return str(number) if number else "〇"
    out, gap = "", False
    for unit, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, worth)
        if digit:
            out += ("〇" if gap and out else "") + _HAN[digit] + unit
            gap = False
        else:
            gap = bool(out)
    return out[1:] if out.startswith("一十") else out


def han_value(text: str) -> int | None:
    """The number a Chinese numeral stands for, else None."""
    if not text or any(
        sign not in _HAN and sign not in _HAN_UNITS and sign != "零" for sign in text
    ):
        return None
    total = digit = 0
    for sign in text:
        if sign in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[sign]
            digit = 0
        else:
            digit = 0 if sign == "零" else _HAN.index(sign)
    return total + digit


def _lettered(letters: tuple[str, ...]) -> Digits:
    def write(number: int) -> str:
        out = ""
        while number > 0:
            number, at = divmod(number - 1, len(letters))
            out = letters[at] + out
        return out or "0"

    places = {letter: at + 1 for at, letter in enumerate(letters)}

    def read(text: str) -> int | None:
        if text in places:
            return places[text]
        total = 0
        for letter in text:
            if letter not in places:
                return None
            total = total * len(letters) + places[letter]
        return total or None

    return Digits(write, read)


def _doubled(number: int) -> str:
    if number <= 0:
        return "0"
    times, at = divmod(number - 1, len(LATIN))
    return LATIN[at] * (times + 2)


def _doubled_value(text: str) -> int | None:
    if len(text) < 2 or len(set(text)) > 1 or text[0] not in LATIN:
        return None
    return LATIN.index(text[0]) + 1 + (len(text) - 2) * len(LATIN)


def _arabic_value(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


ARABIC = Digits(str, _arabic_value)
ROMAN = Digits(roman, roman_value)
ROMAN_LOWER = Digits(lambda number: roman(number).lower(), roman_value)
LETTERS = _lettered(tuple(LATIN))
CAPITALS = _lettered(tuple(LATIN.upper()))
LETTERS_RU = _lettered(tuple(CYRILLIC))
LETTERS_AR = _lettered(ABJAD)
DOUBLED = Digits(_doubled, _doubled_value)
HAN = Digits(han, han_value)

PIECE = re.compile(
    r"\d{1,9}|[〇零一二三四五六七八九十百千]+|[^\W\d_〇零一二三四五六七八九十百千]+ـ?"
)
_EVERY = (ARABIC, ROMAN, HAN, LETTERS, CAPITALS, LETTERS_RU, LETTERS_AR)

_REPEAT = "|".join(sorted(REPEATS, key=len, reverse=True))
BARE = re.compile(
    r"(?:\d+(?:[.\-–/]\d+)*[^\W\d_]{0,2}"
    r"|[IVXLCDM]+[a-z]?|[ivxlcdm]+"
    r"|[〇零一二三四五六七八九十百千]+"
    r"|[^\W\d_]{1,2}ـ?)"
    rf"(?: (?:{_REPEAT}))?"
)


def is_bare(numeral: str) -> bool:
    """Whether this is a number alone ("12a", "5 bis", "IV"), with nothing printed around it."""
    return BARE.fullmatch(numeral) is not None


def value(numeral: str, digits: Digits, decimal: bool = True) -> int | None:
    """The number in a printed numeral, read by `digits` first and by any other way after that.

    In a decimal number ("5.2") it is the last figure, or without `decimal` the first, for an
    article 5.2 stands between 5 and 6. None where there is no number ("•").
    """
    pieces = [piece for piece in PIECE.findall(numeral) if piece not in REPEATS]
    whole = numeral.strip("().:、 ")
    if decimal and "." in whole and whole.replace(".", "").isdecimal():
        pieces.reverse()
    for piece in pieces:
        number = digits.read(piece)
        if number is not None:
            return number
    for piece in pieces:
        for other in _EVERY:
            number = other.read(piece) if len(piece) < 3 or other in (ARABIC, ROMAN, HAN) else None
            if number is not None:
                return number
    return None
