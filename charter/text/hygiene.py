"""The gate on characters that hide or reorder words.

Every text enters in Unicode normal form C with line feeds, and without characters that a machine
compares and a reader cannot see. Characters that some scripts need are let through where they have
work to do: joiners after Arabic and Indic letters and in emoji, direction marks in lines with
right-to-left words, word breaks in scripts written without spaces, variation selectors after what
they vary, tags in flags. Private-use and unassigned characters show a sign of some kind and pass:
which are assigned depends on the age of the tables at hand.
"""

import re
import unicodedata
from collections.abc import Iterator

from charter.text.tokens import tokens

REASONS = {
    "control": "a control character",
    "surrogate": "half of a character",
    "noncharacter": "a code that is no character",
    "direction": "a character that reorders the words around it",
    "invisible": "a character that cannot be seen",
    "joiner": "a joiner where there is nothing to join",
    "variation": "a variation selector that varies nothing",
    "tag": "a tag character",
}


class HiddenCharacter(ValueError):
    """A character that a charter may not contain, where it stands.

    `position` counts code points from 0 in the text as it was given. `name` is the character's
    Unicode name, or its number where it has none. `code` is a key of `REASONS`.
    """

    def __init__(self, character: str, position: int, code: str) -> None:
        self.character = character
        self.position = position
        self.code = code
        self.number = f"U+{ord(character):04X}"
        self.name = unicodedata.name(character, self.number)
        named = self.number if self.name == self.number else f"{self.name}, {self.number}"
        super().__init__(f"Character {position + 1} is {REASONS[code]} ({named}).")


# What is never let through; every other character below depends on its neighbours.
_ALWAYS = {
    "control": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
    "surrogate": "\ud800-\udfff",
    "noncharacter": "\ufdd0-\ufdef"
    + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000)),
    "direction": "\u202a-\u202e\u2066-\u2069",
    "invisible": (
        "\xad\u034f\u115f\u1160\u17b4\u17b5\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
        "\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e00ff"
        "\U000e01f0-\U000e0fff"
    ),
}
_SOMETIMES = (
    "\u061c\u180b-\u180f\u200b-\u200f\ufe00-\ufe0f\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
_SUSPECT = re.compile(f"[{''.join(_ALWAYS.values())}{_SOMETIMES}]")
_CODES = {code: re.compile(f"[{characters}]") for code, characters in _ALWAYS.items()}

# Without the Arabic letter mark, which is no letter: it must not let itself pass.
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Letters and marks of scripts in which a joiner changes what is seen: cursive ones and those that
# stem from Brahmi.
_JOINING = re.compile(
    r"[\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f"
    r"\ua800-\ua87f\ua8e0-\ua9ff\uaa00-\uaadf\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    r"\U00010a00-\U00010a5f\U00010ac0-\U00010aff\U00010d00-\U00010d3f\U00011000-\U00011fff"
    r"\U0001e900-\U0001e95f]"
)
_UNSPACED = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1bff\ua980-\ua9ff\uaa00-\uaadf]"
)
_MONGOLIAN = re.compile(r"[\u1820-\u18aa]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_VARIED = re.compile(
    r"[\u1000-\u109f\uaa60-\uaa7f\ua840-\ua877\U00010ac0-\U00010aff‘’“”、。！，．：；？]"
)
_EMOJI_KEYS = frozenset("#*0123456789‼⁉ℹ〰")
# A region and its part, such as gbsct; longer ones would be a hidden message under a flag.
_FLAG = re.compile(r"\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")


def clean(text: str) -> str:
    """The text in normal form C with line feeds for line ends, and otherwise as it was.

    HiddenCharacter names the first character that may not stand where it does.
    """
    lines = _Lines(text)
    for match in _SUSPECT.finditer(text):
        at = match.start()
        code = _objection(text, at, lines)
        if code:
            raise HiddenCharacter(text[at], at, code)
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def shown(text: str) -> str:
    """The text with what `clean` would refuse named where it stands: "pay‹U+202E …›ment".

    For sentences about a text, which must not hide or reorder their own words.
    """
    lines = _Lines(text)

    def named(match: re.Match[str]) -> str:
        code = _objection(text, match.start(), lines)
        hidden = HiddenCharacter(match[0], match.start(), code) if code else None
        if hidden is None:
            return match[0]
        words = dict.fromkeys((hidden.number, hidden.name))
        return f"‹{' '.join(words)}›"

    return _SUSPECT.sub(named, text)


