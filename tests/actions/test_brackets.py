"""Placing brackets around words and lifting them: one revision each, through the one door."""

import pytest

from charter.access import Forbidden
from charter.actions.brackets import Part, lift_brackets, place_brackets
from charter.actions.refusals import Invalid, Missing, NoSuch, Stale, StaleWording, WouldCut
from charter.queries.texts import text_at
from tests.builders import FIRST, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def place(laid, words: str, *, said: str = FIRST, **more):
    start = said.index(words)
    return place_brackets(**_about(laid, start=start, end=start + len(words), **more))


def lift(laid, start: int, **more):
    return lift_brackets(**_about(laid, start=start, **more))


def _about(laid, **more):
    more.setdefault("actor", laid.cast.drafter)
    more.setdefault("base", laid.charter.head)
    return {"charter": laid.charter, "clause": laid.first, "language": "en", **more}


def text(laid) -> str:
    return text_at(laid.charter, None, "en").find(str(laid.first)).text


def test_words_are_put_in_brackets_lifted_and_removed_with_a_message_that_quotes_them(laid):
    placed = place(laid, "respect the sovereignty ")
    assert text(laid) == FIRST.replace("respect the sovereignty", "[respect the sovereignty]")
    assert placed.revision.message == "In brackets: “respect the sovereignty”"
    lifted = lift(laid, text(laid).index("["))
    assert text(laid) == FIRST
    assert lifted.revision.message == "Brackets lifted: “respect the sovereignty”"
    place(laid, " of each Party", message="Brazil is not sure")
    removed = lift(laid, text(laid).index("["), words=False)
    assert text(laid) == FIRST.replace(" of each Party", "")
    assert removed.revision.message == "Removed with the brackets: “of each Party”"
    assert removed.revision.number == placed.revision.number + 3


def test_brackets_stand_in_headings_too(laid):
    done = place_brackets(
        **_about(laid, clause=laid.article, start=0, end=10, part=Part.HEADING, message="Open")
    )
    assert text_at(laid.charter, None, "en").find(str(laid.article)).heading == "[Principles]"
    assert done.revision.message == "Open"


def test_one_of_two_nested_brackets_is_lifted_alone(laid):
    reword(laid.charter, laid.cast.chair, laid.first, "Parties [may [or shall]] agree.")
    lift(laid, 8)
    assert text(laid) == "Parties may [or shall] agree."


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("[may] agree", None),
        ("may] agree", WouldCut),
        ("*at once* or", None),
        ("once* or", WouldCut),
    ],
)
def test_brackets_never_cut_through_a_mark_or_a_bracket(laid, words, refusal):
    said = "Parties [may] agree *at once* or later."
    reword(laid.charter, laid.cast.chair, laid.first, said)
    if refusal:
        with pytest.raises(refusal):
            place(laid, words, said=said)
        assert text(laid) == said
    else:
        place(laid, words, said=said)
        assert text(laid) == said.replace(words, f"[{words}]")


def test_what_others_changed_elsewhere_in_the_clause_is_kept(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("Parties", "States"))
    done = place(laid, "respect", base=base)
    assert done.merged
    assert text(laid) == FIRST.replace("Parties", "States").replace("respect", "[respect]")


def test_words_that_others_changed_are_not_bracketed_unseen(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "uphold"))
    with pytest.raises(StaleWording):
        place(laid, "respect", base=base)


def test_brackets_that_cross_those_of_another_are_not_merged_into_other_pairs(laid):
    base = laid.charter.head
    place(laid, "respect the sovereignty", actor=laid.cast.chair)
    with pytest.raises(Stale):
        place(laid, "sovereignty of each Party", base=base)
    again = place(laid, "respect the sovereignty", base=base)
    assert again.revision is None  # both wanted the same


def test_a_bracket_whose_words_have_changed_is_not_lifted_unseen(laid):
    place(laid, "respect")
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "[uphold]"))
    with pytest.raises(Stale):
        lift(laid, FIRST.index("respect"), base=base)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"start": 0, "end": 0}, Missing),
        ({"start": 3, "end": 4}, Missing),
        ({"start": 900, "end": 990}, Missing),
        ({"start": 3, "end": 990}, Missing),
        ({"start": -8, "end": -1}, Missing),
        ({"start": 0, "end": 3, "language": "fr"}, NoSuch),
        ({"start": 0, "end": 3, "base": 99}, NoSuch),
    ],
)
def test_what_cannot_be_bracketed_is_refused(laid, more, refusal):
    with pytest.raises(refusal):
        place_brackets(**_about(laid, **more))


def test_there_must_be_a_bracket_to_lift_and_the_right_to_edit(laid):
    with pytest.raises(Invalid):
        lift(laid, 4)
    with pytest.raises(Forbidden):
        place(laid, "respect", actor=laid.cast.reviewer)
