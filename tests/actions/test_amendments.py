"""Amendments: private until tabled, numbered at the table, logged in all that is done with them."""

import pytest

from charter.access import Forbidden, NotVisible
from charter.actions.amendments import (
    describe_amendment,
    draft_amendment,
    join_amendment,
    leave_amendment,
    reject_amendment,
    supersede_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.members import change_member
from charter.actions.proposals import drop_change, propose_rewording, propose_strike
from charter.actions.refusals import AlreadyThere, Invalid, Missing, NoSuch, Stale
from charter.actions.values import Words
from charter.models import AmendmentDeed, ChangeState, DeedKind, Membership
from tests.builders import FIRST, Scene, scene, seated
from tests.builders import tabled as put_on_the_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    """The scene; the drafter sits for Belarus, the reviewer for India."""
    made = scene()
    for code, name in (("BLR", "drafter"), ("IND", "reviewer")):
        seated(made.charter, made.cast.chair, getattr(made.cast, name), code)
    made.charter.refresh_from_db()
    return made


def drafted(laid: Scene, actor=None, text: str = FIRST.replace("respect", "uphold")):
    """A draft that rewords the first paragraph."""
    actor = actor or laid.cast.drafter
    found = draft_amendment(actor=actor, charter=laid.charter, title="On sovereignty")
    propose_rewording(
        actor=actor,
        charter=laid.charter,
        amendment=found.uuid,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words(text=text),
    )
    found.refresh_from_db()
    return found


def tabled(laid: Scene, actor=None, **more):
    actor = actor or laid.cast.drafter
    found = drafted(laid, actor, **more)
    return table_amendment(actor=actor, charter=laid.charter, amendment=found.uuid)


def deeds(amendment) -> list[str]:
    return list(AmendmentDeed.objects.filter(amendment=amendment).values_list("kind", flat=True))


def test_a_draft_has_no_number_and_gets_the_next_one_at_the_table(laid):
    first = drafted(laid)
    assert first.number is None
    assert tabled(laid, laid.cast.reviewer).number == 1
    found = table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=first.uuid)
    assert (found.number, str(found), found.status) == (2, "A-2", "tabled")


def test_a_draft_is_not_there_for_anybody_but_its_delegation(laid):
    found = drafted(laid)
    for act in (join_amendment, table_amendment, withdraw_amendment, reject_amendment):
        with pytest.raises(NoSuch):
            act(actor=laid.cast.chair, charter=laid.charter, amendment=found.uuid)


def test_who_sits_with_no_delegation_keeps_drafts_to_themselves(laid):
    found = drafted(laid, laid.cast.chair)
    with pytest.raises(NoSuch):
        table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)
    assert tabled(laid, laid.cast.chair).delegation is None


def test_who_leaves_the_delegation_leaves_its_drafts(laid):
    found = drafted(laid)
    seat = Membership.objects.get(charter=laid.charter, person=laid.cast.drafter)
    change_member(
        actor=laid.cast.chair,
        charter=laid.charter,
        member=seat.pk,
        role=seat.role,
        delegation=None,
    )
    with pytest.raises(NoSuch):
        table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)


def test_observers_and_strangers_propose_nothing(laid):
    with pytest.raises(Forbidden):
        draft_amendment(actor=laid.cast.observer, charter=laid.charter)
    with pytest.raises(NotVisible):
        draft_amendment(actor=laid.cast.stranger, charter=laid.charter)


def test_an_amendment_that_asks_for_nothing_cannot_be_tabled(laid):
    found = draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    with pytest.raises(Missing):
        table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)


def test_an_amendment_is_tabled_once(laid):
    found = tabled(laid)
    with pytest.raises(AlreadyThere):
        table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)


def test_only_its_delegation_changes_an_amendment(laid):
    found = tabled(laid)
    with pytest.raises(Invalid):
        withdraw_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)


def test_who_saw_an_older_version_is_told(laid):
    found = drafted(laid)
    described = describe_amendment(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=found.uuid,
        version=found.version,
        title="On sovereignty",
        rationale="Because it is time.",
    )
    assert described.version == found.version + 1
    with pytest.raises(Stale):
        table_amendment(
            actor=laid.cast.drafter,
            charter=laid.charter,
            amendment=found.uuid,
            version=found.version,
        )


