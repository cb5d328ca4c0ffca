"""The marks that items begin with: "1.", "(a)", "aa)", "(iv)", "1.2", "2A.", "一、", "•"."""

import re
from dataclasses import dataclass

from charter.formats.labels import REPEAT
from charter.formats.series import BULLETS

_ITEM = re.compile(
    r"(?P<mark>[*+\-•‣▪◦·–—]"
    r"|\d{1,9}[.)](?!\d)|\(\d{1,4}\)|（\d{1,4}）|\d{1,3}(?:\.\d{1,3}){1,5}[.)]?"
    rf"|\d{{1,4}}[a-zA-Z]{{0,2}}{REPEAT}[.)]|\(\d{{1,4}}[a-zA-Z]{{0,2}}{REPEAT}\)"
    rf"|\([a-zA-Z]{{1,2}}{REPEAT}\)|\((?:[ivxlc]{{1,7}}|[IVXLC]{{1,7}})\)|[a-z]{{1,2}}\)"
    r"|(?P<same>[a-z])(?P=same)(?P=same)\)"
    r"|[ivxlc]{2,7}[.)]|[IVXLC]{1,7}[.)]|[a-z]\.|[A-Z]\.|[A-Z]{1,2}\)"
    r"|\([а-яё]\)|[а-яё]\)|\([α-ω]{1,2}\)|[α-ω]{1,2}\)"
    r"|\([ء-ي]ـ?\)|[ء-ي]ـ?\)"
    r"|[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[）)]"
    r"|\d{1,3}[．、]|\d{1,3}\.?[°º]|\d{1,3} ?[-–](?=[ \t])|[ء-ي]ـ? ?[-–](?=[ \t]))"
    r"(?P<gap>[ \t]*)(?P<rest>.*)",
    re.S,
)
_MARK_END = re.compile(r"[.)）、．°º]|\d |[\dء-يـ] ?[-–][ \t]")
_HAN_MARK = re.compile(r"[（(]?[一二三四五六七八九十百]")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]")
_MARKDOWN = re.compile(r"[*+-]|\d{1,9}[.)]")
_DOUBTFUL = re.compile(r"(?:[A-Z]|[IVXLC]{1,7})\.|\d{1,3}(?:\.?[°º]| [-–])|[ء-ي]ـ? [-–]")


@dataclass(frozen=True, slots=True)
class Marked:
    """An item: its mark as printed, how far in its words begin, the words."""

    mark: str
    width: int
    rest: str

    @property
    def bullet(self) -> bool:
        return self.mark in BULLETS

    @property
    def doubtful(self) -> bool:
        """Whether words, too, begin like this ("A. Smith", "2 - 3 years"): only a list tells."""
        return _DOUBTFUL.fullmatch(self.mark) is not None

    @property
    def plain_markdown(self) -> bool:
        """Whether CommonMark has this mark, too."""
        return _MARKDOWN.fullmatch(self.mark) is not None


def item(line: str, lenient: bool = False) -> Marked | None:
    """The mark of a numbered or bulleted item that begins this line (without its indent).

    A mark that Markdown does not know must have words after it, unless `lenient` and bracketed.
    """
    start = line[:24]
    found = _ITEM.fullmatch(line) if start[:1] in BULLETS or _MARK_END.search(start) else None
    if found is None:
        return None
    mark, gap, rest = found.group("mark", "gap", "rest")
    # Chinese puts no space after a mark.
    closed = mark[-1] in ".)" or _HAN_MARK.match(mark) is not None
    spaced = bool(gap) or mark[-1] in "、）．" or (closed and _HAN_WORD.match(rest) is not None)
    if rest and not spaced:
        return None
    marked = Marked(mark, len(mark) + (len(gap) if len(gap) < 5 and rest else 1), rest)
    if marked.plain_markdown or (lenient and mark[-1] in ")）、．"):
        return marked
    if not _begins_words(rest):
        return None
    return marked


def mark_alone(line: str) -> Marked | None:
    """A line that is the mark of an item and nothing else."""
    found = item(f"{line} x")
    return Marked(line, len(line) + 1, "") if found and found.mark == line else None


def _begins_words(rest: str) -> bool:
    bare = rest.lstrip("*_\"'“”„«‘([<{¿¡`\\^~#§№ ")
    return bool(bare) and bare[0].isalnum()
