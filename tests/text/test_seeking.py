"""The query language: what is typed is always a query, and signs mean what is written of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.seeking import LENGTH, WORDS, Mode, Query, Sought, Term, like, parse


def terms(said: str, mode: Mode = Mode.WORDS) -> tuple[Term, ...]:
    return parse(said, mode).terms


def test_plain_words_are_each_sought_in_any_form():
    assert terms("Sovereign EQUALITY") == (Term(("sovereign",)), Term(("equality",)))


@pytest.mark.parametrize(
    "said", ['"use of force"', "“use of force”", "«use of force»", '"use of force']
)
def test_words_in_quotation_marks_stand_together(said):
    assert terms(said) == (Term(("use", "of", "force")),)


def test_signs_make_a_word_exact_beginning_or_unwanted():
    assert terms("=Liberties") == (Term(("liberties",), exact=True),)
    assert terms('="The Law"') == (Term(("the", "law"), exact=True),)
    assert terms("negotiat*") == (Term(("negotiat",), begins=True),)
    assert terms('"right to lib*"') == (Term(("right", "to", "lib"), begins=True),)
    assert terms('-annex -"ad hoc"') == (
        Term(("annex",), without=True),
        Term(("ad", "hoc"), without=True),
    )


def test_a_hyphen_inside_a_word_is_no_sign():
    assert terms("non-aligned") == (Term(("non", "aligned")),)
    assert terms("l'homme") == (Term(("l", "homme")),)


def test_a_mode_takes_all_words_its_way():
    assert terms("use of force", Mode.PHRASE) == (Term(("use", "of", "force")),)
    assert terms("use of forc*", Mode.PHRASE) == (Term(("use", "of", "forc"), begins=True),)
    assert terms("sov eq", Mode.PREFIX) == (Term(("sov",), begins=True), Term(("eq",), begins=True))
    assert terms("Two Words", Mode.EXACT) == (
        Term(("two",), exact=True),
        Term(("words",), exact=True),
    )


@pytest.mark.parametrize(
    "said", ["", " ", '"', '""', "=", "-", "*", "-*", '="', "& | ! ( )", "\x00", "😀"]
)
def test_signs_alone_seek_nothing(said):
    for mode in Mode:
        assert parse(said, mode) == Query()


def test_only_unwanted_words_want_nothing():
    assert parse("-annex").wanted == ()
    assert parse("-annex charter").wanted == (Term(("charter",)),)


def test_more_than_can_be_sought_is_cut_and_said_to_be():
    assert not parse("word " * 3).cut
    long = parse(" ".join(f"w{n}" for n in range(WORDS + 5)))
    assert len(long.terms) == WORDS
    assert long.cut
    assert parse("x" * (LENGTH + 1)).cut


@given(st.text(max_size=LENGTH + 100), st.sampled_from(Mode))
def test_whatever_is_typed_is_a_query(said, mode):
    query = parse(said, mode)
    assert sum(len(term.words) for term in query.terms) <= WORDS
    assert all(term.words and all(term.words) for term in query.terms)


def test_a_beginning_is_one_of_the_last_word_only_and_of_no_single_sign():
    assert parse("人权*").terms == (Term(("人", "权"), begins=True),)
    assert like(Term(("人", "权"), begins=True), 1) is None
    assert like(Term(("right",)), 0) is None
    assert like(Term(("the", "lib"), begins=True), 1) == "lib%"


def test_a_query_whose_word_is_nowhere_is_impossible():
    assert Sought(((frozenset({"a"}),),)).possible
    assert not Sought(((frozenset(),),)).possible
    assert not Sought(()).possible
