"""A redline a lawyer can sign: exact both ways, whole words, few fragments."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.diff import diff
from charter.text.redline import after, before
from charter.text.tokens import tokens

LETTERS = [
    "the",
    "Parties",
    "shall",
    "of",
    "agree",
    "Совет",
    "решает",
    "5.2",
    "各国",
    "应当",
    "ไทย",
]
WORDS = st.sampled_from([*LETTERS, "👍🏽", "e\u0301", *",.-“”;\n", "  ", "\r\n"])
TEXTS = st.lists(WORDS, max_size=24).map(" ".join) | st.lists(WORDS, max_size=12).map("".join)


def shown(base: str, new: str) -> str:
    """The redline as text: [-struck-] and {+inserted+}."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[span.op].format(span.text) for span in diff(base, new))


@pytest.mark.parametrize(
    ("base", "new", "expected"),
    [
        ("", "", ""),
        ("", "All.", "{+All.+}"),
        ("All.", "", "[-All.-]"),
        ("The same.", "The same.", "The same."),
        ("It may act.", "It shall act.", "It [-may-]{+shall+} act."),
        ("It may act.", "It may not act.", "It may {+not +}act."),
        ("It may act.", "It may act promptly.", "It may act{+ promptly+}."),
        ("A, C and D.", "A, B, C and D.", "A, {+B, +}C and D."),
        ("One. Three.", "One. Two. Three.", "One. {+Two. +}Three."),
        ("One.\nThree.\n", "One.\nTwo.\nThree.\n", "One.\n{+Two.\n+}Three.\n"),
        ("member states", "Member States", "[-member states-]{+Member States+}"),
        (
            "In Case of the Removal of any Judge",
            "In case of the removal of any judge",
            "In [-Case-]{+case+} of the [-Removal-]{+removal+} of any [-Judge-]{+judge+}",
        ),
        ("within 5.2 days", "within 5.3 days", "within [-5.2-]{+5.3+} days"),
        ("ends here", "ends here.", "ends here{+.+}"),
        ("“the Council”", '"the Council"', "[-“-]{+\"+}the Council[-”-]{+\"+}"),
        ("各国应当合作。", "各国可以合作。", "各国[-应当-]{+可以+}合作。"),
        ("vote 👍🏽 yes", "vote 👍🏿 yes", "vote [-👍🏽-]{+👍🏿+} yes"),
        ("10\u202f000 членов", "10 000 членов", "10[-\u202f-]{+ +}000 членов"),
        ("line one\u2028line two", "line one\nline two", "line one[-\u2028-]{+\n+}line two"),
        ("wrapped here\nand there", "wrapped\nhere and there",
         "wrapped[- -]{+\n+}here[-\n-]{+ +}and there"),
    ],
)  # fmt: skip
def test_small_changes_are_shown_as_a_person_would_mark_them(base, new, expected):
    assert shown(base, new) == expected


def test_a_rewritten_phrase_is_one_block_and_no_confetti():
    base = "The Secretariat shall report to the Council on the work of the groups every year."
    new = "The Secretariat gives an account of its own activities to all members in writing."
    assert shown(base, new) == (
        "The Secretariat [-shall report to the Council on the work of the groups every year-]"
        "{+gives an account of its own activities to all members in writing+}."
    )


def test_light_edits_of_one_sentence_stay_apart():
    base = "The Council shall meet twice a year in ordinary session at the seat of the Centre."
    new = "The Council shall meet once a year in ordinary session at the office of the Centre."
    assert shown(base, new) == (
        "The Council shall meet [-twice-]{+once+} a year in ordinary session at the "
        "[-seat-]{+office+} of the Centre."
    )


def test_a_block_of_changes_does_not_reach_over_the_end_of_a_sentence():
    base = "Each party bears its own costs. Meetings are public."
    new = "Each party pays what it spends. Sessions are public."
    assert ". " in [span.text for span in diff(base, new) if span.op == "equal"]


def test_nor_over_an_abbreviation_that_ends_a_sentence():
    base = "Each party bears its own costs, etc. Meetings are public."
    new = "Each party pays what it spends, etc. Sessions are public."
    assert "etc. " in " ".join(span.text for span in diff(base, new) if span.op == "equal")


