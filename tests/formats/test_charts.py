"""Charts: well-formed whatever they are told, readable without colour, one picture anywhere."""

import struct
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.formats import picture
from charter.formats.charts import Frame, number, rounded_up
from charter.formats.charts_bars import Bar, bars
from charter.formats.charts_matrix import MOST_LINES, Cell, Line, matrix
from charter.formats.charts_steps import Axis, Mark, Panel, steps
from charter.formats.svg import element, fitted, measure, wrapped
from charter.formats.typesetting import TypesettingFailed

SVG = "{http://www.w3.org/2000/svg}"
CELLS = (Cell(2, 9), None)
HOSTILE = '<script>alert("1")</script>&amp;\x00\ud800'


def frame(title: str = "Words", **more) -> Frame:
    return Frame(key="words", title=title, description="What there is.", **more)


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def said(svg: str) -> list[str]:
    return [one.text or "" for one in read(svg).iter(f"{SVG}text")]


def some(word: str = "Anna", **more) -> list[str]:
    """One chart of each kind that says `word`."""
    return [
        bars(frame(word, **more), ["Written", word], [Bar(word, (3, 2)), Bar("Nobody", (0, 0))]),
        steps(
            frame(word, **more),
            Axis(1, 9, word),
            [Panel(word, ((1, 5), (4, 8)))],
            [Mark(2, word)],
        ),
        matrix(
            frame(word, **more), [word, "Peace"], [Line(word, (Cell(2, 9), None))], [2, 0], word
        ),
    ]


def test_what_people_wrote_is_never_markup():
    for svg in some(HOSTILE):
        tree = read(svg)
        assert not list(tree.iter(f"{SVG}script"))
        assert any(text.startswith("<script>") for text in said(svg))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(0, 10**12))
def test_a_chart_is_well_formed_whatever_its_words(word: str, value: int):
    for svg in some(word):
        read(svg)
    read(bars(frame(word), ["One"], [Bar(word, (value,))]))


def test_a_chart_has_no_style_no_script_and_no_event():
    for svg in some():
        for one in read(svg).iter():
            assert one.tag.removeprefix(SVG) not in {"style", "script", "foreignObject", "image"}
            assert not [name for name in one.attrib if name.startswith("on") or name == "style"]


def test_a_chart_is_an_image_with_a_title_and_a_description():
    for svg in some():
        tree = read(svg)
        ids = tree.attrib["aria-labelledby"].split()
        named = {one.attrib.get("id"): one.text for one in tree.iter()}
        assert tree.attrib["role"] == "img"
        assert [named[id] for id in ids] == ["Anna", "What there is."]


def test_the_title_is_drawn_only_where_the_chart_stands_alone():
    for alone, inside in zip(some(), some(alone=False), strict=True):
        assert said(alone)[0] == "Anna"
        assert "What there is." in said(alone)
        assert "What there is." not in said(inside)
        assert next(read(alone).iter(f"{SVG}rect")).attrib["fill"] == "#ffffff"


def test_series_differ_by_pattern_and_every_figure_is_written():
    svg = bars(frame(), ["Written", "Taken out"], [Bar("Anna", (1234, 56))])
    fills = [one.attrib["fill"] for one in read(svg).iter(f"{SVG}rect")][1:]
    assert fills == ["currentColor", "url(#words-pattern-1)"] * 2
    assert {"1,234", "56", "Written", "Taken out"} <= set(said(svg))


def test_bars_are_as_long_as_their_figures():
    svg = bars(frame(), ["Written"], [Bar("Anna", (100,)), Bar("Boris", (25,)), Bar("C", (0,))])
    widths = [float(one.attrib["width"]) for one in read(svg).iter(f"{SVG}rect")][1:]
    assert len(widths) == 2
    assert widths[0] == pytest.approx(4 * widths[1], rel=0.01)


def test_a_bar_that_would_dwarf_all_others_is_broken_off_and_its_figure_is_written():
    groups = [Bar("All", (10_000,)), Bar("Anna", (40,)), Bar("Boris", (20,)), Bar("C", (30,))]
    svg = bars(frame(alone=False), ["Written"], groups)
    widths = [float(one.attrib["width"]) for one in read(svg).iter(f"{SVG}rect")]
    assert len(widths) == 3
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert widths[0] > 200
    pieces = [one for one in read(svg).iter(f"{SVG}path") if one.get("class") == "accent"]
    assert len(pieces) == 2
    assert "10,000" in said(svg)


