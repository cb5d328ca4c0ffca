"""Lines of a fixed measure: the same for everybody, and no word lost or parted."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.formats import html_page, txt
from charter.formats.document import Options
from charter.formats.numbered import MEASURE, line_starts, lined_html, numbered_text
from charter.formats.writers import FORMATS, LINED
from tests.formats.texts import clean, redline

NUMBERED = Options(line_numbers=True)
LONG = (
    "The Parties shall cooperate in good faith and inform each other of every new threat to the "
    "security of any of them without delay."
)


def lines(text: str, measure: int = MEASURE) -> list[str]:
    starts = line_starts(text, measure)
    return [text[start:end] for start, end in pairwise((*starts, len(text)))]


def test_lines_end_between_words():
    assert [line.rstrip() for line in lines(LONG)] == [
        "The Parties shall cooperate in good faith and inform each",
        "other of every new threat to the security of any of them",
        "without delay.",
    ]


def test_chinese_lines_end_anywhere_but_ahead_of_a_closing_mark():
    said = lines("缔约方应当进行合作，并就任何新威胁相互通报。", 20)
    assert said == ["缔约方应当进行合作，", "并就任何新威胁相互通", "报。"]


def test_a_word_longer_than_a_line_is_not_parted():
    assert lines(f"see {'x' * 80} there") == ["see ", "x" * 80 + " ", "there"]


@given(st.text(alphabet="ab ,.漢字。（\u0301é", max_size=300), st.integers(5, 60))
def test_no_character_is_lost_and_no_line_too_long_that_could_be_broken(text, measure):
    said = lines(text, measure)
    assert "".join(said) == text
    letters = [line.rstrip().replace("\u0301", "") for line in said]  # accents take no room
    assert all(len(line) <= measure for line in letters if " " in line.strip())


def test_plain_text_is_numbered_on_and_on():
    said = numbered_text(f"A Charter\n\n1. {LONG}\n\n   (a) consult;\n      ¹ Soon.")
    assert said.splitlines() == [
        "    1  A Charter",
        "",
        "    2  1. The Parties shall cooperate in good faith and inform each",
        "    3  other of every new threat to the security of any of them",
        "    4  without delay.",
        "",
        "    5     (a) consult;",
        "    6        ¹ Soon.",
    ]


def test_a_numbered_text_says_what_the_plain_one_does():
    said = txt.write(clean(), NUMBERED).decode()
    bare = re.sub(r"(?m)^ *\d+  ", "", said)
    assert bare.split() == txt.write(clean()).decode().split()
    numbers = [int(one) for one in re.findall(r"(?m)^ *(\d+)  ", said)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_html_lines_begin_inside_whatever_is_marked_there():
    html = f"<em>{LONG[:20]}</em>{LONG[20:70]}<a href='x'>{LONG[70:]}</a>"
    said = lined_html(html)
    assert re.sub(r"<br>|<i [^>]*></i>", "", said) == html
    assert said.count("<br>") == 2 and said.count('<i class="line"') == 3
    assert said.startswith('<em><i class="line" aria-hidden="true"></i>The Parties')


def test_an_escaped_character_is_one_character():
    assert lined_html("&amp; " * 30).count("<br>") == 0


@pytest.mark.parametrize("made", [clean(), redline()], ids=["clean", "redline"])
def test_a_web_page_has_lines_where_they_are_asked_for(made):
    bare, lined = (html_page.write(made, one).decode() for one in (Options(), NUMBERED))
    assert 'class="line"' not in bare and '<main class="lined">' in lined
    assert "<script" not in lined
    text = re.sub(r'<br>|<i class="line"[^>]*></i>| class="lined"', "", lined)
    assert re.sub(r"<[^>]+>|\s", "", text) == re.sub(r"<[^>]+>|\s", "", bare)


def test_only_formats_with_lines_say_so():
    assert set(LINED) == {"txt", "html", "pdf"} <= set(FORMATS)
