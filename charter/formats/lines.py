"""What one line of a text may begin, and how words are kept from beginning it."""

import re

from charter.formats.blocks import Heading
from charter.formats.item_marks import Marked, item, mark_alone
from charter.formats.labels import Named, named
from charter.formats.series import counts
from charter.formats.wrapping import joined
from charter.text.kinds import Kind

HEADING = re.compile(r" {0,3}(#{1,6})(?![^\s\w]|[\d_])(.*)")
RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*")
FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
QUOTE = re.compile(r"[ \t]*((?:>[ \t]?)+)(.*)")
DEFINITION = re.compile(r" {0,3}\[(\^?)((?:[^\[\]\\]|\\.){1,200})\]:[ \t]*(.*)")
# No blank can be taken in two ways, or a long run of them would take the square of its length.
DELIMITERS = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?")
# Urdu, Devanagari and its kin, Tibetan, Burmese, Khmer, Ethiopic, Armenian, Arabic, Mongolian.
STOPS = "۔।॥།༎။၊។៕៖።፤፣։؛،᠃᠂"
TERMINAL = tuple('.:;,!?…。；：，！？、»”")]—–|' + STOPS)
_JOINERS = (" and", " or", " и", " или", " либо", " et", " ou", " y", " o", " und", " oder")
_FIRSTS = frozenset({"1", "a", "A", "aa", "i", "а", "一", "أ"})


def opens_block(text: str) -> bool:
    """Whether a paragraph of these words would be read as something else in Markdown."""
    return (
        marked_heading(text) is not None
        or RULE.fullmatch(text) is not None
        or FENCE.fullmatch(text) is not None
        or DEFINITION.match(text) is not None
        or item(text, lenient=True) is not None
        or mark_alone(text) is not None
        or _is_odd_quote(text)
        or unit(text) is not None
    )


def unit(text: str) -> Named | None:
    """The unit that words without a mark name, if they do no more: "Article 5", "§ 3. Dues"."""
    if len(text) > _LONGEST:
        return None
    found = named(unwrapped(text))
    if found is None or not found.rest or found.label.startswith(("第", "제")):
        return found
    if found.kind is not Kind.ARTICLE and found.label.rstrip(".")[-2:].isalpha():
        spelled = not found.label.rstrip(".")[-2:].isupper()  # "Часть первая", and not "Part II"
        if spelled and not heading_like(found.rest):
            return None
    if found.tight:
        return found
    parted = found.label.startswith("附") and text[len(found.label) :][:1].isspace()
    return found if (found.rest[0].isupper() or parted) and heading_like(found.rest) else None


_LONGEST = 10_000
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


_LED = re.compile(
    r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1(?P<stop>[.:]?)\s+(?=\S)(?P<words>.*)", re.DOTALL
)


def led(text: str) -> tuple[Named, str, str] | None:
    """A unit whose name is set off at the head of its words: "**Section 1.** All.".

    The unit, its name and heading as they stand, the words after them.
    """
    found = _LED.fullmatch(text) if text.startswith(("**", "__")) else None
    name = named(found[2]) if found else None
    if found is None or name is None or "\\" in found[2]:
        return None
    ended = found["stop"] or not found[2][-1].isalnum()
    return (name, found[2], found["words"]) if ended or not found["words"][0].islower() else None


def set_apart(text: str) -> str:
    """Words that begin with a unit's name set off, with the backslash that makes it none."""
    lead = led(text)
    if lead is None:
        return text
    stop = _PUNCTUATION.search(lead[1])
    at = 2 + stop.start() if stop else 0
    return f"{text[:at]}\\{text[at:]}"


def _is_odd_quote(text: str) -> bool:
    """Whether these words, read as a quotation, would look different."""
    found = QUOTE.fullmatch(text)
    return found is not None and f"{found[1].strip()} {found[2]}" != text


def guarded(text: str) -> str:
    """The words with a backslash where they would begin another block; see `unguarded`."""
    if not opens_block(text):
        return text
    for at in _places(text):
        escaped = f"{text[:at]}\\{text[at:]}"
        if not opens_block(escaped):
            return escaped
    return text


def unguarded(text: str) -> str:
    """The words without a backslash that stands only to keep them from beginning a block."""
    for at in set(_places(text)):
        bare = text[:at] + text[at + 1 :]
        if text[at : at + 1] == "\\" and text in (guarded(bare), set_apart(bare)):
            return bare
    return text


def _places(text: str) -> tuple[int, ...]:
    """Where a backslash may stand: before the first mark of punctuation, the first sign, all."""
    found = _PUNCTUATION.search(text[:60].replace("\\", " "))
    mark = text.find("\\", 0, 60)
    first = next((at for at, sign in enumerate(text) if not sign.isalnum()), 0)
    return (*((mark,) if mark > 0 else ()), *((found.start(),) if found else ()), first, 0)


