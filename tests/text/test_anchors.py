"""Comments stay on their words."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.anchors import Anchor, carry, carry_all, locate, make, occurs, search

OLD = (
    "The Centre advises the parties. The parties shall agree on the seat of the Centre. "
    "The Centre shall report to the parties every year on its work and on its needs."
)


def anchor(quote: str, text: str = OLD, nth: int = 0) -> Anchor:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return make(text, start, start + len(quote))


def carried(quote: str, new: str, nth: int = 0) -> tuple[str, str]:
    result = carry(anchor(quote, nth=nth), OLD, new)
    return result.state, new[result.start : result.end]


def test_an_anchor_holds_its_words_and_their_surroundings():
    made = anchor("seat")
    assert (made.quote, made.prefix, made.suffix) == (
        "seat",
        " The parties shall agree on the ",
        " of the Centre. The Centre shall",
    )
    assert len(make("x" * 100, 50, 60).prefix) == 32


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, 10_000)])
def test_a_range_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="no range"):
        make(OLD, start, end)


def test_words_that_nobody_touched_stay_exact_though_edits_before_shift_them():
    new = "A new sentence first. " + OLD
    result = carry(anchor("every year"), OLD, new)
    assert result.state == "exact"
    assert result.start == anchor("every year").start + len("A new sentence first. ")


def test_edits_next_to_the_words_leave_them_exact():
    assert carried("seat", OLD.replace("the seat of", "a seat near")) == ("exact", "seat")


def test_a_wrapped_line_is_no_change():
    assert carried("report to the parties", OLD.replace("to the", "to\nthe")) == (
        "exact",
        "report to\nthe parties",
    )


def test_of_words_that_occur_often_the_right_ones_are_kept():
    new = OLD.replace("The Centre advises the parties. ", "")
    result = carry(anchor("the parties", nth=1), OLD, new)
    assert (result.state, result.start) == ("exact", new.index("the parties every"))


def test_edited_words_are_changed_and_the_range_follows_them():
    new = OLD.replace("report to the parties", "report in writing to all parties")
    assert carried("report to the parties", new) == ("changed", "report in writing to all parties")


def test_a_sentence_moved_within_the_text_is_found_there():
    first = "The Centre advises the parties. "
    new = OLD.replace(first, "") + " " + first.strip()
    assert carried("advises the parties", new) == ("moved", "advises the parties")


def test_struck_words_leave_an_orphan_where_they_stood():
    new = OLD.replace(" The parties shall agree on the seat of the Centre.", "")
    result = carry(anchor("agree on the seat"), OLD, new)
    assert result.state == "orphaned"
    assert result.start == result.end == new.index("The Centre shall")


def test_words_as_common_as_these_are_not_found_again_elsewhere():
    new = OLD.replace(" every year on its work and on its needs", "")
    assert carried("on its", new)[0] == "orphaned"


def test_rewritten_words_that_have_little_in_common_are_an_orphan():
    new = OLD.replace("agree on the seat of the Centre", "decide where it is housed")
    assert carried("agree on the seat", new)[0] == "orphaned"


def test_an_anchor_on_no_words_keeps_its_place():
    caret = make(OLD, 10, 10)
    assert carry(caret, OLD, "New. " + OLD).start == 15


def test_an_anchor_that_was_not_made_on_the_text_is_looked_for():
    stale = Anchor(3, 7, "every year", "to the parties ", " on its work")
    result = carry(stale, OLD, OLD)
    assert OLD[result.start : result.end] == "every year"


def test_locating_goes_by_words_context_and_position():
    quoted = anchor("the parties", nth=1)
    result = locate(quoted, "A preamble. " + OLD)
    assert (result.state, result.start) == ("moved", quoted.start + len("A preamble. "))
    assert locate(quoted, OLD).state == "exact"


def test_without_context_the_nearest_of_equal_words_is_taken():
    text = "one two one two one"
    assert locate(Anchor(9, 12, "one"), text).start == 8


def test_locating_recognises_words_with_a_slip_of_the_pen():
    text = "We had everything before us, we had nothing before us."
    result = locate(Anchor(19, 27, "befor us"), text)
    assert (result.state, text[result.start : result.end]) == ("changed", "before us")
    assert result.start == text.index("before us")


def test_the_score_falls_with_the_likeness():
    text = "Many years later he remembered."
    quotes = ["Many years later", "Many yers later", "Some years later", "Some years after"]
    scores = [locate(Anchor(0, len(quote), quote), text).score for quote in quotes]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize("quote", ["wholly other words", "xyz", " "])
def test_words_that_are_nowhere_are_an_orphan(quote):
    result = locate(Anchor(3, 3 + len(quote), quote), OLD)
    assert (result.state, result.start, result.end) == ("orphaned", 3, 3)


def test_words_moved_to_another_clause_are_found_among_the_clauses():
    sentence = "The parties shall agree on the seat of the Centre."
    clauses = {"a": OLD.replace(sentence, ""), "b": f"1. {sentence} It is in Vienna.", "c": "No."}
    key, place = search(anchor("agree on the seat of the Centre"), clauses)
    assert (key, place.state) == ("b", "moved")
    assert clauses[key][place.start : place.end] == "agree on the seat of the Centre"


def test_words_that_stand_in_several_clauses_alike_are_not_guessed_at():
    assert search(anchor("seat"), {"a": "the seat of", "b": "the seat of"}) is None


def test_chinese_words_are_followed_through_an_edit():
    old, new = "各国应当尊重人权。各国应当合作。", "本公约规定各国应当尊重基本人权。各国应当合作。"
    result = carry(make(old, 4, 8), old, new)
    assert (result.state, new[result.start : result.end]) == ("changed", "尊重基本人权")


WORDS = st.sampled_from(["the", "of", "seat", "Centre", "agree", "shall", ".", ",", "各国"])
TEXTS = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)


@given(TEXTS, TEXTS, st.data())
def test_a_carried_range_lies_in_the_new_text_and_exact_means_the_same_words(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    result = carry(make(old, start, end), old, new)
    assert 0 <= result.start <= result.end <= len(new)
    assert 0 <= result.score <= 1
    if result.state in ("exact", "moved"):
        assert new[result.start : result.end].split() == old[start:end].split()
    if result.state == "orphaned":
        assert result.start == result.end


@given(TEXTS, TEXTS, TEXTS, st.data())
def test_words_survive_any_edits_before_and_behind_them(before, text, behind, data):
    quoted = f"Begin here {text} and end"
    old = f"{before} {quoted} {behind}"
    new = f"{data.draw(TEXTS)} {quoted} {data.draw(TEXTS)}"
    result = carry(make(old, len(before) + 1, len(before) + 1 + len(quoted)), old, new)
    assert new[result.start : result.end] == quoted


@given(TEXTS, TEXTS, st.data())
def test_anchors_carried_together_go_where_each_would_go_alone(old, new, data):
    places = st.tuples(st.integers(0, len(old)), st.integers(0, len(old)))
    ranges = data.draw(st.lists(places, max_size=4))
    anchors = [make(old, min(one), max(one)) for one in ranges]
    assert carry_all(anchors, old, new) == tuple(carry(each, old, new) for each in anchors)


def test_a_crowd_of_anchors_on_a_long_text_is_carried_in_bounded_time():
    pick = random.Random(1)
    words = [f"{chr(97 + n % 26)}{n}" for n in range(900)]
    old, new = (" ".join(pick.choices(words, k=40_000)) for _ in range(2))
    anchors = [make(old, at, at + 400) for at in range(0, 100_000, 200)]
    started = time.process_time()
    carry_all(anchors, old, new)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("quote", "found"),
    [("every year on", True), ("every\nyear", True), ("never", False), (" ", False)],
)
def test_words_occur_whatever_the_white_space_between_them(quote, found):
    assert occurs(quote, OLD.replace("every year", "every  year")) is found
