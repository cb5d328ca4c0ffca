"""Recognises the numbers that legal texts print at their clauses, in a dozen languages.

"Article 5 — Scope", "Article. IV.", "§ 3", "Статья 5", "第五条", "المادة 5", "Annex II" name units
with a heading; "1.", "(a)", "a)", "(iv)", "1.2", "一、", "•" stand before paragraphs and points.
"""

import re
from dataclasses import dataclass

from charter.text.kinds import Kind
from charter.text.numerals import REPEATS

_NAMES = {
    Kind.PART: "part|title|book|часть|книга|partie|livre|parte|título|teil|titel|الباب|الجزء|باب",
    Kind.CHAPTER: "chapter|глава|chapitre|capítulo|kapitel|capitolo|الفصل|فصل",
    Kind.SECTION: "section|sect|sec|раздел|sección|seção|abschnitt|sezione|القسم|قسم",
    Kind.ARTICLE: "article|art|rule|clause|regulation|статья|ст|стаття|artículo|artikel|articolo"
    "|artigo|artykuł|madde|pasal|điều|моддаи|հոդված|المادة|مادة|ماده|अनुच्छेद|סעיף|მუხლი|§",
    Kind.ANNEX: "annex|appendix|schedule|exhibit|приложение|annexe|anexo|anlage|anhang|allegato"
    "|المرفق|مرفق|الملحق|ملحق",
}
_PREAMBLES = (
    "preamble|преамбула|préambule|preámbulo|präambel|preambolo|preâmbulo|序言|前言|الديباجة|ديباجة"
)
_HAN_NAMES = {
    Kind.PART: "编|部分|篇",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节|節",
    Kind.ARTICLE: "条|條",
}
_HAN = "[〇零一二三四五六七八九十百千0-9０-９]{1,9}"
_ARABIC = "ال[ء-ي]{2,12}(?: (?:عشرة?|وال[ء-ي]{2,12}))?"  # ordinals: الأولى, الثانية عشرة
_ENGLISH = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|premier|première|primero"
)
_REPEAT = rf"(?:[ -](?:{'|'.join(REPEATS)})\b)?"
_NUMBER = (
    rf"(?:\d+(?:[.\-–]\d+)*(?:[^\W\d_](?![^\W_]))?|(?-i:[IVXLCDM]+[a-z]?|[A-ZА-Я])(?![^\W_])"
    rf"|(?:{_ENGLISH})(?![^\W_])|{_ARABIC}|[א-ת]{{1,2}}[׳״']?(?![^\W_])){_REPEAT}"
)
_REST = r"(?P<closing>\s*[.:)\]،]?)(?P<gap>\s*[—–:\-.]\s+|\s*[—–]\s*|\s*)(?P<rest>.*)"

