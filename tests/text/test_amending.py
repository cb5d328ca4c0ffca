"""Proposals on a text that moves: never shifted, dropped or applied to other words in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.amending import Standing, carry, taken
from charter.text.diff import diff

BASE = "The Parties shall consult each other without delay."
PROPOSED = "The Parties shall inform each other without delay."


@pytest.mark.parametrize(
    ("current", "standing", "text"),
    [
        (BASE, Standing.CLEAN, PROPOSED),
        (
            "The Parties shall consult each other within ten days.",
            Standing.AROUND,
            "The Parties shall inform each other within ten days.",
        ),
        (PROPOSED, Standing.MADE, PROPOSED),
        (
            "The Parties shall inform each other within ten days.",
            Standing.MADE,
            "The Parties shall inform each other within ten days.",
        ),
        ("The Parties shall notify each other without delay.", Standing.CONFLICT, None),
        ("", Standing.CONFLICT, None),
        (None, Standing.CONFLICT, None),
    ],
)
def test_how_a_proposal_stands_once_the_text_has_moved(current, standing, text):
    carried = carry(BASE, PROPOSED, current, "en")
    assert (carried.standing, carried.text) == (standing, text)


def test_a_conflict_holds_the_words_of_the_base_the_proposal_and_the_text():
    carried = carry(BASE, PROPOSED, "The Parties shall notify each other without delay.", "en")
    (conflict,) = carried.merged.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("consult", "inform", "notify")


WORDS = st.lists(
    st.sampled_from(["shall", "may", "not", "agree", "on", ".", ","]), max_size=10
).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_what_is_carried_is_a_text_or_a_conflict_and_never_nothing(base, proposed, current):
    carried = carry(base, proposed, current)
    if carried.standing is Standing.CONFLICT:
        assert carried.text is None and carried.merged.conflicts
    else:
        assert carried.text is not None
        assert (carried.text == current) == (carried.standing is Standing.MADE or proposed == base)


@given(WORDS, WORDS)
def test_a_proposal_that_was_adopted_has_nothing_left_to_change(base, proposed):
    assert carry(base, proposed, proposed).standing is Standing.MADE


@given(WORDS, WORDS)
def test_taking_every_change_gives_the_proposal_and_taking_none_the_text(base, proposed):
    spans = diff(base, proposed)
    changes = [place for place, span in enumerate(spans) if span.op != "equal"]
    assert taken(spans, changes) == proposed
    assert taken(spans, []) == base


@given(WORDS, WORDS, st.data())
def test_the_rest_of_a_proposal_stays_alive_against_what_was_taken(base, proposed, data):
    spans = diff(base, proposed)
    changes = [place for place, span in enumerate(spans) if span.op != "equal"]
    some = data.draw(st.sets(st.sampled_from(changes))) if changes else set()
    text = taken(spans, some)
    assert carry(text, proposed, text).standing in (Standing.CLEAN, Standing.MADE)
    assert carry(text, proposed, text).text == proposed


@pytest.mark.parametrize(
    ("base", "proposed", "chosen", "text"),
    [
        ("States shall agree", "States may agree", {1}, "States agree"),
        ("States shall agree", "States may agree", {2}, "States shall may agree"),
        ("缔约方应当合作", "缔约方可以合作", {2}, "缔约方应当可以合作"),
    ],
)
def test_a_change_can_be_taken_by_halves(base, proposed, chosen, text):
    assert taken(diff(base, proposed), chosen) == text


def test_only_changes_can_be_taken():
    with pytest.raises(IndexError):
        taken(diff("States shall agree", "States may agree"), {0})
    with pytest.raises(IndexError):
        taken(diff("States shall agree", "States may agree"), {9})
