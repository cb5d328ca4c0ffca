"""What is adopted is in the text: a change that another would carry off is told, and not made."""

import pytest

from charter.actions.adopting import Adopted, adopt_changes, plan_adoption
from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.clauses import strike_clause
from charter.actions.combining import Taking
from charter.actions.proposals import (
    propose_insertion,
    propose_move,
    propose_rewording,
    propose_strike,
)
from charter.actions.refusals import Collide
from charter.actions.values import Words
from charter.models import Amendment, Clause, ProposedChange
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import SECOND, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


def ask(laid: Scene, propose, **more) -> ProposedChange:
    """One change, on the table by itself."""
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    made = draft_amendment(**act, title="Something else")
    change = propose(**act, amendment=made.uuid, **more)
    table_amendment(**act, amendment=made.uuid)
    return change


def other_words(laid: Scene, clause) -> ProposedChange:
    laid.charter.refresh_from_db()
    given = {"language": "en", "base": laid.charter.head, "words": Words(text=SECOND + " Ever.")}
    return ask(laid, propose_rewording, clause=clause, **given)


def choosing(laid: Scene, *changes: ProposedChange) -> dict:
    laid.charter.refresh_from_db()
    versions = {one.pk: one.version for one in Amendment.objects.all()}
    takings = [Taking(one.uuid, versions[one.amendment_id]) for one in changes]
    return {"actor": laid.cast.chair, "charter": laid.charter, "takings": takings}


def misfits(laid: Scene, *changes: ProposedChange) -> tuple[ProposedChange, ...]:
    """What the plan says does not fit; adopting these is refused with that plan."""
    given = choosing(laid, *changes)
    plan = plan_adoption(**given)
    with pytest.raises(Collide) as refused:
        adopt_changes(**given, base=laid.charter.head)
    assert refused.value.plan == plan
    return tuple(one for one in changes if one.uuid in plan.misfits)


def adopt(laid: Scene, *changes: ProposedChange) -> Adopted:
    given = choosing(laid, *changes)
    return adopt_changes(**given, base=laid.charter.head)


def test_words_in_an_article_that_is_struck_are_not_adopted_with_it(laid):
    struck, words = ask(laid, propose_strike, clause=laid.article), other_words(laid, laid.second)
    assert misfits(laid, struck, words) == (words,)


def test_nothing_is_put_into_what_is_struck(laid):
    unit = Unit(kind=Kind.PARAGRAPH, text="New.")
    place = {"clauses": [unit], "language": "en", "parent": laid.article, "after": laid.first}
    put_in = ask(laid, propose_insertion, **place)
    moved = ask(laid, propose_move, clause=laid.second, parent=laid.other)
    for struck in (laid.article, laid.other):
        strike = ask(laid, propose_strike, clause=struck)
        carried_off = put_in if struck == laid.article else moved
        assert misfits(laid, put_in, moved, strike) == (carried_off,)


def test_what_is_moved_out_of_an_article_outlives_it(laid):
    words = other_words(laid, laid.second)
    moved = ask(laid, propose_move, clause=laid.second, parent=laid.other)
    adopt(laid, words, moved, ask(laid, propose_strike, clause=laid.article))
    row = Clause.objects.get(pk=laid.second)
    assert (row.parent_id, row.struck) == (laid.other, False)
    assert row.wordings.get().text == SECOND + " Ever."


def test_a_clause_goes_to_one_place_only(laid):
    one = ask(laid, propose_move, clause=laid.second, parent=laid.other)
    two = ask(laid, propose_move, clause=laid.second)
    assert misfits(laid, one, two) == (two,)
    same = ask(laid, propose_move, clause=laid.second, parent=laid.other)
    assert len(adopt(laid, one, same).amendments) == 2


def test_a_move_behind_what_moves_away_is_told(laid):
    away = ask(laid, propose_move, clause=laid.second, parent=laid.other)
    behind = ask(laid, propose_move, clause=laid.first, parent=laid.article, after=laid.second)
    assert misfits(laid, away, behind) == (behind,)


def test_two_sections_do_not_go_into_each_other(laid):
    upper, lower = (
        section(laid, "One."),
        section(laid, "Two."),
    )
    one = ask(laid, propose_move, clause=upper, parent=lower)
    two = ask(laid, propose_move, clause=lower, parent=upper)
    assert misfits(laid, one, two) == (two,)


def section(laid: Scene, text: str):
    change = ask(
        laid, propose_insertion, clauses=[Unit(kind=Kind.SECTION, text=text)], language="en"
    )
    adopt(laid, change)
    return Clause.objects.get(wordings__text=text).pk


@pytest.mark.parametrize("inner_last", [True, False])
def test_what_several_ask_to_strike_is_struck_once_and_the_inner_with_the_outer(laid, inner_last):
    clauses = [laid.article, laid.article, laid.second]
    order = clauses if inner_last else clauses[::-1]
    strikes = [ask(laid, propose_strike, clause=one) for one in order]
    assert len(adopt(laid, *strikes).amendments) == 3
    assert set(Clause.objects.filter(struck=True).values_list("pk", flat=True)) == {
        laid.article,
        laid.second,
    }


def test_words_of_what_is_not_in_the_text_are_not_to_be_settled(laid):
    words = other_words(laid, laid.second)
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.article)
    assert misfits(laid, words) == (words,)
