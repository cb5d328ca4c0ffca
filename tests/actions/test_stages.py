"""The chair takes the charter from stage to stage, and each step is kept."""

import pytest
from django.db import DatabaseError, transaction

from charter import events
from charter.access import Forbidden
from charter.actions.amendments import (
    draft_amendment,
    join_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.charters import change_charter
from charter.actions.clauses import change_clause
from charter.actions.positions import take_position, withdraw_position
from charter.actions.proposals import propose_rewording
from charter.actions.refusals import Invalid, Missing
from charter.actions.values import Words
from charter.events import CharterChanged, StageChanged
from charter.models import Stage, StageStep
from charter.queries.stages import steps_of
from tests.builders import FIRST, OTHER, scene, seated, stand_at, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def step(laid, stage, **more):
    return change_charter(actor=laid.cast.chair, charter=laid.charter, stage=stage, **more)


def test_each_step_is_kept_with_who_took_it_when_why_and_at_which_revision(laid):
    step(laid, Stage.AD_REFERENDUM, note="Initialled tonight")
    step(laid, Stage.ADOPTED)
    last, before, first = steps_of(laid.charter)
    assert (last.was, last.stage, last.note) == (Stage.AD_REFERENDUM, Stage.ADOPTED, "")
    assert (before.note, before.by, before.revision) == ("Initialled tonight", "Chair", 5)
    assert (first.was, first.stage) == (Stage.ZERO_DRAFT, Stage.NEGOTIATION)


def test_the_stage_it_stands_at_already_is_no_step(laid):
    step(laid, Stage.NEGOTIATION, note="Again")
    assert len(steps_of(laid.charter)) == 1


def test_any_stage_follows_any_other_but_an_adopted_text_is_opened_again_on_purpose(laid):
    for stage in (Stage.ADOPTED, Stage.ZERO_DRAFT, Stage.AD_REFERENDUM, Stage.CONSULTATION):
        step(laid, stage, reopen=True)
    step(laid, Stage.ADOPTED)
    with pytest.raises(Missing):
        step(laid, Stage.NEGOTIATION)
    laid.charter.refresh_from_db()
    assert laid.charter.stage == Stage.ADOPTED
    step(laid, Stage.NEGOTIATION, reopen=True, note="By decision of the Conference")
    assert steps_of(laid.charter)[0].was == Stage.ADOPTED


def test_a_stage_that_is_none_is_refused_and_so_is_who_does_not_chair(laid):
    with pytest.raises(Invalid):
        step(laid, "signed")
    with pytest.raises(Forbidden) as caught:
        change_charter(actor=laid.cast.drafter, charter=laid.charter, stage=Stage.ADOPTED)
    assert caught.value.stage is None


def test_the_log_of_steps_is_not_rewritten(laid):
    for change in (StageStep.objects.all().delete, lambda: StageStep.objects.update(note="No")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_step_is_announced(laid, monkeypatch):
    heard = []
    for kind in (StageChanged, CharterChanged):
        monkeypatch.setitem(events._within, kind, [heard.append])
    step(laid, Stage.ADOPTED)
    assert [type(one) for one in heard] == [StageChanged, CharterChanged]
    assert heard[0].step_id == StageStep.objects.latest("pk").pk


def test_in_a_zero_draft_amendments_are_drafted_and_not_tabled(laid):
    stand_at(laid.charter, laid.cast.chair, Stage.ZERO_DRAFT)
    with pytest.raises(Forbidden) as caught:
        tabled(laid.charter, laid.cast.reviewer, laid.first, "Other words.")
    assert (caught.value.right, caught.value.stage) == ("table", "zero_draft")
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    draft = draft_amendment(**act, title="For later")
    stand_at(laid.charter, laid.cast.chair, Stage.CONSULTATION)
    _reword(laid, draft, act)
    assert table_amendment(**act, amendment=draft.uuid).number == 1


def test_ad_referendum_nothing_new_comes_to_the_table_and_all_of_it_can_be_taken_back(laid):
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "KAZ")
    theirs = tabled(laid.charter, laid.cast.chair, laid.other, OTHER + " And beyond.")
    own = tabled(laid.charter, laid.cast.reviewer, laid.first, FIRST + " Always.")
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    take_position(**act, clause=laid.second, stance="reserves")
    stand_at(laid.charter, laid.cast.chair, Stage.AD_REFERENDUM)
    for forbidden in (
        lambda: join_amendment(**act, amendment=theirs.uuid),
        lambda: draft_amendment(**act, title="Too late"),
        lambda: _reword(laid, own, act),
    ):
        with pytest.raises(Forbidden) as caught:
            forbidden()
        assert caught.value.stage == "ad_referendum"
    take_position(**act, clause=laid.first, stance="agrees")
    withdraw_position(**act, clause=laid.second)
    withdraw_amendment(**act, amendment=own.uuid)


def test_ad_referendum_only_the_chair_writes(laid):
    stand_at(laid.charter, laid.cast.chair, Stage.AD_REFERENDUM)
    laid.charter.refresh_from_db()
    act = {
        "charter": laid.charter,
        "clause": laid.first,
        "base": laid.charter.head,
        "words": {"en": Words(text="All Parties are equal.")},
    }
    with pytest.raises(Forbidden):
        change_clause(actor=laid.cast.drafter, **act)
    assert change_clause(actor=laid.cast.chair, **act).revision


def test_what_is_on_the_table_is_not_reworked_when_the_charter_went_back_to_a_zero_draft(laid):
    own = tabled(laid.charter, laid.cast.reviewer, laid.first, FIRST + " Always.")
    stand_at(laid.charter, laid.cast.chair, Stage.ZERO_DRAFT)
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    with pytest.raises(Forbidden) as caught:
        _reword(laid, own, act)
    assert caught.value.right == "table"
    withdraw_amendment(**act, amendment=own.uuid)


def _reword(laid, amendment, act):
    laid.charter.refresh_from_db()
    return propose_rewording(
        **act,
        amendment=amendment.uuid,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words(text="Every Party is sovereign."),
    )
