"""Words of any script, losslessly.

Boundaries are those of ICU's word iterator (Unicode Standard Annex #29, with ICU's dictionaries for
Chinese, Japanese, Thai, Lao, Khmer and Burmese), the ones a browser's `Intl.Segmenter` gives. On
top of that a run of white space is one token, an abbreviation keeps its last full stop ("U.S.",
"Art.", "т.е."), a number or word keeps its superscript ("79¹"), and a user-perceived character is
never divided.

Where white space parts words, neither depends on the other. So an abbreviation keeps its full stop
at the end of a sentence too, as typography has it: there is one stop for both.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, WordBreaker

from charter.text.abbreviations import abbreviations, compounded, may_be_held

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"

# Characters that belong to a grapheme without belonging to a word by UAX #29: marks that precede
# what they mark, and vowel signs of Thai and Lao.
_BINDING = (
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u0e33\u0eb3\U000110bd\U000110cd"
    "\U000111c2\U000111c3\U0001193f\U00011941\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02"
)
_BOUND = re.compile(f"[{_BINDING}]")

# ICU takes a narrow no-break space for a letter; here it is white space, as in "10 000".
_NARROW = re.compile("(\u202f)(?=\\w|\u202f|\\Z)")

# A line feed divides words in any script; the white space around it is one token with it, as far as
# no mark stands on that white space.
_LINES = re.compile(r"((?<!\s)\s*\n(?:\s*(?=[\w!-~“„‘«—]|\Z))?)")

# White space other than the space, superscripts, binding characters: the rare texts with one of
# them are looked at token by token.
_LOOSE = re.compile(
    "[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    f"{_SUPERSCRIPT}{_BINDING}]"
)


def tokens(text: str, language: str = "") -> list[str]:
    """The words, numbers, punctuation marks and white space of a text, in order.

    Joining them gives the text back. `language` is a BCP 47 tag and may be empty; dictionaries are
    chosen by script, so it seldom matters. Any string is accepted, lone surrogates included.
    """
    language = _tag(language)
    if "\n" in text:
        return [
            token
            for piece in _LINES.split(text)
            for token in ((piece,) if piece.isspace() else _words(piece, language))
        ]
    return _words(text, language)


@lru_cache(maxsize=64)
def _tag(language: str) -> str:
    return language if _LANGUAGE.fullmatch(language) else ""


def _words(text: str, language: str) -> list[str]:
    try:
        found = list(WordBreaker(text, language))
    except UnicodeEncodeError:
        return _cut(text, _words(_SURROGATE.sub("\ufffd", text), language))
    plain = text.isascii() and text.isprintable()
    if not plain and _LOOSE.search(text):
        found = _joined(text, found)
    if "." in text and may_be_held(text, language):
        return _abbreviated(found, language)
    return found


def _abbreviated(found: list[str], language: str) -> list[str]:
    """The tokens with the full stop of an abbreviation joined to it; "etc..." has none."""
    known = abbreviations(language)
    stops: list[int] = []
    at = 0
    try:
        while True:
            at = found.index(".", at + 1)
            word = found[at - 1]
            if word in known or (not word.isalpha() and compounded(word, known)):
                stops.append(at)
    except ValueError:
        pass
    out, start, end = [], 0, len(found) - 1
    for at in stops:
        if at == end or found[at + 1] != ".":
            out += found[start:at]
            out[-1] += "."
            start = at + 1
    return out + found[start:] if start else found


def _cut(text: str, like: Iterable[str]) -> list[str]:
    """The text cut into pieces as long as those of another text."""
    pieces, at = [], 0
    for piece in like:
        pieces.append(text[at : at + len(piece)])
        at += len(piece)
    return pieces


def _joined(text: str, found: list[str]) -> list[str]:
    if "\u202f" in text:
        found = [piece for token in found for piece in _NARROW.split(token) if piece]
    if _BOUND.search(text):
        found = list(_whole_graphemes(text, found))
    out: list[str] = []
    blanks: list[str] = []  # joined at their end: a run of them may be as long as the text
    last = ""
    for token in found:
        if token.isspace():
            blanks.append(token)
            continue
        if blanks:
            out.append("".join(blanks))
            blanks, last = [], ""
        # What belongs to the token before is no letter of the usual kind.
        if not token.isalpha() and last and _belongs(last, token):
            last = out[-1] = last + token
        else:
            out.append(token)
            last = token
    return [*out, "".join(blanks)] if blanks else out


def _belongs(left: str, right: str) -> bool:
    return right[0] in _SUPERSCRIPT and left[-1].isalnum()


def _whole_graphemes(text: str, found: list[str]) -> Iterator[str]:
    """Tokens joined wherever a boundary between them would divide a user-perceived character."""
    allowed, at = set(), 0
    for grapheme in CharacterBreaker(text, ""):
        at += len(grapheme)
        allowed.add(at)
    at, piece = 0, ""
    for token in found:
        at += len(token)
        piece += token
        if at in allowed:
            yield piece
            piece = ""