def heading_like(text: str) -> bool:
    """Whether words look like a title and not like a sentence."""
    if not text or len(text) > (_UNSTOPPED_TITLE if _UNSTOPPED.search(text) else _TITLE):
        return False
    return not text.endswith(_SENTENCE_ENDS) or _SHORTENED.search(text) is not None


def is_title(text: str) -> bool:
    """Whether words in capitals throughout are a heading."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 2 and all(sign.isupper() for sign in letters) and heading_like(text)


# A stop that ends an abbreviation and no sentence: "e.V.", "S.p.A.", "Garden Co."
_SHORTENED = re.compile(r"(?:(?<!\w)(?:[^\W\d_]{1,3}\. ?)+[A-Z]\.|\s(?:Inc|Ltd|Co|Corp|Cie)\.)$")
_SENTENCE_ENDS = tuple(".:;,。；：，|" + STOPS)
_TITLE = 120  # signs of a title
# Thai and Lao end no sentence with a mark and part no words: what is long is no title.
_UNSTOPPED = re.compile(r"[\u0e00-\u0eff]")
_UNSTOPPED_TITLE = 40


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def marked_heading(line: str) -> Heading | None:
    """The heading that a line marks; its text may be empty."""
    found = HEADING.fullmatch(line)
    if found is None:
        return None
    text = joined([found[2]])
    opened = text.rstrip("#")
    if not opened or opened.endswith(" "):
        text = opened.rstrip()  # the closing marks
    return Heading(len(found[1]), text)


def row(line: str) -> str:
    words = joined([line]).strip("|").strip()
    return f"| {words} |"


def figures(mark: str) -> int:
    figures = mark.strip("().．、-–")
    return int(figures) if figures.isdecimal() and figures.isascii() else 0


def interrupts(marked: Marked, last: str) -> bool:
    """Whether an item that continues no list may begin right after the words `last`."""
    if not marked.rest or figures(marked.mark) > 999:
        return False
    if marked.bullet or not last.strip():
        return True
    if refers(last):
        return False
    first = any(count.is_first for count in counts(marked.mark))
    if ends_item(last):
        return first or not last.rstrip().endswith((",", "،"))
    core = marked.mark.strip("().、（）．-–")
    return core in _FIRSTS and marked.mark not in ("a.", "i.")


def ends_item(last: str) -> bool:
    """Whether these may be the last words before an item."""
    return last.rstrip().endswith(_ITEM_ENDS)


_ITEM_ENDS = (*".:;,—。；：،؛", *_JOINERS)


def refers(last: str) -> bool:
    """Whether a number has to come next: "in accordance with Article", "under §"."""
    return _REFERS.search(last.rstrip()[-20:]) is not None


def is_unfinished(last: str) -> bool:
    """Whether a sentence surely goes on after these words: after a comma or a preposition."""
    end = last.rstrip()
    return end.endswith((",", "،", "，")) or _OPEN_END.search(end[-20:]) is not None


_OPEN_END = re.compile(
    r"\s(?:of|in|to|under|with|by|for|from|at|on|the|an|that|which|who|shall|is|are"
    r"|в|с|по|к|из|от|на|для|о|об|при|за|под|и|что|который|которая|которые"
    r"|de|du|des|à|au|aux|en|par|sur|les|la|le|del|el|los|las|al|por|con|que|qui"
    r"|von|nach|mit|gemäß|der|die|das|dem|den|im|zum|zur|und"
    r"|في|من|إلى|على|عن)$",
    re.IGNORECASE,
)


# Names of units as they stand inside a sentence, in all their endings.
_REFERS = re.compile(
    r"(?:[§№]|(?:^|[\s(])(?:(?:sub-?)?(?:article|section|paragraph|clause|chapter|annex|rule|point"
    r"|regulation)s?|parts?|arts?\.|secs?\.|paras?\.?|nos?\."
    r"|(?:стать|пункт|подпункт|част|глав|раздел|абзац|приложени)[а-яё]{0,3}|ст\.|пп?\.|ч\."
    r"|alinéas?|paragraphes?|chapitres?|artículos?|párrafos?|apartados?|capítulos?"
    r"|artikeln?|artikels|absatz(?:es)?|absätzen?|abs\.|nummern?|nr\.|buchstaben?|anlagen?"
    r"|(?:و|ب|ل|لل)?(?:المادة|المواد|المادتين|الفقرة|الفقرات|البند)))$",
    re.IGNORECASE,
)


def unwrapped(text: str) -> str:
    """A line without the emphasis that wraps all of it: "**Article 5**" is "Article 5"."""
    for mark in ("***", "**", "__", "*", "_") if text[:1] in ("*", "_") else ():
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and inner and mark[0] not in inner:
            return inner.strip()
    return text
