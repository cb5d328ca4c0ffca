"""Which item holds which, and where one ends: marks of many manners, tight, loose and indented."""

import pytest

from charter.formats import markdown, reading
from charter.formats.series import AROUND, Open, counts
from charter.text.kinds import Kind
from charter.text.numbering import labels


def nested(source: str, name: str = "x.txt", language: str = "en") -> str:
    """What each item counts as, with how deep it stands: "a0 i1"."""
    outline = reading.read(source.encode(), name, language)
    shown = []
    for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True):
        if clause.kind in (Kind.PARAGRAPH, Kind.POINT):
            shown.append(f"{label.strip(AROUND) or clause.text}{depth}")
    return " ".join(shown)


def listed(marks: str, between: str) -> str:
    lines = [f"{mark} words of one kind" for mark in marks.split()]
    return f"Rules\n\nArticle 1\n\n{between.join(lines)}\n"


LISTS = {
    "(a) (b) (i) (ii) (c) (d)": "a1 b1 i2 ii2 c1 d1",
    "(a) (b) (c) (d) (e) (f) (g) (h) (i) (j)": "a1 b1 c1 d1 e1 f1 g1 h1 i1 j1",
    "(a) (i) (ii) (iii) (iv) (v) (vi) (b)": "a1 i2 ii2 iii2 iv2 v2 vi2 b1",
    "a) b) aa) bb) cc) c)": "a1 b1 aa2 bb2 cc2 c1",
    "(A) (B) (1) (2) (C)": "A1 B1 12 22 C1",
    "(1) (2) (2A) (2B) (3)": "11 21 2A1 2B1 31",
    "1. (a) (i) (A) (1) (2) (B) (ii) (b) 2.": "11 a2 i3 A4 15 25 B4 ii3 b2 21",
    "A. B. C.": "A1 B1 C1",
    "A) B) 1) 2) C)": "A1 B1 12 22 C1",
    "1° 2° 3°": "11 21 31",
    "а) б) в) г) д) е) ё) ж) з) и) й) к)": "а1 б1 в1 г1 д1 е1 ё1 ж1 з1 и1 й1 к1",
    "α) β) γ) δ) ε) στ) ζ)": "α1 β1 γ1 δ1 ε1 στ1 ζ1",
    "一、 （一） （二） 1. (1) (2) 2. （三） 二、": "一1 一2 二2 13 14 24 23 三2 二1",
}


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["tight", "loose"])
@pytest.mark.parametrize(("marks", "expected"), LISTS.items(), ids=LISTS)
def test_a_mark_goes_on_from_the_list_it_follows_in(marks, expected, between):
    assert nested(listed(marks, between)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "(a) one\n\n(b) two\n\n(i) x\n\n(ii) y\n\n(c) three\n\n(d) four",
        "- (a) one\n- (b) two\n  - (i) x\n  - (ii) y\n- (c) three\n- (d) four",
        "(a) one\n(b) two\n    (i) x\n    (ii) y\n(c) three\n(d) four",
    ],
    ids=["loose", "indented list", "indented"],
)
def test_letters_go_on_behind_romans_in_markdown(source):
    read = nested(f"# T\n\n## Article 1\n\n{source}", "x.md")
    assert read == "a1 b1 i2 ii2 c1 d1"


def test_an_indent_decides_before_the_numbers_do():
    source = "(u) one\n   (i) x\n   (ii) y\n   (iii) z\n   (iv) w\n(v) two\n   (i) v"
    read = nested(f"# T\n\n## Article 1\n\n{source}", "x.md")
    assert read == "u1 i2 ii2 iii2 iv2 v1 i2"


def test_tight_inner_lists_need_no_stops():
    assert nested("# T\n\na. one\nb. two\n   i. x\n   ii. y\nc. three", "x.md") == "a0 b0 i1 ii1 c0"