def test_an_abbreviation_gives_way_with_its_full_stop():
    assert shown("under Art. 5", "under Section 5") == "under [-Art.-]{+Section+} 5"
    assert shown("and Art. 5", "and Nr. 5") == "and [-Art.-]{+Nr.+} 5"


def test_marks_of_punctuation_never_swallow_the_words_between_them():
    assert shown('a "free" work', "a free work") == 'a [-"-]free[-"-] work'
    assert shown('"GPL", "BSD"', "GPL, BSD") == '[-"-]GPL[-"-], [-"-]BSD[-"-]'


@given(TEXTS, TEXTS)
def test_a_diff_rebuilds_both_texts(base, new):
    spans = diff(base, new)
    assert before(spans) == base
    assert after(spans) == new


@given(TEXTS, TEXTS)
def test_spans_are_never_empty_nor_repeated_and_deletions_come_first(base, new):
    spans = diff(base, new)
    assert all(span.text for span in spans)
    for one, other in pairwise(spans):
        assert (one.op, other.op) in {
            ("equal", "delete"), ("equal", "insert"), ("delete", "insert"),
            ("delete", "equal"), ("insert", "equal"),
        }  # fmt: skip


@given(TEXTS, TEXTS)
def test_no_change_cuts_a_word(base, new):
    for text, skip in ((base, "insert"), (new, "delete")):
        at, cuts = 0, set()
        for token in tokens(text):
            # White space may be divided, words may not.
            cuts.update(range(at, at + len(token)) if token.isspace() else [at])
            at += len(token)
        cuts.add(at)
        at = 0
        for span in diff(base, new):
            assert at in cuts
            at += len(span.text) if span.op != skip else 0


@given(st.text(st.characters(codec=None), max_size=40), st.text(max_size=40))
def test_any_characters_at_all_are_compared_exactly(base, new):
    spans = diff(base, new)
    assert (before(spans), after(spans)) == (base, new)


def _document(paragraphs: int, seed: int) -> list[str]:
    pick = random.Random(seed)
    words = [f"{chr(97 + n % 26)}{n}" for n in range(700)]
    return [" ".join(pick.choices(words, k=60)) + "." for _ in range(paragraphs)]


def test_a_long_text_is_compared_paragraph_by_paragraph():
    base = _document(400, 1)
    new = [*base[:100], "A new paragraph.", *base[100:200], *base[201:]]
    new[300] = new[300].replace(" ", " inserted ", 1)
    spans = diff("\n\n".join(base), "\n\n".join(new))
    changed = [(span.op, span.text) for span in spans if span.op != "equal"]
    assert changed == [
        ("insert", "A new paragraph.\n\n"),
        ("delete", base[200] + "\n\n"),
        ("insert", "inserted "),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_long_texts_with_either_line_end_rebuild(newline):
    base, new = _document(80, 2), _document(80, 2)
    new[3:5] = ["short", ""]
    old_text, new_text = newline.join(base), newline.join(new)
    spans = diff(old_text, new_text)
    assert (before(spans), after(spans)) == (old_text, new_text)


@pytest.mark.parametrize(
    ("base", "new"),
    [
        ("The parties cooperate in good faith. " * 10_000,
         "The parties cooperate in good faith. " * 4_000 + "They also meet. "
         + "The parties cooperate in good faith. " * 5_990),
        ("a b " * 30_000, "b a " * 29_000),
        ("word " * 60_000, "word " * 20_000),
        (" ".join(_document(400, 3)), " ".join(_document(400, 4))),
        ("x" * 2_000_000, "x" * 1_999_999 + "y"),
    ],
    ids=["one sentence over and over", "two words", "one word", "nothing alike", "one long word"],
)  # fmt: skip
def test_the_time_is_bounded_whatever_the_text(base, new):
    started = time.perf_counter()
    spans = diff(base, new)
    assert time.perf_counter() - started < 10
    assert (before(spans), after(spans)) == (base, new)
