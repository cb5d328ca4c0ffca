"""Recognises the numbers that legal texts print at their clauses, in a dozen languages.

"Article 5 — Scope", "Article. IV.", "§ 3", "Статья 5", "第五条", "المادة 5", "Annex II" name units
with a heading. What stands before paragraphs and points is in `item_marks.py`.
"""

import re
from dataclasses import dataclass

from charter.formats.ordinals import CODED, ENDED, LEADING, SPELLED
from charter.formats.unit_names import FIRST, NAMES, PREAMBLES
from charter.text.kinds import Kind
from charter.text.numerals import REPEATS

_INNER = ("sub", "подраздел", "sous", "unter")
_HAN_NAMES = {
    Kind.PART: "编|部分|篇",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节|節",
    Kind.ARTICLE: "条|條",
}
_HAN = "[〇零一二三四五六七八九十百千廿卅两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟0-9０-９]{1,9}"
_ARABIC = "ال[ء-ي]{2,12}(?: (?:عشرة?|وال[ء-ي]{2,12}))?"  # ordinals: الأولى, الثانية عشرة
REPEAT = rf"(?:[ -](?:{'|'.join(REPEATS)})\b)?"
_NUMBER = (
    rf"(?:{ENDED}|{CODED}|\d+(?:[.\-–]\d+)*(?:[^\W\d_](?![^\W_]))?|(?-i:[IVXLCDM]+[a-z]?|[A-ZА-ЯΑ-Ω]['΄ʹ]?)(?![^\W_])"
    rf"|(?:{SPELLED})(?![^\W_])|{_ARABIC}|[א-ת]{{1,2}}[׳״']?(?![^\W_])){REPEAT}"
)
_REST = r"(?P<closing>\s*[.:)\]،۔։៖።]?)(?P<gap>\s*[—–:\-.]\s+|\s*[—–]\s*|\s*)(?P<rest>.*)"

_DOT = r"\.?"  # of "Art. 5"; an annex is not abbreviated