_NAMED = {
    kind: re.compile(rf"(?P<label>(?:{names})\.?\s*(?:№\s*)?{_NUMBER}){_REST}", re.I | re.S)
    for kind, names in _NAMES.items()
}
_ANY_NAME = re.compile(rf"(?:{'|'.join(_NAMES.values())})(?![^\W\d_])", re.I)
_HAN_NAMED = {
    kind: re.compile(rf"(?P<label>第{_HAN}(?:{names})(?:之{_HAN})?){_REST}", re.S)
    for kind, names in _HAN_NAMES.items()
}
# Turkic languages put the number first: 5-бап, 5-modda, 5-берене.
_FIRST = re.compile(
    rf"(?P<label>\d{{1,4}}[- ](?:бап|модда|modda|берене|статья)){_REST}", re.I | re.S
)
_HAN_ANNEX = re.compile(rf"(?P<label>附[件录則则](?:{_HAN})?){_REST}", re.S)
_ANNEX = re.compile(
    rf"(?P<label>{_NAMES[Kind.ANNEX]})(?![^\W\d_])(?P<closing>[.:]?)(?P<gap>\s*[—–:\-.]\s+|\s*)(?P<rest>.*)",
    re.I | re.S,
)
_PREAMBLE = re.compile(rf"(?:{_PREAMBLES})\s*[.:]?", re.I)
_CLOSING = re.compile(
    r"\W*(?:done (?:at|in)|in witness whereof|in faith whereof|совершено|в удостоверение чего"
    r"|fait à|en foi de quoi|hecho en|en fe de lo cual|en testimonio de lo cual"
    r"|geschehen zu|zu urkund dessen|以昭信守|وإثباتا لذلك|حرر في)(?![^\W\d_])",
    re.I,
)
_NUMBERED = re.compile(
    r"(?P<label>\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]+[.)]|[A-Z][.)])\s+(?P<rest>(?=\S).*)", re.S
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
    if not _ANY_NAME.match(line):
        return None
    for kind, pattern in _NAMED.items():
        found = pattern.fullmatch(line)
        if found and _parted(found):
            return _named(kind, found)
    if (found := _ANNEX.fullmatch(line)) and (not found["rest"] or found["gap"].strip()):
        return _named(Kind.ANNEX, found)
    return None


def _parted(found: re.Match[str]) -> bool:
    """Whether the number ends where the label does: "Article 5th" and "Part 3-year" do not."""
    return not found["rest"] or bool(found["closing"] or found["gap"])


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


_BULLETS = "*+•‣▪◦·–—-"
_ITEM = re.compile(
    r"(?P<mark>[*+\-•‣▪◦·–—]"
    r"|\d{1,9}[.)](?!\d)|\(\d{1,4}\)|（\d{1,4}）|\d{1,3}(?:\.\d{1,3}){1,5}[.)]?"
    rf"|\d{{1,4}}[a-z]?{_REPEAT}\."
    r"|\([a-zA-Z]{1,2}\)|\([ivxlc]{1,7}\)|[a-z]\)|[ivxlc]{2,7}[.)]|[a-z]\."
    r"|\([а-яё]\)|[а-яё]\)"
    r"|\([ء-ي]ـ?\)|[ء-ي]ـ?\)|\([a-z]{1,2} (?:bis|ter|quater)\)"
    r"|[一二三四五六七八九十百]{1,4}、|（[一二三四五六七八九十百]{1,4}）)"
    r"(?P<gap>[ \t]*)(?P<rest>.*)",
    re.S,
)
_MARK_END = re.compile(r"[.)）、]|\d ")
_MARKDOWN = re.compile(r"[*+-]|\d{1,9}[.)]")


@dataclass(frozen=True, slots=True)
class Marked:
    """An item: its mark as printed, how far in its words begin, the words."""

    mark: str
    width: int
    rest: str

    @property
    def bullet(self) -> bool:
        return self.mark in _BULLETS

    @property
    def plain_markdown(self) -> bool:
        """Whether CommonMark has this mark, too."""
        return _MARKDOWN.fullmatch(self.mark) is not None


def item(line: str, lenient: bool = False) -> Marked | None:
    """The mark of a numbered or bulleted item that begins this line (without its indent).

    A mark that Markdown does not know must have words after it, unless `lenient` and bracketed.
    """
    start = line[:16]
    found = _ITEM.fullmatch(line) if start[:1] in _BULLETS or _MARK_END.search(start) else None
    if found is None:
        return None
    mark, gap, rest = found.group("mark", "gap", "rest")
    spaced = bool(gap) or mark[-1] in "、）"
    if rest and not spaced:
        return None
    marked = Marked(mark, len(mark) + (len(gap) if len(gap) < 5 and rest else 1), rest)
    if marked.plain_markdown or (lenient and mark[-1] in ")）、"):
        return marked
    if not _begins_words(rest):
        return None
    return marked


def mark_alone(line: str) -> Marked | None:
    """A line that is the mark of an item and nothing else."""
    found = item(f"{line} x")
    return Marked(line, len(line) + 1, "") if found and found.mark == line else None


def _begins_words(rest: str) -> bool:
    bare = rest.lstrip("*_\"'“”„«‘([<{§¿¡`\\^~#")
    return bool(bare) and bare[0].isalnum()


def style(mark: str) -> str:
    """The manner of a mark, equal for the marks of one list: "1.", "(a)", "(i)", "1.1", "•"."""
    if mark in _BULLETS:
        return "•"
    core = mark.strip("().、（）")
    if core.split(" ")[0].rstrip("abcdefghijklmnopqrstuvwxyz").isdecimal() and core[0].isdecimal():
        shape = "1"
    elif "." in core:
        return ".".join("1" for _ in core.split("."))
    elif core and all(sign in "一二三四五六七八九十百" for sign in core):
        shape = "一"
    elif len(core) > 1 and all(sign in "ivxlc" for sign in core):
        shape = "i"
    elif core.isupper():
        shape = "A"
    else:
        shape = "a"
    return mark.replace(core, shape, 1) if core else mark
