"""Words looked up piece by piece are the words of the whole text."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.lexicon import words_and_ends
from charter.text.tokens import tokens

PARTS = [
    *"abc .,'-\n\r\t",
    *["  ", "\u00a0", "\u202f", "\u2028", "\u3000", "\u0301", "\u200d", "\u0600", "\u0e33", "ﾞ"],
    *["Art.", "etc.", "п.", "l’"],
    *["U.S.", "т.е.", "79¹", "5.2", "各国", "应当", "ไทย", "👍🏽", "🇫🇷", "क्", "\ud800", "\u00ad"],
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text(max_size=30)


def whole(text: str, language: str = "") -> tuple[list[str], list[int]]:
    cut = tokens(text, language)
    ends = accumulate(map(len, cut))
    found = [(token, end) for token, end in zip(cut, ends, strict=True) if not token.isspace()]
    return [token for token, _ in found], [end for _, end in found]


@given(TEXTS, st.sampled_from(["", "en", "fi", "zh", "not a language"]))
def test_the_words_are_those_of_the_whole_text(text, language):
    assert words_and_ends(text, language) == whole(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " a",
        "a ",
        "a  b",
        "a\n\nb",
        "one\r\ntwo",
        "a \u0301b",
        "10\u202f000 \u0e33",
        "x" * 99,
    ],
)
def test_white_space_and_marks_at_the_edges_of_pieces_are_told_apart(text):
    assert words_and_ends(text) == whole(text)
