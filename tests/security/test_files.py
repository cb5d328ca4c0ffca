"""A file made to keep the reader busy is read, or refused, in time in proportion to its size."""

from contextlib import suppress
from time import process_time

import pytest

from charter.formats import reading
from charter.formats.source import Unreadable

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
