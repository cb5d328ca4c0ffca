"""The ladder of agreement: the chair moves a clause up and down, an edit moves it back to open."""

import pytest
from django.db import DatabaseError, transaction

from charter.access import Forbidden, NotVisible
from charter.actions.charters import change_charter
from charter.actions.clauses import strike_clause
from charter.actions.ladder import set_rung
from charter.actions.refusals import Invalid, IsStruck, NoSuch, Stale
from charter.models import LadderStep, Rung
from charter.queries.ladder import rungs_of, steps_of
from tests.builders import Scene, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    made = scene()
    made.charter.refresh_from_db()
    return made


def put(laid: Scene, rung: str, clause=None, person: str = "chair", **more) -> LadderStep:
    actor = getattr(laid.cast, person)
    clause = clause or laid.first
    return set_rung(actor=actor, charter=laid.charter, clause=clause, rung=rung, **more)


def now(laid: Scene, clause=None, at: int | None = None) -> Rung | None:
    laid.charter.refresh_from_db()
    step = rungs_of(laid.charter, at).get(clause or laid.first)
    return step.now if step else None


def test_a_clause_goes_up_and_down_and_all_of_it_is_history(laid):
    for rung in ("drafting_group", "agreed", "ad_referendum", "open"):
        put(laid, rung)
        assert now(laid) == rung
    steps = steps_of(laid.charter, laid.first)
    assert [step.rung.value for step in steps] == [
        "open",
        "ad_referendum",
        "agreed",
        "drafting_group",
    ]


def test_an_edit_moves_it_back_to_open_and_the_step_remembers_what_it_was(laid):
    put(laid, "agreed")
    put(laid, "agreed", laid.other)
    done = reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert now(laid) == Rung.OPEN
    (step,) = steps_of(laid.charter, laid.first)
    assert (step.rung, step.fell) == (Rung.AGREED, done.revision.number)
    assert now(laid, laid.other) == Rung.AGREED


def test_an_edit_below_moves_back_what_it_stands_in(laid):
    put(laid, "agreed", laid.article)
    reword(laid.charter, laid.cast.drafter, laid.second, "Other words.")
    assert now(laid, laid.article) == Rung.OPEN


def test_an_earlier_text_is_agreed_as_far_as_it_was_then(laid):
    then = laid.charter.head
    put(laid, "ad_referendum")
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert now(laid, at=then) == Rung.AD_REFERENDUM
    assert now(laid, at=then - 1) is None
    assert now(laid) == Rung.OPEN


def test_a_save_writes_nothing_on_the_ladder(laid):
    put(laid, "agreed")
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert LadderStep.objects.count() == 1


@pytest.mark.parametrize("act", [lambda row: row.save(), lambda row: row.delete()])
def test_a_step_is_never_rewritten(laid, act):
    row = put(laid, "agreed")
    with pytest.raises(DatabaseError, match="history only appends"), transaction.atomic():
        act(row)


def test_only_the_chair_moves_a_clause(laid):
    for person in ("drafter", "reviewer", "observer"):
        with pytest.raises(Forbidden):
            put(laid, "agreed", person=person)
    with pytest.raises(NotVisible):
        put(laid, "agreed", person="stranger")


def test_nobody_agrees_to_words_unseen(laid):
    seen = laid.charter.head
    put(laid, "agreed", base=seen)
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    with pytest.raises(Stale):
        put(laid, "agreed", base=seen)


def test_a_rung_is_one_of_the_four_and_the_clause_is_in_the_text(laid):
    with pytest.raises(Invalid):
        put(laid, "settled")
    with pytest.raises(NoSuch):
        put(laid, "agreed", laid.root)
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second)
    with pytest.raises(IsStruck):
        put(laid, "agreed", laid.second)


def test_whether_anything_is_agreed_before_everything_is_the_chair_decides(laid):
    done = change_charter(actor=laid.cast.chair, charter=laid.charter, nothing_agreed=True)
    assert done.nothing_agreed
    with pytest.raises(Forbidden):
        change_charter(actor=laid.cast.drafter, charter=laid.charter, nothing_agreed=False)
    assert change_charter(actor=laid.cast.chair, charter=laid.charter).nothing_agreed
