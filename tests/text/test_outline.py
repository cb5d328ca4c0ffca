"""Outlines are values; as JSON they come back the same or are refused with the place."""

import json

import pytest

from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from charter.text.outline_json import decode, encode

OUTLINE = Outline(
    "Charter",
    (
        Clause(
            Kind.ARTICLE,
            "The Parties shall:",
            "Scope",
            id="a",
            numeral="5 bis",
            principles=("openness",),
            children=(Clause(Kind.POINT, "act.", id="b", numeral=""),),
        ),
    ),
    "ru",
    "statute",
)


def test_clauses_are_walked_in_reading_order_with_their_depth():
    assert [(depth, clause.id) for depth, clause in OUTLINE.walk()] == [(0, "a"), (1, "b")]


def test_one_clause_is_replaced_and_the_rest_shared():
    changed = OUTLINE.replace("b", text="rest.")
    assert changed.find("b") == Clause(Kind.POINT, "rest.", id="b", numeral="")
    assert OUTLINE.find("b") != changed.find("b")
    with pytest.raises(KeyError):
        OUTLINE.replace("c", text="")


def test_json_brings_an_outline_back():
    assert decode(json.loads(json.dumps(encode(OUTLINE)))) == OUTLINE


def test_a_computed_and_an_empty_number_stay_apart():
    clauses = (Clause(Kind.ARTICLE), Clause(Kind.ARTICLE, numeral=""))
    assert decode(encode(Outline(clauses=clauses))).clauses == clauses


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "the text: an object"),
        ({"clauses": {}}, "clauses: a list"),
        ({"clauses": [{"kind": "verse"}]}, r"clauses\[0\]: “verse” is not a kind"),
        ({"clauses": [{"kind": "article", "colour": 1}]}, "“colour” is not a field"),
        ({"clauses": [{"kind": "article", "text": 5}]}, "“text” must be a string"),
        ({"clauses": [{"kind": "article", "principles": "x"}]}, "“principles” must be a list"),
        ({"clauses": [{"kind": "article", "numeral": 5}]}, "“numeral” must be a string"),
        ({"scheme": "roman"}, "“roman” is not a numbering scheme"),
        (
            {"clauses": [{"kind": "point", "clauses": [{"kind": "part"}]}]},
            r"clauses\[0\]\.clauses\[0\]: a part cannot stand inside a point",
        ),
        (
            {"clauses": [{"kind": "part", "id": "x"}, {"kind": "part", "id": "x"}]},
            "the id “x” is used twice",
        ),
    ],
)
def test_what_is_no_outline_is_refused_with_its_place(value, said):
    with pytest.raises(ValueError, match=said):
        decode(value)


def test_nesting_without_end_is_refused():
    value: dict[str, object] = {"kind": "point"}
    for _ in range(200):
        value = {"kind": "point", "clauses": [value]}
    with pytest.raises(ValueError, match="deeper than"):
        decode({"clauses": [value]})
