"""Silence procedures: what is adopted unless a delegation objects before the deadline."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from charter.access import Forbidden, NotVisible
from charter.actions import silence as actions
from charter.actions import silence_expiry
from charter.actions.amendments import join_amendment, withdraw_amendment
from charter.actions.clauses import strike_clause
from charter.actions.editions import name_edition, withdraw_edition
from charter.actions.members import add_member, change_member, remove_member
from charter.actions.proposals import propose_rewording
from charter.actions.refusals import AlreadyThere, InUse, Invalid, Missing, NoSuch, Over, Stale
from charter.actions.silence_expiry import GRACE, end_due, end_over
from charter.actions.values import Words
from charter.events import RungChanged, SilenceChanged
from charter.models import (
    AmendmentStatus,
    Charter,
    LadderStep,
    Membership,
    Role,
    Rung,
    Silence,
    SilenceDeed,
    Wording,
)
from charter.queries.ladder import rungs_of
from tests.builders import FIRST, SECOND, insert, reword, scene, seated, stand_at, tabled
from tests.cast import person

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEADLINE = BEGAN + timedelta(days=10)
BEFORE = DEADLINE - timedelta(seconds=1)


@pytest.fixture
def table(db):
    return scene()


def opened(table, **more) -> Silence:
    """A procedure of Article 1 unless it is said otherwise, opened by the chair."""
    told = {"actor": table.cast.chair, "deadline": DEADLINE, "at": BEGAN, **more}
    if not told.keys() & {"clauses", "amendments", "edition"}:
        told["clauses"] = [table.article]
    return actions.open_silence(charter=table.charter, **told)


def broken(table, silence: Silence, at: datetime = BEFORE, **more) -> Silence:
    told = {"actor": table.cast.reviewer, "reason": "Against our instructions.", "at": at, **more}
    return actions.break_silence(charter=table.charter, silence=silence.number, **told)


def extended(table, silence: Silence, deadline: datetime, at: datetime = BEFORE) -> Silence:
    return actions.extend_silence(
        actor=table.cast.chair,
        charter=table.charter,
        silence=silence.number,
        deadline=deadline,
        at=at,
    )


def last(silence: Silence) -> SilenceDeed:
    silence.refresh_from_db()
    return silence.deeds.last()


def words(clause) -> str:
    return Wording.objects.get(clause=clause, language="en").text


# --- opening ------------------------------------------------------------------------------------


def test_procedures_of_a_charter_are_numbered_and_logged(table):
    first = opened(table, invitation="Silence is consent.")
    second = opened(table, clauses=[table.other], rung=Rung.AGREED)
    assert (str(first), str(second)) == ("S-1", "S-2")
    assert (first.kind, first.rung, first.revision) == ("clauses", "ad_referendum", 5)
    deed = last(first)
    assert (deed.kind, deed.actor, deed.deadline) == ("opened", table.cast.chair, DEADLINE)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"deadline": BEGAN}, Invalid),
        ({"deadline": BEGAN - timedelta(days=1)}, Invalid),
        ({"deadline": BEGAN + timedelta(days=400)}, Invalid),
        ({"clauses": [uuid4()]}, NoSuch),
        ({"clauses": []}, Missing),
        ({"rung": Rung.OPEN}, Invalid),
        ({"edition": 10**8}, NoSuch),
        ({"amendments": [uuid4()]}, NoSuch),
        ({"base": 4}, Stale),
        ({"clauses": [uuid4() for _ in range(101)]}, Invalid),
    ],
)
def test_what_cannot_be_put_under_silence(table, more, refusal):
    with pytest.raises(refusal):
        opened(table, **more)
    assert not Silence.objects.exists()


def test_the_same_thing_is_under_one_silence_at_a_time(table):
    first = opened(table)
    with pytest.raises(AlreadyThere, match="already_there"):
        opened(table)
    actions.call_off_silence(
        actor=table.cast.chair, charter=table.charter, silence=first.number, note="Anew", at=BEFORE
    )
    assert opened(table).number == 2


def test_nobody_is_asked_for_silence_on_amendments_that_collide(table):
    rivals = [
        tabled(table.charter, table.cast.chair, table.first, FIRST.replace("respect", verb)).uuid
        for verb in ("honour", "ignore")
    ]
    with pytest.raises(Invalid):
        opened(table, amendments=rivals)


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer"])
def test_only_the_chair_opens_extends_and_calls_off(table, role):
    silence = opened(table)
    somebody = getattr(table.cast, role)
    told = {"actor": somebody, "charter": table.charter}
    for act in (
        lambda: opened(table, actor=somebody, clauses=[table.other]),
        lambda: actions.extend_silence(**told, silence=1, deadline=DEADLINE + timedelta(1)),
        lambda: actions.call_off_silence(**told, silence=1, note="No"),
    ):
        with pytest.raises(Forbidden):
            act()
    assert last(silence).kind == "opened"


# --- while it runs ------------------------------------------------------------------------------


def test_a_delegation_breaks_silence_with_a_reason_and_that_is_the_end(table):
    silence = opened(table)
    team = seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    with pytest.raises(Missing):
        broken(table, silence, reason="  ")
    broken(table, silence)
    deed = last(silence)
    assert (silence.state, deed.delegation, deed.actor) == ("broken", team, table.cast.reviewer)
    assert deed.note == "Against our instructions."
    with pytest.raises(Over):
        broken(table, silence)
    assert end_due(DEADLINE) == 0
    assert not LadderStep.objects.exists()


def test_who_sits_with_no_delegation_cannot_break_it(table):
    silence = opened(table)
    with pytest.raises(Missing):
        broken(table, silence)
    with pytest.raises(Forbidden):
        broken(table, silence, actor=table.cast.observer)
    with pytest.raises(NotVisible):
        broken(table, silence, actor=table.cast.stranger)


def test_the_deadline_rules_and_not_the_hour_at_which_it_is_carried_out(table):
    silence = opened(table)
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    for act in (
        lambda: broken(table, silence, at=DEADLINE),
        lambda: extended(table, silence, DEADLINE + timedelta(days=1), at=DEADLINE),
        lambda: actions.call_off_silence(
            actor=table.cast.chair, charter=table.charter, silence=1, note="Wait", at=DEADLINE
        ),
    ):
        with pytest.raises(Over):
            act()
    assert end_due(DEADLINE + timedelta(days=3)) == 1


def test_an_objection_that_came_in_time_counts_though_its_turn_comes_after_the_deadline(table):
    silence = opened(table)
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    assert end_over(DEADLINE) == end_over(DEADLINE + GRACE / 2) == 0
    found = broken(table, silence, at=DEADLINE - timedelta(seconds=1))
    assert found.state == "broken"
    assert end_over(DEADLINE + GRACE) == 0


def test_after_a_time_of_grace_it_is_carried_out(table):
    silence = opened(table)
    assert end_over(DEADLINE + GRACE) == 1
    assert last(silence).at == DEADLINE + GRACE


def test_a_deadline_moves_to_a_later_time_only(table):
    silence = opened(table)
    for deadline in (DEADLINE, DEADLINE - timedelta(hours=1), BEFORE - timedelta(days=9)):
        with pytest.raises(Invalid):
            extended(table, silence, deadline)
    later = DEADLINE + timedelta(days=2)
    extended(table, silence, later)
    assert (last(silence).kind, last(silence).deadline) == ("extended", later)
    assert end_due(DEADLINE) == 0
    assert end_due(later) == 1


def test_the_log_only_grows(table):
    silence = opened(table)
    for act in (
        lambda: silence.deeds.update(note="Another"),
        lambda: silence.deeds.all().delete(),
        lambda: silence.items.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_whoever_listens_is_told_of_each_turn(table, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr("charter.events._within", {SilenceChanged: [lambda e: told.append(e)]})
    silence = opened(table)
    extended(table, silence, DEADLINE + timedelta(days=1))
    end_due(DEADLINE + timedelta(days=1))
    chair = table.cast.chair.pk
    assert [(one.silence_id, one.change, one.actor_id) for one in told] == [
        (silence.pk, "opened", chair),
        (silence.pk, "extended", chair),
        (silence.pk, "adopted", None),
    ]


def test_of_each_clause_that_silence_put_on_a_rung_as_if_the_chair_had(table, monkeypatch):
    told: list[RungChanged] = []
    monkeypatch.setattr("charter.events._within", {RungChanged: [told.append]})
    opened(table, clauses=[table.first, table.other])
    end_due(DEADLINE)
    steps = LadderStep.objects.order_by("pk").values_list("pk", flat=True)
    assert [one.step_id for one in told] == list(steps)
    assert {one.actor_id for one in told} == {table.cast.chair.pk}


# --- at the deadline ----------------------------------------------------------------------------


def test_clauses_are_put_on_the_rung_that_was_chosen(table):
    silence = opened(table, clauses=[table.first, table.other])
    assert end_due(BEFORE) == 0
    assert end_due(DEADLINE) == 1
    assert (last(silence).kind, silence.state, last(silence).actor) == ("adopted", "adopted", None)
    steps = rungs_of(Charter.objects.get(pk=table.charter.pk))
    assert {clause: step.now for clause, step in steps.items()} == {
        table.first: Rung.AD_REFERENDUM,
        table.other: Rung.AD_REFERENDUM,
    }
    step = steps[table.first]
    assert step.by == "Chair"
    assert step.note == ("By silence procedure S-1, which ended on 12 November 2026 at 09:00 UTC")


def test_running_it_twice_does_it_once(table):
    opened(table)
    assert [end_due(DEADLINE) for _ in range(2)] == [1, 0]
    assert LadderStep.objects.count() == 1
    assert SilenceDeed.objects.count() == 2


def test_words_that_were_edited_meanwhile_were_agreed_by_nobody(table):
    silence = opened(table)
    reword(table.charter, table.cast.drafter, table.first, "Other words.")  # of Article 1
    assert end_due(BEGAN + timedelta(minutes=1)) == 1, "it fails at once and not at its deadline"
    deed = last(silence)
    assert (silence.state, deed.failure, deed.revision.number) == ("failed", "changed", 6)
    assert deed.item.clause_id == table.article
    assert not LadderStep.objects.exists()


def test_edits_elsewhere_do_not_touch_it(table):
    silence = opened(table)
    reword(table.charter, table.cast.drafter, table.other, "Other words.")
    assert end_due(BEFORE) == 0
    silence.refresh_from_db()
    assert silence.looked_at == 6
    assert end_due(DEADLINE) == 1
    assert last(silence).kind == "adopted"


def test_a_clause_that_was_struck_cannot_be_agreed(table):
    silence = opened(table, clauses=[table.first])
    strike_clause(actor=table.cast.chair, charter=table.charter, clause=table.article)
    end_due(BEFORE)
    assert last(silence).failure == "struck"


def test_an_edit_after_the_deadline_comes_too_late_to_stop_a_late_adoption(table):
    silence = opened(table)
    at = DEADLINE + timedelta(hours=1)
    reword(table.charter, table.cast.drafter, table.first, "Other words.", at=at)
    assert end_due(DEADLINE + timedelta(hours=2)) == 1
    assert last(silence).kind == "adopted"
    charter = Charter.objects.get(pk=table.charter.pk)
    step = rungs_of(charter)[table.article]
    assert (step.rung, step.now, step.fell) == (Rung.AD_REFERENDUM, Rung.OPEN, 6)


def test_amendments_are_adopted_in_one_revision_in_the_name_of_who_opened_it(table):
    chair = table.cast.chair
    one = tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "will"))
    two = tabled(table.charter, table.cast.drafter, table.second, SECOND.replace("No", "A"))
    silence = opened(table, amendments=[one.uuid, two.uuid], at=timezone.now(), deadline=soon())
    assert end_due(soon()) == 1
    deed = last(silence)
    assert (silence.state, deed.revision.number) == ("adopted", 6)
    assert deed.revision.author == chair
    assert deed.revision.message.startswith("By silence procedure S-1, which ended on ")
    assert deed.revision.message.endswith(" UTC: A-1, A-2")
    assert set(deed.revision.adopted) == {one.uuid, two.uuid}
    one.refresh_from_db()
    assert one.status == AmendmentStatus.ADOPTED
    assert words(table.first) == FIRST.replace("shall", "will")


def soon() -> datetime:
    return (timezone.now() + timedelta(days=1)).replace(microsecond=0, second=0, minute=0)


def under_silence(table) -> tuple[Silence, object]:
    made = tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "will"))
    return opened(table, amendments=[made.uuid], at=timezone.now(), deadline=soon()), made


def test_an_amendment_whose_clause_was_edited_fails_whole(table):
    silence, made = under_silence(table)
    edit = FIRST.replace("each Party.", "each other Party.")
    reword(table.charter, table.cast.drafter, table.first, edit)
    assert end_due(soon()) == 1
    assert (last(silence).failure, last(silence).revision.number) == ("changed", 6)
    made.refresh_from_db()
    assert made.status == AmendmentStatus.TABLED
    assert words(table.first) == edit


def test_an_amendment_that_was_reworked_or_taken_back_fails_at_once(table):
    silence, made = under_silence(table)
    drafter = {"actor": table.cast.drafter, "charter": table.charter, "amendment": made.uuid}
    propose_rewording(
        **drafter, clause=table.first, language="en", base=5, words=Words(text="Quite other.")
    )
    assert end_due(timezone.now()) == 1
    assert last(silence).failure == "reworked"
    again = opened(table, amendments=[made.uuid], at=timezone.now(), deadline=soon())
    withdraw_amendment(**drafter)
    assert end_due(timezone.now()) == 1
    assert last(again).failure == "settled"


def test_amendments_that_do_not_fit_any_more_fail_and_nothing_is_half_done(table):
    silence, made = under_silence(table)
    strike_clause(actor=table.cast.chair, charter=table.charter, clause=table.article)
    assert end_due(soon()) == 1
    assert (last(silence).failure, silence.state) == ("collides", "failed")
    assert Charter.objects.get(pk=table.charter.pk).head == 6
    made.refresh_from_db()
    assert made.status == AmendmentStatus.TABLED


def test_a_joined_sponsor_changes_no_words(table):
    silence, made = under_silence(table)
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    join_amendment(actor=table.cast.reviewer, charter=table.charter, amendment=made.uuid)
    assert end_due(soon()) == 1
    assert last(silence).kind == "adopted"


def test_an_edition_is_marked_and_its_name_stays(table):
    chair = table.cast.chair
    edition = name_edition(actor=chair, charter=table.charter, number=3, name="Rev.1")
    silence = opened(table, edition=edition.pk)
    assert (silence.revision, silence.edition_name) == (3, "Rev.1")
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    told = {"actor": chair, "charter": table.charter, "edition": edition.pk}
    with pytest.raises(InUse):
        withdraw_edition(**told)
    assert end_due(BEFORE) == 0
    assert end_due(DEADLINE) == 1
    assert last(silence).kind == "adopted"
    with pytest.raises(InUse):
        withdraw_edition(**told)


def test_at_a_stage_without_silence_nothing_is_adopted_by_it(table):
    """Nobody could have objected any more."""
    chair = table.cast.chair
    edition = name_edition(actor=chair, charter=table.charter, number=3, name="Rev.1")
    found = [opened(table, edition=edition.pk), opened(table)]
    stand_at(table.charter, chair, "adopted")
    assert end_due(DEADLINE) == 2
    assert [last(one).failure for one in found] == ["nobody", "nobody"]


def test_an_edition_whose_silence_was_broken_can_lose_its_name(table):
    chair = table.cast.chair
    edition = name_edition(actor=chair, charter=table.charter, number=3, name="Rev.1")
    silence = opened(table, edition=edition.pk)
    seated(table.charter, chair, table.cast.reviewer, "KAZ")
    broken(table, silence)
    withdraw_edition(actor=chair, charter=table.charter, edition=edition.pk)
    silence.refresh_from_db()
    assert (silence.edition, silence.edition_name) == (None, "Rev.1")


def test_with_its_chair_gone_it_fails_unless_another_has_extended_it(table):
    second = person("second")
    seat = {"actor": table.cast.chair, "charter": table.charter}
    member = add_member(**seat, person=second, role=Role.CHAIR)
    lost, kept = opened(table), opened(table, clauses=[table.other])
    actions.extend_silence(
        actor=second,
        charter=table.charter,
        silence=kept.number,
        deadline=DEADLINE + timedelta(hours=1),
        at=BEFORE,
    )
    own = Membership.objects.get(charter=table.charter, person=table.cast.chair)
    change_member(**seat, member=member.pk, role=Role.CHAIR)
    remove_member(actor=second, charter=table.charter, member=own.pk)
    assert end_due(DEADLINE + timedelta(hours=1)) == 2
    assert last(lost).failure == "nobody"
    assert last(kept).kind == "adopted"
    assert LadderStep.objects.get().actor == second


def test_one_that_cannot_be_ended_keeps_no_other_back(table, monkeypatch):
    first, second = opened(table), opened(table, clauses=[table.other])
    adopt = silence_expiry._adopt

    def fails_once(silence, *rest):
        if silence.pk == first.pk:
            raise LookupError("of the first")
        return adopt(silence, *rest)

    monkeypatch.setattr(silence_expiry, "_adopt", fails_once)
    with pytest.raises(LookupError):
        end_due(DEADLINE)
    assert (last(first).kind, last(second).kind) == ("opened", "adopted")


def test_a_paragraph_put_into_an_article_under_silence_touches_it(table):
    silence = opened(table)
    insert(table.charter, table.cast.drafter, "paragraph", "One more.", parent=table.article)
    end_due(BEFORE)
    assert last(silence).failure == "changed"


@pytest.mark.parametrize("stage", ["zero_draft", "adopted"])
def test_no_change_of_stage_keeps_a_delegation_from_breaking_silence(table, stage):
    seated(table.charter, table.cast.chair, table.cast.reviewer, "MNG")
    silence = opened(table)
    stand_at(table.charter, table.cast.chair, stage)
    assert broken(table, silence).state == "broken"
