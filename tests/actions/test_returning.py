"""A clause taken back as it stood in an earlier revision, alone or with what stood in it."""

from random import Random

import pytest

from charter.access import Forbidden
from charter.actions import gate
from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    strike_clause,
)
from charter.actions.refusals import IsStruck, NoSuch, Refused, StaleWording, TooLong, Unbalanced
from charter.actions.returning import return_clause
from charter.actions.undoing import undo_revision
from charter.actions.values import Words
from charter.models import Cause
from charter.queries.texts import text_at
from charter.queries.verification import verify
from tests.actions.test_anything import deed
from tests.builders import FIRST, OTHER, SECOND, insert, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def back(laid, clause, number, **more):
    told = {"actor": laid.cast.drafter, "charter": laid.charter} | more
    return return_clause(**told, clause=clause, number=number)


def found(laid, clause, language="en"):
    return text_at(laid.charter, None, language).find(str(clause))


def test_no_bracket_loses_its_partner_between_the_old_words_and_later_ones(laid):
    then, read, _now = [
        reword(laid.charter, laid.cast.drafter, laid.first, said).revision.number
        for said in (
            "They [may or must] respect it.",
            "They [may or must respect] it.",
            "They may or must respect it.",
        )
    ]
    with pytest.raises(Unbalanced):
        back(laid, laid.first, then, base=read)
    assert back(laid, laid.first, then).revision is not None
    assert found(laid, laid.first).text == "They [may or must] respect it."


def test_words_kind_number_and_principles_come_back_as_a_new_revision(laid):
    principle(laid.charter, laid.cast.chair, "openness")
    laid.charter.refresh_from_db()
    number = laid.charter.head
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.other,
        base=number,
        words={"en": Words("Doors", "Open."), "ru": Words("Двери", "Открыты.")},
        kind="chapter",
        numeral="IX",
        principles=["openness"],
    )
    done = back(laid, laid.other, number)
    assert (done.revision.cause, done.revision.earlier) == (Cause.RESTORE, number)
    assert done.revision.message == f"As it was in revision {number}"
    clause = found(laid, laid.other)
    assert (clause.heading, clause.text, clause.kind) == ("Openness", OTHER, "article")
    assert (clause.numeral, clause.principles) == (None, ())
    assert found(laid, laid.other, "ru").text == "Открыты."
    assert back(laid, laid.other, number).revision is None
    back(laid, laid.other, number + 1)
    assert found(laid, laid.other).principles == ("openness",)
    assert verify(laid.charter).ok


def test_one_language_comes_back_alone(laid):
    number = laid.charter.head
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.other,
        base=number,
        words={"en": Words("Doors", "Open."), "ru": Words("Двери", "Открыты.")},
        kind="chapter",
    )
    back(laid, laid.other, number, languages=["en"])
    assert found(laid, laid.other).text == OTHER
    assert found(laid, laid.other).kind == "chapter"
    assert found(laid, laid.other, "ru").text == "Открыты."


def test_it_stays_where_it_stands_now(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    reword(laid.charter, drafter, laid.first, "Other words.")
    move_clause(actor=drafter, charter=laid.charter, clause=laid.first, parent=laid.other)
    back(laid, laid.first, number)
    assert found(laid, laid.other).children[0].text == FIRST


def test_a_struck_clause_comes_back_into_the_text_but_not_into_a_struck_one(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.first)
    back(laid, laid.first, number)
    assert found(laid, laid.first).text == FIRST
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.article)
    with pytest.raises(IsStruck):
        back(laid, laid.first, number)


def test_its_children_come_back_in_their_order_and_new_ones_leave(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    elsewhere = insert(laid.charter, drafter, "paragraph", "Elsewhere.", parent=laid.other)
    laid.charter.refresh_from_db()
    number = laid.charter.head
    reword(laid.charter, drafter, laid.second, "Other words.")
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.first)
    new = insert(laid.charter, drafter, "paragraph", "New.", before=laid.first)
    move_clause(actor=drafter, charter=laid.charter, clause=laid.second, parent=laid.other)
    move_clause(actor=drafter, charter=laid.charter, clause=elsewhere, parent=laid.article)
    back(laid, laid.article, number, with_children=True)
    children = found(laid, laid.article).children
    assert [one.text for one in children] == [FIRST, SECOND, "Elsewhere."]
    assert found(laid, new) is None
    assert found(laid, laid.other).children == ()


