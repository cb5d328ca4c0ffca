"""When the words of a clause, or of anything below it, changed last."""

import pytest

from charter.text.touching import Placement, last_touches

ROOT = Placement("root", 1, None, "", False)


def put(clause: str, number: int, parent: str = "root", rank: str = "a", struck: bool = False):
    return Placement(clause, number, parent, rank, struck)


def touches(worded: dict[str, int], *placed: Placement) -> dict[str, int]:
    rows = sorted((ROOT, *placed), key=lambda row: (row.clause, row.number))
    return last_touches(worded.items(), rows)


def test_words_touch_their_clause_and_all_it_stands_in():
    found = touches({"b": 5, "c": 3}, put("a", 2), put("b", 2, "a"), put("c", 2))
    assert found == {"b": 5, "a": 5, "c": 3, "root": 5}


def test_what_enters_touches_where_it_enters_and_not_itself():
    found = touches({"a": 2, "b": 4}, put("a", 2), put("b", 4, "a"), put("c", 2))
    assert found == {"a": 4, "b": 4, "root": 4}


def test_a_move_touches_where_it_left_and_where_it_came_to():
    found = touches(
        {"a": 2, "b": 2, "c": 2},
        put("a", 2),
        put("b", 2),
        put("c", 2, "a"),
        put("c", 7, "b"),
    )
    assert found == {"a": 7, "b": 7, "c": 2, "root": 7}


def test_where_a_clause_stood_is_touched_though_that_moved_on_later():
    found = touches(
        {},
        put("a", 2),
        put("b", 2),
        put("c", 2, "a"),
        put("d", 2, "c"),
        put("d", 3, "b"),
        put("c", 4, "b"),
    )
    assert (found["a"], found["c"], found["b"]) == (4, 3, 4)


@pytest.mark.parametrize("number", [6, 9])
def test_striking_and_restoring_touch_the_clause_and_what_holds_it(number):
    rows = [put("a", 2), put("b", 2, "a"), put("b", 6, "a", struck=True)]
    rows += [put("b", 9, "a")] if number == 9 else []
    found = touches({"b": 2}, *rows)
    assert (found["a"], found["b"]) == (number, number)


def test_another_order_touches_what_holds_the_clauses():
    found = touches({"b": 2}, put("a", 2), put("b", 2, "a"), put("b", 5, "a", rank="c"))
    assert (found["a"], found["b"]) == (5, 2)


def test_a_number_that_was_given_touches_nothing():
    found = touches({"b": 2}, put("a", 2), put("b", 2, "a"), put("b", 5, "a"))
    assert (found["a"], found["b"]) == (2, 2)
