"""Where a clause can go."""

import pytest

from charter.text.kinds import Kind, may_hold
from charter.text.outline import Clause, Outline
from charter.web.places import Place, find, offered, placed, spots, step, steps

TEXT = Outline(
    clauses=(
        Clause(
            Kind.PART,
            id="I",
            children=(
                Clause(
                    Kind.ARTICLE,
                    id="1",
                    children=(Clause(Kind.PARAGRAPH, id="1.1"), Clause(Kind.PARAGRAPH, id="1.2")),
                ),
                Clause(Kind.ARTICLE, id="2"),
            ),
        ),
        Clause(Kind.PART, id="II"),
        Clause(Kind.ARTICLE, id="3"),
    )
)


@pytest.mark.parametrize(
    ("clause", "direction", "place"),
    [
        ("2", "up", Place("I", before="1")),
        ("1", "down", Place("I", after="2")),
        ("1", "up", None),
        ("2", "out", Place(None, after="I")),
        ("3", "in", Place("II")),
        ("2", "in", None),
        ("I", "out", None),
        ("1.2", "up", Place("1", before="1.1")),
        ("nowhere", "up", None),
    ],
)
def test_a_step_leads_to_the_next_place_there_is(clause, direction, place):
    assert step(TEXT, clause, direction) == place


def test_only_steps_that_lead_somewhere_are_offered():
    assert steps(TEXT, "I") == ("down",)
    assert steps(TEXT, "3") == ("up", "in")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("first", Place(before="I")),
        ("before:2", Place("I", before="2")),
        ("after:1.1", Place("1", after="1.1")),
        ("inside:1", Place("1", before="1.1")),
        ("inside:2", Place("2")),
        ("inside:nowhere", None),
        ("over:1", None),
    ],
)
def test_a_place_is_read_from_what_a_form_says(said, place):
    assert placed(TEXT, said) == place


def test_every_place_offered_may_hold_the_clause_and_none_is_inside_it():
    for _, clause in TEXT.walk():
        for spot in spots(TEXT, clause.kind, clause.id):
            place = placed(TEXT, spot.value)
            parent = find(TEXT, place.parent) if place.parent else None
            assert may_hold(parent.clause.kind if parent else None, clause.kind)
            inside = {below.id for _, below in clause.walk()}
            assert place.parent not in inside
            assert spot.value.partition(":")[2] not in inside


def test_a_text_without_clauses_has_one_place():
    assert placed(Outline(), "first") == Place()
    assert [spot.value for spot in spots(Outline(), Kind.ARTICLE)] == ["first"]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("before:2", "after:1"),
        ("before:1", "inside:I"),
        ("before:I", "first"),
        ("before:nowhere", ""),
        ("after:1", "after:1"),
        ("first", "first"),
    ],
)
def test_a_place_ahead_of_a_clause_is_one_that_forms_offer(said, value):
    assert offered(TEXT, said, "3") == value


def test_a_clause_is_never_put_behind_itself():
    assert offered(TEXT, "before:2", "1") == "inside:I"
