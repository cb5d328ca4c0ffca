"""A clause split in two, or joined from two, is said to be so where the words say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.compare import compare
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from charter.text.redline import Change, Redline, Row, after, before

PEACE = "The Parties shall settle their disputes by peaceful means alone."
ARMS = "No Party shall deploy weapons on the territory of another Party without its consent."
HEALTH = "Each Party shall give notice of a pandemic within two days of its first case."


def text(**clauses: str) -> Outline:
    found = (Clause(Kind.ARTICLE, words, id=id) for id, words in clauses.items())
    return Outline("Treaty", tuple(found))


def row(redline: Redline, id: str) -> Row:
    return next(row for row in redline.rows if row.id == id)


def test_a_clause_split_in_two_names_what_it_was_split_from():
    redline = compare(text(a=f"{PEACE} {ARMS}", b=HEALTH), text(a=PEACE, c=ARMS, b=HEALTH))
    assert row(redline, "c").split_from == "Article 1"
    assert row(redline, "c").changes == {Change.ADDED}


def test_a_clause_split_off_with_a_few_new_words_is_known_too():
    part = ARMS.replace("No Party", "A Party shall not, and no other entity")
    redline = compare(text(a=f"{PEACE} {ARMS}"), text(a=PEACE, c=part))
    assert row(redline, "c").split_from == "Article 1"


def test_two_clauses_joined_in_one_name_what_they_became():
    redline = compare(text(a=PEACE, c=ARMS, b=HEALTH), text(a=f"{PEACE} {ARMS}", b=HEALTH))
    assert row(redline, "c").joined_into == "Article 1"
    assert row(redline, "c").changes == {Change.STRUCK}


def test_a_unit_has_the_origin_of_most_words_in_it():
    def articles(**clauses: tuple[str, ...]) -> Outline:
        return Outline(
            "Treaty",
            tuple(
                Clause(Kind.ARTICLE, id=id, children=tuple(
                    Clause(Kind.PARAGRAPH, words, id=f"{id}{at}", numeral="")
                    for at, words in enumerate(texts)
                ))
                for id, texts in clauses.items()
            ),
        )  # fmt: skip

    whole, parts = articles(a=(f"{PEACE} {ARMS}",)), articles(a=(PEACE,), b=(ARMS,))
    assert row(compare(whole, parts), "b").split_from == "Article 1"
    assert row(compare(parts, whole), "b").joined_into == "Article 1"
    mixed = articles(a=(PEACE,), b=(ARMS, HEALTH))
    assert row(compare(whole, mixed), "b").split_from == ""
    assert row(compare(whole, mixed), "b0").split_from == "Article 1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (text(a=PEACE), text(a=PEACE, c=ARMS)),
        (text(a=f"{PEACE} {ARMS}"), text(a=PEACE, c=HEALTH)),
        (text(a=PEACE, c=ARMS), text(a=f"{PEACE} {HEALTH}")),
    ],
    ids=["simply added", "added beside a cut", "struck beside an insertion"],
)
def test_unlike_words_have_no_origin(old, new):
    assert not any(row.split_from or row.joined_into for row in compare(old, new).rows)


words = st.lists(st.sampled_from([PEACE, ARMS, HEALTH, "Reserved.", ""]), max_size=3)
texts = st.dictionaries(st.sampled_from("abcde"), words.map(" ".join), max_size=5)


@given(texts, texts)
def test_origins_change_no_word(old, new):
    redline = compare(text(**old), text(**new))
    kept = {row.id: row for row in redline.rows if not row.left_for}
    for id, said in new.items():
        assert after(kept[id].text) == said
    for id, said in old.items():
        assert before(kept[id].text) == said
