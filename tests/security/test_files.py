"""Files that come in keep no reader busy; files that go out carry nothing that runs."""

import re
from contextlib import suppress
from time import process_time

import pytest

from charter.formats import html_page, reading
from charter.formats.document import Document, Point
from charter.formats.source import Unreadable
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline

SECONDS = 8  # what is near-linear takes about two on a slow machine


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[\n" * 100_000, id="brackets that do not close"),
        pytest.param("# a\n\na|b\n-" + " " * 300_000 + "|x\n", id="blanks instead of a table"),
        pytest.param("# a\n\n" + "- " * 200_000 + "x\n", id="rules that are none"),
        pytest.param("#" + " " * 300_000 + "x\n", id="blanks in a heading"),
        pytest.param("".join(f"{'  ' * level}- a\n" for level in range(300)) * 9, id="nesting"),
        pytest.param(f"# a\n\n{'>' * 2_000} a\n" * 50, id="quotations"),
    ],
)
def test_a_file_is_read_in_time_in_proportion(text):
    started = process_time()
    with suppress(Unreadable):
        reading.read(text.encode(), "a.md")
    assert process_time() - started < SECONDS


def test_a_page_taken_away_says_that_it_runs_nothing_and_fetches_nothing():
    outline = Outline(
        title="<script>alert(1)</script>",
        clauses=(Unit(kind=Kind.ARTICLE, text='<img src=x onerror="alert(1)"> [a](javascript:b)'),),
    )
    page = html_page.write(Document(outline, Point(1))).decode()
    policy = page.index('http-equiv="Content-Security-Policy" content="default-src \'none\'')
    assert policy < page.index("<title>")
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r'href="javascript', page)
