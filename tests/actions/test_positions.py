"""Positions: what a delegation holds, who may know of it, and when it says nothing any more."""

import pytest
from django.db import DatabaseError, transaction

from charter.access import Forbidden, NotVisible, enter
from charter.actions.amendments import draft_amendment, withdraw_amendment
from charter.actions.clauses import change_clause, insert_clause, move_clause, strike_clause
from charter.actions.parties import add_party, remove_delegation
from charter.actions.party_members import set_party_members
from charter.actions.positions import take_position, withdraw_position
from charter.actions.proposals import propose_strike
from charter.actions.refusals import InUse, Invalid, IsStruck, Missing, NoSuch, TooLong
from charter.actions.values import Words
from charter.models import PartyKind, Position, Stance, Visibility
from charter.queries.positions import panel_of, positions_of
from tests.builders import Scene, delegation, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    """The scene; the drafter sits for Belarus, the reviewer for India."""
    made = scene()
    for code, name in (("BLR", "drafter"), ("IND", "reviewer")):
        seated(made.charter, made.cast.chair, getattr(made.cast, name), code)
    made.charter.refresh_from_db()
    return made


def take(laid: Scene, person: str = "drafter", stance: str = "agrees", **more) -> Position:
    more = more if "amendment" in more else {"clause": laid.first, **more}
    actor = getattr(laid.cast, person)
    return take_position(actor=actor, charter=laid.charter, stance=stance, **more)


def held(laid: Scene, person: str = "observer", **more) -> list[tuple[str, str, bool]]:
    """What that person sees: who holds what, and whether it is stale."""
    seat = enter(getattr(laid.cast, person), "eurasia")
    return [(one.code, one.stance.value, one.stale) for one in positions_of(seat, **more)]


def test_the_latest_position_of_a_delegation_counts(laid):
    take(laid)
    take(laid, stance="reserves", note="The capital asks for time.")
    take(laid, "reviewer", "objects")
    assert held(laid) == [("BLR", "reserves", False), ("IND", "objects", False)]
    assert Position.objects.count() == 3


def test_saying_the_same_again_of_the_same_words_says_nothing_new(laid):
    assert take(laid) == take(laid)


def test_a_position_is_taken_back_and_the_log_remembers_it(laid):
    take(laid)
    withdraw_position(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    assert held(laid) == []
    assert list(Position.objects.values_list("stance", flat=True)) == ["agrees", "withdrawn"]
    with pytest.raises(NoSuch):
        withdraw_position(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)


@pytest.mark.parametrize("act", [lambda row: row.save(), lambda row: row.delete()])
def test_a_line_is_never_rewritten(laid, act):
    row = take(laid)
    with pytest.raises(DatabaseError, match="history only appends"), transaction.atomic():
        act(row)


def test_what_is_kept_to_a_delegation_is_seen_by_it_alone(laid):
    take(laid, stance="agrees")
    take(laid, stance="objects", visibility=Visibility.DELEGATION, note="Our last word.")
    assert held(laid, "drafter") == [("BLR", "agrees", False), ("BLR", "objects", False)]
    for other in ("chair", "reviewer", "observer"):
        assert held(laid, other) == [("BLR", "agrees", False)]
    panel = panel_of(enter(laid.cast.chair, "eurasia"), "en", clause=laid.second)
    assert panel.own_alone is None


def test_a_position_kept_to_a_delegation_counts_in_no_sum(laid):
    take(laid, visibility=Visibility.DELEGATION)
    organise(laid)
    for person in ("chair", "drafter"):
        panel = panel_of(enter(getattr(laid.cast, person), "eurasia"), "en", clause=laid.first)
        assert panel.held == ()
        assert panel.organisations[0].silent == 2


def organise(laid: Scene) -> None:
    """Belarus, India and a state without a delegation form an organisation."""
    chair, charter = laid.cast.chair, laid.charter
    states = list(charter.parties.values_list("pk", flat=True))
    absent = add_party(
        actor=chair, charter=charter, kind=PartyKind.STATE, code="MNG", names={"en": "Mongolia"}
    )
    union = add_party(
        actor=chair, charter=charter, kind=PartyKind.ORGANISATION, code="UN", names={"en": "Union"}
    )
    set_party_members(
        actor=chair, charter=charter, organisation=union.pk, members=[*states, absent.pk]
    )


def test_an_organisation_is_summed_up_from_members_that_have_a_delegation(laid):
    organise(laid)
    take(laid, stance="reserves")
    (union,) = panel_of(enter(laid.cast.chair, "eurasia"), "en", clause=laid.first).organisations
    assert (union.members, union.stances, union.silent) == (2, {Stance.RESERVES: 1}, 1)


def test_a_position_is_stale_once_the_words_change(laid):
    take(laid)
    take(laid, "reviewer", clause=laid.other)
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    assert held(laid) == [("BLR", "agrees", True), ("IND", "agrees", False)]
    take(laid)
    assert held(laid, clause=laid.first) == [("BLR", "agrees", False)]


def test_words_in_another_language_make_it_stale_too(laid):
    take(laid)
    laid.charter.refresh_from_db()
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.first,
        base=laid.charter.head,
        words={"ru": Words(text="Стороны уважают суверенитет.")},
    )
    assert held(laid) == [("BLR", "agrees", True)]