def test_arabic_points_in_letters_and_figures():
    source = "المادة 1\n\nأ - الأول\nب - الثاني\n1 - واحد\n2 - اثنان\nج - الثالث\n"
    assert nested(source, "x.txt", "ar") == "أ1 ب1 12 22 ج1"


def test_chinese_points_need_no_space():
    source = "规则\n\n第一条 下列：\n（一）甲；\n（二）乙：\n1.子；\n2.丑；\n（三）丙。"
    assert nested(source, "x.txt", "zh") == "一1 二1 12 22 三1"


FIGURES = {
    # as written: in Markdown, in plain text
    "1. 1. 1.": ("1. 2. 3.", "1. 1. 1."),
    "3. 3.": ("3. 4.", "3. 3."),
    "0) 0) 0)": ("0) 1) 2)", "0) 0) 0)"),
    "1. 1. 2.": ("1. 1. 2.", "1. 1. 2."),
    "1. 1. 1. 1. 5.": ("1. 1. 1. 1. 5.", "1. 1. 1. 1. 5."),
    "1. 2. 2.": ("1. 2. 2.", "1. 2. 2."),
    "2. 2. 2. 1.": ("2. 2. 2. 1.", "2. 2. 2. 1."),
    "(1) (1)": ("(1) (1)", "(1) (1)"),
    "1. - - 1.": ("1. • • 1.", "1. • • 1."),
    "1. (a) (b) 1.": ("1. (a) (b) 1.", "1. (a) (b) 1."),
}


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["tight", "loose"])
@pytest.mark.parametrize(("marks", "printed"), FIGURES.items(), ids=FIGURES)
def test_only_markdowns_own_lists_of_one_figure_count_up(marks, printed, between):
    source = "\n\n".join(["# Rules", between.join(f"{mark} It is so." for mark in marks.split())])
    for name, text, numbers in (("x.md", source, printed[0]), ("x.txt", source[2:], printed[1])):
        outline = reading.read(text.encode(), name)
        assert " ".join(labels(outline)) == numbers
        assert markdown.read(markdown.write(outline)) == outline


def test_a_number_in_a_bullet_is_not_counted_in_markdown():
    assert nested("# T\n\n- 1. one\n- 1. two\n\n     (a) in it\n- 1. three", "x.md") == (
        "10 10 a1 10"
    )
    assert nested("# T\n\n- 1. one\n  2. two\n- 3. three", "x.md") == "•0 11 21 30"


@pytest.mark.parametrize(
    "words",
    [
        "A. Smith was in the chair.",
        "I. Ivanov read the report.",
        "2 - 3 years are enough.",
        "5° above nought is cold.",
    ],
)
def test_words_that_look_like_a_mark_stay_words_where_no_list_tells_otherwise(words):
    outline = reading.read(f"Rules\n\nSo it was.\n\n{words}\n\nSo it is.".encode(), "x.txt")
    assert [labels(outline)[1], outline.clauses[1].text] == ["", words]


def test_what_follows_what():
    lists = Open()
    for mark in ("1.", "(a)", "(b)", "(i)", "(ii)"):
        lists.take(mark)
    assert [mark for mark in ("(iii)", "(c)", "2.", "(d)", "3.") if lists.continued_by(mark)] == [
        "(iii)",
        "(c)",
        "2.",
    ]
    assert [count.manner for count in counts("(i)")] == ["(i)", "(a)"]
    assert counts("•") == ()


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
def test_items_nested_too_deep_stand_beside_one_another(name):
    marks = ["(a)", "(i)", "(A)", "(1)"]
    lines = [f"{'   ' * at}{marks[at % 4]} x{at}" for at in range(300)]
    outline = reading.read(f"T\n\nArticle 1\n\n{chr(10).join(lines)}".encode(), name)
    points = [clause.text for _, clause in outline.walk() if clause.kind is Kind.POINT]
    assert points == [f"x{at}" for at in range(300)]
    assert max(depth for depth, _ in outline.walk()) == 16
    assert markdown.read(markdown.write(outline)) == outline