_NAMED = {
    kind: re.compile(
        rf"(?P<label>(?:{names}){'' if kind is Kind.ANNEX else _DOT}\s*(?:№\s*)?"
        rf"(?:{_NUMBER}|\(\d{{1,4}}\))){_REST}",
        re.I | re.S,
    )
    for kind, names in NAMES.items()
}
_ANY_NAME = re.compile(rf"(?:{'|'.join(NAMES.values())})(?![^\W\d_])", re.I)
_HAN_NAMED = {
    kind: re.compile(rf"(?P<label>第{_HAN} ?(?:{names})(?:之{_HAN})?){_REST}", re.S)
    for kind, names in _HAN_NAMES.items()
}
_KOREAN_NAMES = {Kind.PART: "편", Kind.CHAPTER: "장", Kind.SECTION: "절", Kind.ARTICLE: "조"}
_KOREAN_NAMED = {
    kind: re.compile(rf"(?P<label>제\s?\d{{1,4}}\s?{name}(?:의\s?\d{{1,3}})?){_REST}", re.S)
    for kind, name in _KOREAN_NAMES.items()
}
# German ordinals stand before the word, and those of some other languages may.
_LED_NAMES = {
    Kind.PART: "teil|titel|buch|partie|parte|часть",
    Kind.CHAPTER: "kapitel|chapitre|capítulo|глава",
    Kind.SECTION: "abschnitt|section|sección|раздел",
}
_LED_NAMED = {
    kind: re.compile(rf"(?P<label>(?:{LEADING})\s+(?:{names})(?![^\W_])){_REST}", re.I | re.S)
    for kind, names in _LED_NAMES.items()
}
_LED = re.compile(rf"(?:{LEADING})\s", re.I)
# Turkic and some other languages put the number first: 5-бап, 5‐nji madda, 5. cikk.
_FIRST = re.compile(
    rf"(?P<label>\d{{1,4}}(?:\.? | ?[-‐‑] ?)(?:[^\W\d_]{{1,8}} )?"
    rf"(?:{FIRST})(?![^\W_])(?!\s*\d)){_REST}",
    re.I | re.S,
)
# "Хорин нэгдүгээр зүйл"
_MONGOLIAN = re.compile(
    rf"(?P<label>[^\W\d_]+(?: [^\W\d_]+)?д[уү]г[аэ]+р зүйл){_REST}", re.I | re.S
)
_HAN_ANNEX = re.compile(rf"(?P<label>附[件录則则](?:{_HAN})?){_REST}", re.S)
_ANNEX = re.compile(
    rf"(?P<label>{NAMES[Kind.ANNEX]})(?![^\W\d_])(?P<closing>[.:]?)(?P<gap>\s*[—–:\-.]\s+|\s*)(?P<rest>.*)",
    re.I | re.S,
)
_PREAMBLE = re.compile(rf"(?:{PREAMBLES})\s*[.:]?", re.I)
_CLOSING = re.compile(
    r"\W*(?:done (?:at|in)|in witness whereof|in faith whereof|совершено|в удостоверение чего"
    r"|fait à|en foi de quoi|hecho en|en fe de lo cual|en testimonio de lo cual"
    r"|geschehen zu|zu urkund dessen|以昭信守|وإثباتا لذلك|حرر في)(?![^\W\d_])",
    re.I,
)
_NUMBERED = re.compile(
    r"(?P<label>\d{1,3}(?:\.\d{1,3})*[.)]?|[A-Z](?:\.\d{1,3})+[.)]?|[IVXLC]+[.)]|[A-Z][.)])"
    r"\s+(?P<rest>(?=\S).*)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit named by a line: its kind, its number as printed, the heading after it.

    `tight` says that a mark of punctuation, or nothing, stands between the number and the heading.
    """

    kind: Kind
    label: str
    rest: str
    tight: bool = True

    @property
    def inner(self) -> bool:
        """Whether the name is that of a section inside a section."""
        return self.label.casefold().startswith(_INNER)


def named(line: str) -> Named | None:
    """The unit that a heading names: by word and number, or as the preamble. None otherwise."""
    if _PREAMBLE.fullmatch(line):
        return Named(Kind.PREAMBLE, "", line)
    if line.startswith(("第", "附")):
        for kind, pattern in (*_HAN_NAMED.items(), (Kind.ANNEX, _HAN_ANNEX)):
            if found := pattern.fullmatch(line):
                return _named(kind, found)
        return None
    if line[:1].isdecimal():
        found = _FIRST.fullmatch(line)
        return _named(Kind.ARTICLE, found) if found and _parted(found) else None
    if line.startswith("제"):
        return next(filter(None, (_found(*one, line) for one in _KOREAN_NAMED.items())), None)
    if "зүйл" in line[:40].casefold() and (found := _MONGOLIAN.fullmatch(line)):
        return _named(Kind.ARTICLE, found)
    if _LED.match(line):
        return next(filter(None, (_found(*one, line) for one in _LED_NAMED.items())), None)
    if not _ANY_NAME.match(line):
        return None
    for kind, pattern in _NAMED.items():
        found = pattern.fullmatch(line)
        if found and _parted(found):
            return _named(kind, found)
    if (found := _ANNEX.fullmatch(line)) and (
        not found["rest"] or found["closing"] or found["gap"].strip()
    ):
        return _named(Kind.ANNEX, found)
    return None


def _found(kind: Kind, pattern: re.Pattern[str], line: str) -> Named | None:
    found = pattern.fullmatch(line)
    return _named(kind, found) if found and _parted(found) else None


def _parted(found: re.Match[str]) -> bool:
    """Whether the number ends where the label does: "Article 5th" and "Part 3-year" do not."""
    run_on = found["label"].startswith("제") and found["rest"].startswith(("(", "（", "["))
    return not found["rest"] or run_on or bool(found["closing"] or found["gap"])


def _named(kind: Kind, found: re.Match[str]) -> Named:
    closing = found["closing"].strip()
    label = found["label"] + (closing if closing in (".", ")") else "")
    return Named(kind, label, found["rest"].strip(), bool(closing or found["gap"].strip()))


def is_closing(text: str) -> bool:
    """Whether a paragraph is the closing formula of a treaty, which stands in no article."""
    return _CLOSING.match(text) is not None


def numbered(heading: str) -> tuple[str, str] | None:
    """Number and words of a heading that begins with a bare number: "1.2 Scope", "IV. Name"."""
    found = _NUMBERED.fullmatch(heading)
    return (found["label"], found["rest"].strip()) if found else None
