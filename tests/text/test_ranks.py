"""Keys that order siblings, between any two of which there is another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.ranks import between, spread


def test_the_first_key_of_all_leaves_room_on_both_sides():
    first = between(None, None)
    assert between(None, first) < first < between(first, None)


def test_two_thousand_appended_clauses_keep_short_keys():
    keys = [between(None, None)]
    for _ in range(2_000):
        keys.append(between(keys[-1], None))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 4


def test_two_thousand_clauses_put_first_keep_short_keys():
    keys = [between(None, None)]
    for _ in range(2_000):
        keys.insert(0, between(None, keys[0]))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 4


def test_inserting_at_one_place_over_and_over_adds_a_digit_every_few_times():
    low, high = between(None, None), between(between(None, None), None)
    for _ in range(60):
        high = between(low, high)
    assert len(high) <= 14


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=80))
def test_keys_stay_in_order_wherever_clauses_are_inserted(places):
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        before = keys[at - 1] if at else None
        after = keys[at] if at < len(keys) else None
        keys.insert(at, between(before, after))
    assert all(one < other for one, other in pairwise(keys))
    assert all(key.isascii() and key.isalnum() for key in keys)


@pytest.mark.parametrize("count", [0, 1, 2, 30, 31, 61, 62, 500, 20_000])
def test_many_keys_at_once_are_short_and_have_room_everywhere(count):
    keys = spread(count)
    assert len(keys) == count
    assert all(one < other for one, other in pairwise(keys))
    assert all(len(key) <= 3 for key in keys)
    for one, other in [*pairwise(keys)][:50]:
        assert one < between(one, other) < other


@pytest.mark.parametrize(("before", "after"), [("b", "a"), ("a", "a"), ("a1", "a")])
def test_keys_out_of_order_are_refused(before, after):
    with pytest.raises(ValueError, match="does not sort before"):
        between(before, after)


@pytest.mark.parametrize("key", ["", "0", "a0", "ä", "a b"])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ValueError, match="is not a rank"):
        between(key, None)
    with pytest.raises(ValueError, match="is not a rank"):
        between(None, key)


def test_a_negative_number_of_keys_is_refused():
    with pytest.raises(ValueError, match="negative"):
        spread(-1)
