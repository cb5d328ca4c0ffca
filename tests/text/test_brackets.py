"""Square brackets written by hand: found, counted, placed and lifted; never half of one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charter.text.brackets import Place, brackets, counted, enclosed, lifted, loose, placed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Parties shall cooperate", []),
        ("[may] [shall]", [(0, 5, 1), (6, 13, 1)]),
        ("not [later [than]] 2030", [(4, 18, 1), (11, 17, 2)]),
        ("*Parties [may]*", [(9, 14, 1)]),
        ("see [the page](https://example.org) and [](#a1)", []),
        ("as agreed^[in [Minsk]]", [(14, 21, 1)]),
        (r"\[not a bracket\]", []),
        ("`[code]`", []),
        ("[]", [(0, 2, 1)]),
    ],
)
def test_brackets_are_found_with_their_depth(text, found):
    assert brackets(text) == tuple(Place(*place) for place in found)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("[may] shall", None),
        ("[may shall", 0),
        ("may] shall", 3),
        ("[may [shall]", 0),
        ("[may] shall]", 11),
        (r"\[may shall", None),
        ("as agreed^[in Minsk", 9),
        ("(a] b)", 2),
    ],
)
def test_a_bracket_without_a_partner_is_named_by_its_place(text, at):
    assert loose(text) == at


def test_a_loose_bracket_that_was_there_does_not_stand_in_the_way_of_other_edits():
    assert loose("a] may", before="a] shall") is None
    assert loose("a] [may", before="a] shall") == 1


def test_brackets_nested_deeper_than_marks_may_be_are_loose():
    assert loose("[" * 41 + "]" * 41) is not None
    assert loose("[" * 39 + "]" * 39) is None


def test_brackets_are_placed_around_words_and_lifted_again():
    text = placed("States may cooperate", 7, 10)
    assert text == "States [may] cooperate"
    assert lifted(text, 7) == "States may cooperate"


@pytest.mark.parametrize(
    ("text", "start", "left"),
    [
        ("States [may] cooperate", 7, "States cooperate"),
        ("States cooperate [fully].", 17, "States cooperate."),
        ("[All] States", 0, "States"),
        ("States[, all of them,] agree", 6, "States agree"),
        ("States agree [now]", 13, "States agree"),
    ],
)
def test_a_bracket_lifted_with_its_words_leaves_the_spaces_of_a_sentence(text, start, left):
    assert lifted(text, start, words=False) == left


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 3), (4, 6), (2, 5), (3, 3), (0, 99), (-1, 3)],
)
def test_brackets_that_would_cut_another_are_refused(start, end):
    with pytest.raises(ValueError):
        placed("a [bc] d"[: max(end, 8)], start, end)


def test_brackets_that_would_make_a_link_are_refused():
    with pytest.raises(ValueError):
        placed("see page(https://example.org)", 4, 8)


def test_no_bracket_opens_there():
    with pytest.raises(ValueError):
        lifted("States [may] cooperate", 8)


MARKED = st.lists(
    st.sampled_from(["[", "]", "^[", "](", "\\", "*", "`", "may", " ", "(#a)"]), max_size=25
).map("".join)


@given(MARKED)
def test_every_bracket_found_begins_and_ends_with_one(text):
    for place in brackets(text):
        assert text[place.start] == "[" and text[place.end - 1] == "]"
        assert loose(text) not in (place.start, place.end - 1)


@given(MARKED)
def test_lifting_every_bracket_with_its_words_leaves_none(text):
    assume(loose(text) is None)
    count = len(brackets(text))
    for _ in range(count):
        found = brackets(text)
        if not found:
            break
        text = lifted(text, found[0].start, words=False)
    assert not brackets(text)


@given(MARKED, st.integers(0, 25), st.integers(0, 25))
def test_what_was_placed_can_be_lifted(text, start, end):
    try:
        bracketed = placed(text, start, end)
    except ValueError:
        return
    assert len(brackets(bracketed)) == len(brackets(text)) + 1
    assert lifted(bracketed, start) == text


@pytest.mark.parametrize(
    ("text", "words", "now"),
    [
        ("States may cooperate", " may ", "States [may] cooperate"),
        ("States **may well** cooperate", "may well", "States **[may well]** cooperate"),
        ("**States may** cooperate", "States may** cooperate", "[**States may** cooperate]"),
        ("States *may* well", "may* well", "States [*may* well]"),
        ("States [may] cooperate", "may] cooperate", None),
        ("States **may well** cooperate", "well** cooperate", None),
        ("see [the page](https://example.org)", "page](https", None),
        ("States may", " ", None),
    ],
)
def test_words_are_enclosed_as_a_reader_selects_them_or_not_at_all(text, words, now):
    start = text.index(words)
    if now is None:
        with pytest.raises(ValueError):
            enclosed(text, start, start + len(words))
    else:
        assert enclosed(text, start, start + len(words)) == now


def test_brackets_are_counted_over_several_wordings_with_those_inside_one_another():
    assert counted("[Draft] Charter", "no [later [than]] 2030", "plain") == 3