def test_without_its_children_only_the_clause_comes_back(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    reword(laid.charter, drafter, laid.first, "Other words.")
    assert back(laid, laid.article, number).revision is None
    assert found(laid, laid.first).text == "Other words."


def test_words_written_since_they_were_read_are_kept_or_asked_about(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    reword(laid.charter, drafter, laid.first, FIRST.replace("shall", "may"))
    read = laid.charter.head
    later = FIRST.replace("shall", "may").replace("each Party", "all Parties")
    reword(laid.charter, drafter, laid.first, later)
    back(laid, laid.first, number, base=read)
    assert found(laid, laid.first).text == FIRST.replace("each Party", "all Parties")
    reword(laid.charter, drafter, laid.first, FIRST.replace("shall", "must"))
    with pytest.raises(StaleWording):
        back(laid, laid.first, number, base=read)


def test_the_return_of_a_clause_can_be_undone(laid):
    drafter, number = laid.cast.drafter, laid.charter.head
    reword(laid.charter, drafter, laid.first, "Other words.")
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.first)
    before = text_at(laid.charter)
    done = back(laid, laid.article, number, with_children=True)
    undo_revision(actor=drafter, charter=laid.charter, number=done.revision.number)
    assert text_at(laid.charter) == before


def test_the_title_comes_back_like_any_words(laid):
    number = laid.charter.head
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.root,
        base=number,
        words={"en": Words(heading="A better title")},
    )
    back(laid, laid.root, number)
    assert text_at(laid.charter).title == "A charter of tests"


def test_only_who_may_edit_takes_back_and_only_what_was_there(laid):
    for somebody in (laid.cast.reviewer, laid.cast.observer):
        with pytest.raises(Forbidden):
            back(laid, laid.first, 5, actor=somebody)
    for clause, number in ((laid.first, 0), (laid.first, 99), (laid.other, 3)):
        with pytest.raises(NoSuch):
            back(laid, clause, number)
    with pytest.raises(NoSuch):
        back(laid, laid.first, 4, languages=["fr"])
    with pytest.raises(NoSuch):
        back(laid, laid.first, 4, base=99)


@pytest.mark.parametrize("seed", range(8))
def test_the_whole_text_can_be_taken_back_to_any_revision_or_is_refused(seed):
    """With the root and all that stands in it: the text of then, whatever was done since."""
    chance, laid = Random(seed), scene()
    for slug in ("openness", "equality"):
        principle(laid.charter, laid.cast.chair, slug)
    laid.charter.refresh_from_db()
    seen = {}
    for _step in range(20):
        try:
            deed(chance, laid)
        except Refused:
            laid.charter.refresh_from_db()
        seen[laid.charter.head] = text_at(laid.charter)
    for number in chance.sample(list(seen), 3):
        back(laid, laid.root, number, with_children=True)
        assert text_at(laid.charter) == seen[number]
    assert verify(laid.charter).ok


def test_a_translation_made_since_stays_unless_its_language_is_asked_for(laid):
    done = insert_clause(
        actor=laid.cast.drafter, charter=laid.charter, kind="article", words={"en": Words("", "A")}
    )
    number = laid.charter.head
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=done.clause.pk,
        base=number,
        words={"ru": Words("", "Б")},
    )
    reword(laid.charter, laid.cast.drafter, done.clause.pk, "B")
    back(laid, done.clause.pk, number)
    assert found(laid, done.clause.pk).text == "A"
    assert found(laid, done.clause.pk, "ru").text == "Б"
    back(laid, done.clause.pk, number, languages=["ru"])
    assert found(laid, done.clause.pk, "ru").text == ""


@pytest.fixture
def shallow(laid, monkeypatch):
    """Two points in the first paragraph, and room for one level more."""
    monkeypatch.setattr(gate, "DEPTH", 4)
    actor = laid.cast.drafter
    points = [insert(laid.charter, actor, "point", said, parent=laid.first) for said in "ab"]
    laid.charter.refresh_from_db()
    return laid, *points


def moved(laid, clause, parent):
    told = {"actor": laid.cast.drafter, "charter": laid.charter}
    laid.charter.refresh_from_db()
    return move_clause(**told, clause=clause, parent=parent, base=laid.charter.head)


def test_what_would_now_stand_too_deep_does_not_come_back(shallow):
    laid, one, other = shallow
    below = insert(laid.charter, laid.cast.drafter, "point", "below", parent=other)
    laid.charter.refresh_from_db()
    stood = laid.charter.head
    moved(laid, below, laid.first)
    moved(laid, other, one)
    with pytest.raises(TooLong):
        back(laid, other, stood, with_children=True)
    moved(laid, other, laid.first)
    assert back(laid, other, stood, with_children=True).revision is not None


def test_nor_is_a_move_undone_that_would_take_something_too_deep(shallow):
    laid, one, other = shallow
    moved(laid, other, one)
    out = moved(laid, other, laid.first).revision.number
    insert(laid.charter, laid.cast.drafter, "point", "below", parent=other)
    laid.charter.refresh_from_db()
    undo = {"actor": laid.cast.chair, "charter": laid.charter, "number": out}
    with pytest.raises(TooLong):
        undo_revision(**undo)
    assert found(laid, other) is not None
