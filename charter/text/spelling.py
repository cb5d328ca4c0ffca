"""The words of a text as they are looked for: by their form, which leaves out what tells no two
words apart.

Words are those of `tokens`. A word with an apostrophe is two ("l'homme"), one with full stops is
one ("U.S."). Of scripts written without spaces each sign is a word of its own, with the marks on
it: readers part such lines in more than one way, and any run of signs is found where it stands.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from charter.text.lexicon import words_and_ends

LONGEST = 80  # code points of a form; what is longer is known by its beginning

_APART = re.compile(r"['’‘ʼ`´＇_/\\]+")
_EDGE = '.,:;·-‐‑⁰¹²³⁴⁵⁶⁷⁸⁹"'
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
# Marks that a reader of the word may leave out: Arabic and Hebrew vowel signs, the Arabic
# elongation, the Cyrillic stress, and whatever joins, parts or turns letters without being one.
_UNSAID = re.compile(
    r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u2069\ufeff]|(?<=[\u0400-\u052f])[\u0300\u0301]"
)
_ACCENTED = re.compile(r"([A-Za-zα-ωΑ-Ω])[\u0300-\u036f]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# "And", "then", "by", "as", "for" and "the", which Arabic writes together with the word.
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=[\u0620-\u06ff]{2})")
_TURKIC = str.maketrans({"I": "ı", "İ": "i"})


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a text: its form, and where it stands in code points."""

    form: str
    start: int
    end: int


def words(text: str, language: str = "") -> list[Place]:
    """The words of a plain text in order, each with its form and place."""
    turkic = language[:2] in ("tr", "az")
    found = []
    for word, until in zip(*words_and_ends(text, language), strict=True):
        at = until - len(word)
        for form, start, end in _parts(word, turkic):
            found.append(Place(form, at + start, at + end))
    return found


@lru_cache(maxsize=1 << 15)
def _parts(token: str, turkic: bool) -> tuple[tuple[str, int, int], ...]:
    if not any(sign.isalnum() for sign in token):
        return ()
    found: list[tuple[str, int, int]] = []
    at = 0
    for piece in (*_APART.finditer(token), None):
        end = piece.start() if piece else len(token)
        start = at + len(token[at:end]) - len(token[at:end].lstrip(_EDGE))
        until = start + len(token[start:end].rstrip(_EDGE))
        form = _form(token[start:until], turkic)
        if form and is_unspaced(form):
            found += _signs(token, start, until, turkic)
        elif form:
            found.append((form, start, until))
        at = piece.end() if piece else end
    return tuple(found)


def _signs(token: str, start: int, until: int, turkic: bool) -> Iterator[tuple[str, int, int]]:
    """Each sign of a script without spaces with its marks, and what stands between such signs."""
    at = start
    for end in range(start + 1, until + 1):
        if end < until and not _parts_there(token[end - 1], token[end]):
            continue
        form = _form(token[at:end], turkic)
        if form:
            yield form, at, end
            at = end


def _parts_there(before: str, after: str) -> bool:
    if unicodedata.category(after).startswith("M"):
        return False
    return is_unspaced(before) or is_unspaced(after)


def _form(word: str, turkic: bool) -> str:
    """Case, "ё", unsaid marks and the full stops of an abbreviation make no difference."""
    if not word.isascii():
        word = unicodedata.normalize("NFC", word)
        word = word.translate(_TURKIC) if turkic else word
        word = unicodedata.normalize("NFC", word.casefold())
        word = _UNSAID.sub("", word).replace("ё", "е")
    else:
        word = word.translate(_TURKIC).lower() if turkic else word.lower()
    if "." in word and any(sign.isalpha() for sign in word):
        word = word.replace(".", "")
    return word[:LONGEST] if any(sign.isalnum() for sign in word) else ""


@lru_cache(maxsize=1 << 15)
def plain(form: str) -> str:
    """A form without the accents of Latin and Greek letters and without the Arabic article.

    "й" and "и" stay two letters.
    """
    if form.isascii():
        return form
    form = _ARTICLE.sub("", form)
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", form))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def is_unspaced(form: str) -> bool:
    """Whether any letter of a word is of a script written without spaces."""
    return _UNSPACED.search(form) is not None


def trigrams(form: str) -> frozenset[str]:
    """Every three characters of a word that stand together, its beginning and end among them."""
    edged = f"  {form} "
    return frozenset(edged[at : at + 3] for at in range(len(edged) - 2))
