"""What an edit of the plain words leaves of the marks of a wording."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.text.marks_kept import marks_kept, said

PLACES = {"scope": "Article 1"}

EDITS = {
    "a word in a mark": ("The *quick brown* fox.", "The quick red fox.", "The *quick red* fox."),
    "a word that comes inside": ("*One two* so.", "One and two so.", "*One and two* so."),
    "a word that comes before": (
        "The *quick* fox.",
        "The very quick fox.",
        "The very *quick* fox.",
    ),
    "a word that comes behind": ("A *quick* fox.", "A quick red fox.", "A *quick* red fox."),
    "a word between two marks": ("*ab* **cd**", "ab x cd", "*ab* x **cd**"),
    "the first word of a mark": ("A *quick brown* fox.", "A brown fox.", "A *brown* fox."),
    "a spelling": ("The *quikc* fox is.", "The quick fox is.", "The *quick* fox is."),
    "all of one mark": ("The *quick* **fox**.", "The fox.", "The **fox**."),
    "another word for it": ("The *quick* **fox**.", "The slow fox.", "The slow **fox**."),
    "all marks": ("The *quick* fox.", "The fox.", ""),
    "words of a link": (
        "See [the policy](https://a.org).",
        "See the new policy <https://a.org>.",
        "See [the new policy](https://a.org).",
    ),
    "its address": (
        "See [it](https://a.org), *all*.",
        "See it <https://b.org>, all.",
        "See it <https://b.org>, *all*.",
    ),
    "no address": ("See [it](https://a.org), *all*.", "See it, all.", "See it, *all*."),
    "a bare address": (
        "At [https://a.org](https://a.org), *all*.",
        "At https://b.org, all.",
        "At https://b.org, *all*.",
    ),
    "words before a note": (
        "A note^[Or *two*.].",
        "A long note¹. ¹ Or two.",
        "A long note^[Or *two*.].",
    ),
    "words behind it": ("A note^[Or *two*.].", "A note¹, so. ¹ Or two.", "A note^[Or *two*.], so."),
    "words in it": (
        "A note^[Or *two*.].",
        "A note¹. ¹ Or two or three.",
        "A note^[Or *two* or three.].",
    ),
    "the note": ("A note^[Or two.] of *it*.", "A note of it.", "A note of *it*."),
    "its mark alone": ("A note^[Or two.] of *it*.", "A note of it. ¹ Or two.", ""),
    "the first of two notes": ("A^[B.] c^[D.].", "A c¹. ¹ D.", ""),
    "words by a reference": ("By [](#scope).", "Not by Article 1.", "Not by [](#scope)."),
    "its number": ("By [](#scope), *all*.", "By Article 2, all.", "By Article 2, *all*."),
    "words in brackets": (
        "The [*Party* shall] go.",
        "The [Party may] go.",
        "The [*Party* may] go.",
    ),
    "signs that are words": (r"\*a\* is *b*.", "*a* is not b.", r"\*a\* is not *b*."),
}


@pytest.mark.parametrize(("source", "words", "kept"), EDITS.values(), ids=EDITS)
def test_marks_stay_on_the_words_that_stay(source, words, kept):
    assert marks_kept(source, words, PLACES) == kept
    if kept:
        assert said(kept, PLACES) == words


PIECES = st.sampled_from(
    [
        *("word", "other", "слово", "第五条", ".", " ", " ", " a ", "*", "**", "_", "`", "\\"),
        *("[", "]", "^[", "](https://a.org)", "[](#scope)", "*so* ", "^[note *it*] "),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES).map("".join), st.data())
def test_what_keeps_its_marks_prints_the_words_it_was_given(source, data):
    printed = said(source, PLACES)
    start = data.draw(st.integers(0, len(printed)))
    end = data.draw(st.integers(start, len(printed)))
    words = printed[:start] + data.draw(st.sampled_from(["", "x", " new "])) + printed[end:]
    kept = marks_kept(source, words, PLACES)
    assert kept == "" or said(kept, PLACES) == " ".join(words.split())


def test_a_wording_of_many_marks_costs_no_square_of_their_number():
    assert marks_kept("*a* b " * 8_000, "a b " * 7_999 + "a c", PLACES) == ""