def test_a_figure_holds_until_the_next_step():
    svg = steps(frame(), Axis(1, 5, "Revision"), [Panel("Words", ((1, 10), (3, 5)))], height=100)
    line = next(one for one in read(svg).iter(f"{SVG}path") if one.get("fill") == "none")
    start, first, down, end = line.attrib["d"].replace("H", "V").split("V")
    assert float(start.split()[1]) < float(down)
    assert float(first) < float(end)
    assert {"5", "Revision"} <= set(said(svg))


def test_a_hundred_thousand_steps_are_drawn_in_a_small_file():
    many = tuple((at, at % 977) for at in range(1, 100_001))
    svg = steps(frame(), Axis(1, 100_000, "Revision"), [Panel("Words", many)])
    assert len(svg) < 40_000


def test_names_of_editions_that_would_overlap_are_left_out_and_their_lines_are_not():
    marks = [Mark(at, f"A long name of an edition {at}") for at in range(1, 9)]
    svg = steps(frame(), Axis(1, 9, "Revision"), [Panel("Words", ((1, 1),))], marks)
    shown = [text for text in said(svg) if text.startswith("A long name")]
    lines = [one for one in read(svg).iter(f"{SVG}path") if one.get("stroke-dasharray")]
    assert 2 <= len(shown) < 8
    assert len(lines) == 8


def test_an_empty_line_of_a_matrix_is_hatched_and_totals_are_written():
    lines = [Line("Article 1", (Cell(3, 40), None)), Line("Article 2", (None, None))]
    svg = matrix(frame(), ["Peace", "Order"], lines, [3, 0], "Clauses")
    hatched = [one for one in read(svg).iter(f"{SVG}rect") if "pattern-1" in one.get("fill", "")]
    assert len(hatched) == 1
    assert said(svg)[-3:] == ["Clauses", "3", "0"]


def test_a_matrix_draws_as_many_lines_as_a_picture_can_hold():
    lines = [Line(f"Article {at}", (None,)) for at in range(MOST_LINES + 50)]
    svg = matrix(frame(), ["Peace"], lines, [0], "Clauses")
    assert f"Article {MOST_LINES - 1}" in said(svg)
    assert f"Article {MOST_LINES}" not in said(svg)


def test_a_chart_whose_figures_do_not_fit_its_series_is_refused():
    with pytest.raises(ValueError):
        bars(frame(), ["One"], [Bar("Anna", (1, 2))])
    with pytest.raises(ValueError):
        matrix(frame(), ["Peace"], [Line("Article 1", ())], [0], "Clauses")


def test_charts_of_nothing_are_drawn():
    read(bars(frame(), ["One"], []))
    read(steps(frame(), Axis(1, 1, "Revision"), []))
    read(steps(frame(), Axis(1, 1, "Revision"), [Panel("Words", ())]))
    read(matrix(frame(), [], [], [], "Clauses"))


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (1, 1), (7, 8), (11, 15), (210, 250), (7100, 8000), (10**9, 10**9)]
)
def test_a_scale_ends_at_a_round_figure(value: int, end: int):
    assert rounded_up(value) == end


def test_figures_are_grouped_as_the_language_does():
    assert number(12345, "en") == "12,345"
    assert number(12345.5, "ru") == "12\u202f345,5"


def test_labels_are_cut_to_the_room_there_is():
    assert fitted("Short", 200, 14) == "Short"
    cut = fitted("A very long name of a delegation indeed", 100, 14)
    assert cut.endswith("…")
    assert measure(cut, 14) <= 100
    assert wrapped("one two three", 40, 14, most=2) == ["one", fitted("two three", 40, 14)]


def test_values_are_escaped_in_attributes():
    assert element("a", title='"<&') == '<a title="&quot;&lt;&amp;"/>'


@pytest.mark.parametrize(
    "word", ["Anna", "Белорусская делегация", "中华人民共和国", "المادة الخامسة"]
)
def test_every_chart_is_drawn_as_png_in_the_scripts_of_its_words(word: str):
    for svg in some(word):
        png = picture.write(svg, "A chart\nof words")
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", png[16:24])
        assert width == pytest.approx(float(read(svg).attrib["width"]) * 1.5, abs=3)
        assert height > 100


def test_letters_of_a_script_make_ink():
    """The picture of a name is not that of as many empty boxes."""
    for one, other in (("中华", "人民"), ("المادة", "الباب"), ("Аб", "Вг")):
        pictures = {picture.write(bars(frame(), ["W"], [Bar(name, (1,))])) for name in (one, other)}
        assert len(pictures) == 2


def test_a_picture_that_cannot_be_drawn_says_so():
    with pytest.raises(TypesettingFailed, match="could not be drawn"):
        picture.write("<svg>")
