"""Who moved among siblings, where one comes back to, and the ranks that say so."""

from hypothesis import given
from hypothesis import strategies as st

from charter.text import ranks
from charter.text.siblings import LONG, displaced, put_back, ranked


def line(order: str, **other: str) -> list[tuple[str, str]]:
    """Siblings named by letters, each with a rank of its own place in the alphabet."""
    given = {one: f"{1 + ord(one) - ord('a'):02d}5" for one in order} | other
    return [(one, given[one]) for one in order]


def test_nobody_moves_when_ranks_are_spread_anew():
    assert displaced(line("abcd"), list(zip("abcd", ranks.spread(4), strict=True))) == set()


def test_who_has_another_rank_and_another_place_has_moved():
    assert displaced(line("abcd"), line("dabc", d="001")) == {"d"}
    assert displaced(line("abcd"), line("acbd", b="036")) == {"b"}


def test_who_has_another_rank_in_the_same_place_has_not():
    assert displaced(line("abcd"), line("abcd", b="022")) == set()


def test_those_who_came_and_went_are_left_out():
    assert displaced(line("abc"), line("xac", x="001")) == set()


def test_one_goes_back_behind_the_nearest_that_stood_before_it():
    assert put_back("ace", "abcde", {"b", "d"}) == list("abcde")
    assert put_back("anb", "axb", {"x"}) == list("axnb")
    assert put_back("ba", "xab", {"x"}) == list("bxa")
    assert put_back("yz", "x", {"x"}) == list("yzx")


@given(st.permutations("abcdefg"), st.permutations("abcdefg"), st.sets(st.sampled_from("abcdefg")))
def test_going_back_keeps_the_order_of_those_that_stay(now, old, back):
    found = put_back([one for one in now if one not in back], old, back)
    assert sorted(found) == sorted(old)
    assert [one for one in found if one not in back] == [one for one in now if one not in back]


@given(
    st.permutations("abcdefg"),
    st.lists(st.integers(1, 61), min_size=7, max_size=7),
    st.sets(st.sampled_from("abcdefg")),
)
def test_ranks_always_say_the_order_and_keep_what_they_can(order, numbers, loose):
    given_ranks = {
        one: ranks.spread(61)[number - 1] for one, number in zip(order, numbers, strict=True)
    }
    found = ranked(order, given_ranks, loose)
    said = [found[one] for one in order]
    assert said == sorted(set(said))
    assert max(map(len, said)) <= LONG
    fixed = [given_ranks[one] for one in order]
    if fixed == sorted(set(fixed)):
        assert said == fixed
