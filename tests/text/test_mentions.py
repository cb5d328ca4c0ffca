"""Whom a comment names."""

from charter.text.mentions import MOST, calls, mentions

ANNA, ANNE, OLGA, OTHER_OLGA = 1, 2, 3, 4
TABLE = [
    (ANNA, "Anna Petrova", "anna@example.org"),
    (ANNE, "Anne-Marie O’Neill", "anne@example.org"),
    (OLGA, "Olga", "olga@example.org"),
    (OTHER_OLGA, "Olga Ivanova", "olga@example.net"),
]


def named(text: str, members=TABLE) -> list[tuple[str, tuple[int, ...]]]:
    """What is marked in the comment, and whom it names."""
    return [(text[one.start : one.end], one.keys) for one in mentions(text, calls(members))]


def test_a_member_is_named_by_name_by_address_or_by_a_first_name_of_her_own():
    assert named("See @Anna Petrova.") == [("@Anna Petrova", (ANNA,))]
    assert named("See @anna@example.org, please") == [("@anna@example.org", (ANNA,))]
    assert named("(@ANNA?)") == [("@ANNA", (ANNA,))]
    assert named("@Anne-Marie O’Neill: agreed") == [("@Anne-Marie O’Neill", (ANNE,))]


def test_the_longest_name_wins_and_what_two_bear_by_halves_is_the_one_that_bears_it_whole():
    assert named("@Olga Ivanova and @Olga") == [
        ("@Olga Ivanova", (OTHER_OLGA,)),
        ("@Olga", (OLGA,)),
    ]


def test_a_name_that_two_bear_names_both():
    twins = [(1, "Li Wei", "a@example.org"), (2, "Li Wei", "b@example.org")]
    assert named("@Li Wei, @Li", twins) == [("@Li Wei", (1, 2))]


def test_names_of_any_script_are_found_however_they_are_composed():
    members = [(7, "Юрий Лотман", "yuri@example.org"), (8, "José", "jose@example.org")]
    assert named("Прошу @юрий лотман проверить", members) == [("@юрий лотман", (7,))]
    assert named("@José", members) == [("@José", (8,))]


def test_who_is_not_at_the_table_is_not_named():
    assert named("@Boris, write to info@anna.example or to me@Anna") == []
    assert named("@Annabel @anna_petrova @anna.example @") == []


def test_a_comment_of_at_signs_is_no_burden():
    assert len(mentions("@Olga " * 3_000, calls(TABLE))) == MOST
    assert named("@" * 20_000) == []
