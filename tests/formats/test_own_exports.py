"""What Charter writes it reads: random texts of every language and scheme, in Markdown and plain.

The numbers are those the tree gives, down to points in points in points.
"""

import re
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.formats import markdown, plaintext, txt
from charter.formats.document import Document, Point
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.usage import SCHEMES

LANGUAGES = ("en", "ru", "fr", "es", "de", "zh", "ar")
SAYINGS = {
    "en": ("Rivers are kept", "The Parties consult in good faith", "They meet"),
    "ru": ("Реки охраняются", "Стороны совещаются добросовестно", "Они встречаются"),
    "fr": ("Les fleuves sont protégés", "Les parties se consultent", "Elles se réunissent"),
    "es": ("Los ríos se protegen", "Las partes se consultan", "Se reúnen"),
    "de": ("Flüsse werden geschützt", "Die Parteien beraten sich", "Sie tagen"),
    "zh": ("保护河流", "缔约方善意协商", "各方会晤"),
    "ar": ("تصان الأنهار", "تتشاور الأطراف بحسن نية", "تجتمع الأطراف"),
}
AT = Point(1, "", "", datetime(2026, 12, 1, tzinfo=UTC), "a" * 64)


class Draft:
    """A text made up by chance, in the numbering of the tree."""

    def __init__(self, chance: Random, language: str) -> None:
        self.chance, self.language = chance, language

    def said(self, end: str = "") -> str:
        return self.chance.choice(SAYINGS[self.language]) + end

    def heading(self) -> str:
        return self.said() if self.chance.random() < 0.7 else ""

    def item(self, kind: Kind, inner: tuple[Clause, ...]) -> Clause:
        colon = "：" if self.language == "zh" else ":"
        end = "." if kind is Kind.PARAGRAPH else self.chance.choice([".", ";", ""])
        return Clause(kind, self.said(colon if inner else end), children=inner)

    def points(self, level: int = 0) -> tuple[Clause, ...]:
        if level > 3 or self.chance.random() < (0.5, 0.6, 0.6, 0.6)[level]:
            return ()
        count = self.chance.choice([2, 2, 3] if level else [2, 3, 3, 12])
        return tuple([self.item(Kind.POINT, self.points(level + 1)) for _ in range(count)])

    def paragraphs(self) -> tuple[Clause, ...]:
        count = self.chance.randint(1, 3)
        return tuple([self.item(Kind.PARAGRAPH, self.points()) for _ in range(count)])

    def units(self, kinds: tuple[Kind, ...]) -> tuple[Clause, ...]:
        if not kinds:
            return self.paragraphs()
        count = self.chance.randint(1, 2)
        return tuple(
            [
                Clause(kinds[0], heading=self.heading(), children=self.units(kinds[1:]))
                for _ in range(count)
            ]
        )

    def outline(self) -> Outline:
        kinds = (Kind.PART, Kind.CHAPTER, Kind.ARTICLE)[self.chance.randint(0, 2) :]
        annexes = self.units((Kind.ANNEX,)) if self.chance.random() < 0.3 else ()
        scheme = self.chance.choice(SCHEMES)
        return Outline(self.said(), self.units(kinds) + annexes, self.language, scheme)


def shown(outline: Outline) -> list[tuple[int, Kind, str, str, str]]:
    return [
        (depth, clause.kind, label, clause.heading, clause.text)
        for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True)
    ]


def said(outline: Outline) -> list[str]:
    """Title, numbers and words in reading order; a stop behind a number says nothing."""
    parts = [outline.title]
    for _, _, label, heading, text in shown(outline):
        parts += [label.rstrip("."), heading, text]
    return [part for part in parts if part]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30, deadline=None)
@given(st.integers())
def test_own_exports_are_read_as_they_were_written(language, seed):
    outline = Draft(Random(seed), language).outline()
    again = markdown.read(markdown.write(outline), language)
    assert (again.title, shown(again)) == (outline.title, shown(outline))
    again = plaintext.read(txt.write(Document(outline, AT)), language)
    assert said(again) == said(outline)


MARKS = re.findall(
    r"\S+", "1. 2. (a) (b) (c) (i) (ii) a) b) aa) bb) (A) (B) (1) (2) (2A) • i. ii. A. B. I. C."
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MARKS), st.integers(0, 3), st.booleans()), max_size=12))
def test_no_item_of_any_list_is_lost_and_all_come_back(items):
    lines = [
        f"{'   ' * indent}{mark} w{at}{'.' if stop else ''}"
        for at, (mark, indent, stop) in enumerate(items)
    ]
    for gap in ("\n", "\n\n"):
        source = f"# T\n\n{gap.join(lines)}\n".encode()
        for outline in (markdown.read(source), plaintext.read(source)):
            words = " ".join(" ".join(row[2:]) for row in shown(outline))
            assert re.findall(r"w\d+", words) == [f"w{at}" for at in range(len(items))]
            assert markdown.read(markdown.write(outline)) == outline


FIGURES = ("1.", "1.", "1.", "2.", "3.", "1)", "(1)", "(a)", "-")


@pytest.mark.parametrize("format", ["md", "txt"])
@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(FIGURES), st.integers(0, 1)), min_size=2, max_size=8),
    st.sampled_from(["\n", "\n\n"]),
)
def test_figures_stand_as_a_file_has_them_and_come_back(format, items, gap):
    lines = [f"{'    ' * indent}{mark} Item {at}." for at, (mark, indent) in enumerate(items)]
    source = f"Rules\n\nArticle 1\n\n{gap.join(lines)}\n".encode()
    outline = plaintext.read(source)
    printed = [label.replace("•", "-") for label in labels(outline)]
    assert printed[1:] == [mark for mark, _ in items]
    written = markdown.write(outline) if format == "md" else txt.write(Document(outline, AT))
    again = markdown.read(written) if format == "md" else plaintext.read(written)
    assert labels(again) == labels(outline)