def test_words_changed_and_changed_back_leave_it_stale(laid):
    take(laid)
    before = laid.charter
    for text in ("Other words.", "The Parties shall respect the sovereignty of each Party."):
        reword(before, laid.cast.chair, laid.first, text)
    assert held(laid) == [("BLR", "agrees", True)]


def _insert(laid: Scene) -> None:
    insert_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        kind="paragraph",
        words={"en": Words(text="One more.")},
        parent=laid.article,
    )


def _strike(laid: Scene) -> None:
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second)


def _reword(laid: Scene) -> None:
    reword(laid.charter, laid.cast.chair, laid.second, "Other words.")


def _leave(laid: Scene) -> None:
    move_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second, parent=laid.other)


def _reorder(laid: Scene) -> None:
    move_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.second,
        parent=laid.article,
        before=laid.first,
    )


@pytest.mark.parametrize("act", [_insert, _strike, _reword, _leave, _reorder])
def test_whatever_changes_below_a_clause_makes_it_stale_and_its_neighbours_not(laid, act):
    take(laid, clause=laid.article)
    take(laid, "reviewer", clause=laid.first)
    act(laid)
    assert held(laid) == [("BLR", "agrees", True), ("IND", "agrees", False)]


def test_what_a_clause_is_moved_into_is_another_and_itself_is_not(laid):
    take(laid, clause=laid.other)
    take(laid, "reviewer", clause=laid.second)
    _leave(laid)
    assert held(laid) == [("BLR", "agrees", True), ("IND", "agrees", False)]


def test_an_earlier_revision_is_read_as_it_was_then(laid):
    take(laid)
    then = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    take(laid, stance="objects")
    assert held(laid, at=then) == [("BLR", "agrees", False)]
    assert held(laid) == [("BLR", "objects", False)]


def test_a_position_on_an_amendment_is_stale_when_it_asks_for_something_else(laid):
    found = tabled(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    take(laid, "reviewer", "objects", amendment=found.uuid)
    assert held(laid, amendment=found.uuid) == [("IND", "objects", False)]
    reword(laid.charter, laid.cast.chair, laid.first, "Words of the chair.")
    assert held(laid) == [("IND", "objects", False)]
    propose_strike(
        actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid, clause=laid.second
    )
    assert held(laid) == [("IND", "objects", True)]


def test_nobody_takes_a_position_on_a_draft_or_on_what_is_settled(laid):
    draft = draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    with pytest.raises(NoSuch):
        take(laid, "reviewer", amendment=draft.uuid)
    with pytest.raises(Invalid):
        take(laid, amendment=draft.uuid)
    found = tabled(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid)
    with pytest.raises(Invalid):
        take(laid, "reviewer", amendment=found.uuid)


def test_only_a_delegation_with_the_right_to_propose_takes_positions(laid):
    with pytest.raises(Missing):
        take(laid, "chair")
    with pytest.raises(Forbidden):
        take(laid, "observer")
    with pytest.raises(NotVisible):
        take(laid, "stranger")


def test_a_position_is_of_a_known_kind_on_one_thing_of_this_text(laid):
    for wrong in ({"stance": "withdrawn"}, {"stance": "likes"}, {"visibility": "friends"}):
        with pytest.raises(Invalid):
            take(laid, **{"stance": "agrees", **wrong})
    with pytest.raises(Invalid):
        take(laid, clause=None)
    with pytest.raises(TooLong):
        take(laid, note="x" * 2001)
    with pytest.raises(NoSuch):
        take(laid, clause=laid.charter.uuid)
    with pytest.raises(NoSuch):
        take(laid, clause=laid.root)
    _strike(laid)
    with pytest.raises(IsStruck):
        take(laid, clause=laid.second)


def test_a_delegation_that_has_taken_a_position_stays_in_the_register(laid):
    team = delegation(laid.charter, laid.cast.chair, "KAZ")
    remove_delegation(actor=laid.cast.chair, charter=laid.charter, delegation=team.pk)
    team = delegation(laid.charter, laid.cast.chair, "MNG")
    Position.objects.create(
        charter=laid.charter,
        delegation=team,
        clause_id=laid.first,
        visibility=Visibility.ALL,
        stance=Stance.AGREES,
        revision=1,
        actor=laid.cast.chair,
        at=laid.charter.created_at,
    )
    with pytest.raises(InUse):
        remove_delegation(actor=laid.cast.chair, charter=laid.charter, delegation=team.pk)