class _Lines:
    """Which lines have words from right to left; places are asked about in their order.

    Each line is searched once, however many marks stand in it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = -1
        self.turned = False

    def turned_at(self, at: int) -> bool:
        if at > self.end:
            end = self.text.find("\n", at)
            self.end = end if end >= 0 else len(self.text)
            start = self.text.rfind("\n", 0, at) + 1
            self.turned = _RIGHT_TO_LEFT.search(self.text, start, self.end) is not None
        return self.turned


def _objection(text: str, at: int, lines: _Lines) -> str:
    """Why the suspect character at a place may not stand there; "" when it may."""
    character = text[at]
    before, after = text[at - 1] if at else "", text[at + 1 : at + 2]
    for code, pattern in _CODES.items():
        if pattern.match(character):
            return code
    if character in "\u200e\u200f\u061c":
        return "" if lines.turned_at(at) else "direction"
    if character in "\u200c\u200d":
        return "" if _joins(character, before, after) else "joiner"
    if character == "\u200b":
        return "" if _parts_words(before, after) else "invisible"
    if character == "\u180e":
        return "" if _MONGOLIAN.match(before) and _MONGOLIAN.match(after) else "invisible"
    if "\U000e0000" <= character <= "\U000e007f":
        return "" if _in_flag(text, at) else "tag"
    return "" if _varies(character, before) else "variation"


def _parts_words(before: str, after: str) -> bool:
    """Whether a zero-width space stands at a word of a script written without spaces."""
    return before != "\u200b" and bool(_UNSPACED.match(before) or _UNSPACED.match(after))


def _joins(character: str, before: str, after: str) -> bool:
    if after in ("\u200c", "\u200d"):
        return False
    if _JOINING.match(before) and unicodedata.category(before)[0] in "LM":
        return True
    if character == "\u200c":
        return False
    pictures = before in ("\ufe0f", "\u20e3") or _category(before) in ("So", "Sm", "Sk")
    return (pictures and _category(after) in ("So", "Sm")) or (
        # At the start of a word the joiner shows the letter as in the middle of one.
        _JOINING.match(after) is not None and _category(after) == "Lo"
    )


def _category(character: str) -> str:
    return unicodedata.category(character) if character else ""


def _in_flag(text: str, at: int) -> bool:
    start = text.rfind("\U0001f3f4", 0, at)
    flag = _FLAG.match(text, start) if start >= 0 else None
    return flag is not None and at < flag.end()


def _varies(selector: str, before: str) -> bool:
    if "\u180b" <= selector <= "\u180f":
        return _MONGOLIAN.match(before) is not None
    if selector in "\ufe0e\ufe0f":
        return _category(before) in ("So", "Sm") or before in _EMOJI_KEYS
    if _IDEOGRAPH.match(before):
        return True
    return selector <= "\ufe0d" and (_VARIED.match(before) is not None or _category(before) == "Sm")


_LATIN = re.compile(r"[A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0250-\u02af\u1e00-\u1eff]")
_OTHER = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f]")


def mixed_script_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """Words of Latin and Cyrillic or Greek letters together, as "shаll" with a Cyrillic а.

    Each with its start and end in code points. Such a word is legal and may be meant, so this
    warns and `clean` lets it pass.
    """
    if not (_OTHER.search(text) and _LATIN.search(text)):
        return ()
    return tuple(_mixed(text))


def newly_mixed(before: str, after: str) -> tuple[str, ...]:
    """The words of mixed scripts that a wording gained, each once, in order."""
    old = {word for _, _, word in mixed_script_words(before)}
    new = dict.fromkeys(word for _, _, word in mixed_script_words(after))
    return tuple(word for word in new if word not in old)


def _mixed(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for word in tokens(text):
        if _LATIN.search(word) and _OTHER.search(word):
            yield at, at + len(word), word
        at += len(word)