def test_another_delegation_joins_and_leaves(laid):
    found = tabled(laid)
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)
    with pytest.raises(AlreadyThere):
        join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)
    leave_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)
    with pytest.raises(NoSuch):
        leave_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)
    assert deeds(found) == ["drafted", "tabled", "joined", "left"]


def test_the_proposing_delegation_and_who_has_none_cannot_join(laid):
    found = tabled(laid)
    with pytest.raises(AlreadyThere):
        join_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)
    with pytest.raises(Missing):
        join_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=found.uuid)


def test_only_the_chair_settles_what_others_proposed(laid):
    found = tabled(laid)
    with pytest.raises(Forbidden):
        reject_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=found.uuid)
    reject_amendment(
        actor=laid.cast.chair, charter=laid.charter, amendment=found.uuid, note="No support."
    )
    with pytest.raises(Invalid):
        withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)


def test_an_amendment_gives_way_to_another_on_the_table(laid):
    found, other = tabled(laid), tabled(laid, laid.cast.reviewer)
    for taking in (found.uuid, laid.first):
        with pytest.raises((Invalid, NoSuch)):
            supersede_amendment(
                actor=laid.cast.chair,
                charter=laid.charter,
                amendment=found.uuid,
                other=taking,
            )
    supersede_amendment(
        actor=laid.cast.chair, charter=laid.charter, amendment=found.uuid, other=other.uuid
    )
    assert AmendmentDeed.objects.get(kind=DeedKind.SUPERSEDED).other == other


def test_what_a_draft_asked_for_is_rewritten_and_what_the_table_saw_stays(laid):
    found = drafted(laid)
    rewrite(laid, found, "First thought.")
    assert [one.text for one in found.changes.all()] == ["First thought."]
    table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)
    rewrite(laid, found, "Second thought.")
    assert [(one.text, one.state) for one in found.changes.all()] == [
        ("First thought.", ChangeState.DROPPED),
        ("Second thought.", ChangeState.OPEN),
    ]
    assert deeds(found)[-1] == "reworked"


def rewrite(laid: Scene, amendment, text: str) -> None:
    propose_rewording(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=amendment.uuid,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words(text=text),
    )


def test_the_last_change_of_what_is_tabled_is_not_dropped_but_the_amendment_withdrawn(laid):
    found = tabled(laid)
    with pytest.raises(Missing):
        drop_change(
            actor=laid.cast.drafter,
            charter=laid.charter,
            amendment=found.uuid,
            change=found.changes.get().uuid,
        )
    propose_strike(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=found.uuid,
        clause=laid.second,
    )
    drop_change(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=found.uuid,
        change=found.changes.get(act="strike").uuid,
    )
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)


def test_a_change_that_changes_nothing_is_refused(laid):
    with pytest.raises(Invalid):
        drafted(laid, text=FIRST)


@pytest.mark.parametrize(
    ("words", "refusal"), [(Words(), Missing), (Words("A charter", "and more of it."), Invalid)]
)
def test_no_title_is_proposed_that_the_charter_could_not_have(laid, words, refusal):
    made = draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    with pytest.raises(refusal):
        propose_rewording(
            actor=laid.cast.drafter,
            charter=laid.charter,
            amendment=made.uuid,
            clause=laid.root,
            language="en",
            base=laid.charter.head,
            words=words,
        )


def test_what_is_tabled_has_a_title_and_may_be_given_it_then(laid: Scene):
    found = drafted(laid)
    here = {"actor": laid.cast.drafter, "charter": laid.charter, "amendment": found.uuid}
    describe_amendment(**here, title="", rationale="")
    for title in (None, "", " "):
        with pytest.raises(Missing):
            table_amendment(**here, title=title)
    assert table_amendment(**here, title="On sovereignty").title == "On sovereignty"
    with pytest.raises(Missing):
        describe_amendment(**here, title="", rationale="")


def test_rewordings_of_one_clause_on_the_table_have_an_end(laid: Scene, monkeypatch):
    monkeypatch.setattr("charter.actions.amendments.REWORDINGS", 1)
    tabled(laid)
    with pytest.raises(Invalid):
        tabled(laid, laid.cast.reviewer)
    own = put_on_the_table(laid.charter, laid.cast.reviewer, laid.second, "Of another clause.")
    with pytest.raises(Invalid):
        propose_rewording(
            actor=laid.cast.reviewer,
            charter=laid.charter,
            amendment=own.uuid,
            clause=laid.first,
            language="en",
            base=laid.charter.head,
            words=Words(text="And of the first."),
        )
