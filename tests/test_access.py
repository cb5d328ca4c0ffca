"""The one table of rights, and that a charter is invisible to whoever has no seat in it."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from charter.access import (
    CHAIRS,
    RIGHTS,
    STAGES,
    Forbidden,
    NotVisible,
    Right,
    enter,
    may,
    require,
    visible_to,
)
from charter.actions.charters import create_charter
from charter.actions.members import remove_member
from charter.models import Membership, Role, Stage
from charter.queries.stages import forbidden_because
from tests.builders import scene, stand_at

pytestmark = pytest.mark.django_db

AT_THE_TABLE = {"read", "comment", "propose", "table", "hold", "object", "declare", "withdraw"}
CHAIRS_OWN = {"adopt", "agree", "silence", "define", "correct", "manage"}
TABLE = {
    "observer": {"read"},
    "reviewer": AT_THE_TABLE,
    "drafter": AT_THE_TABLE | {"edit"},
    "chair": AT_THE_TABLE | {"edit"} | CHAIRS_OWN,
}

# What a stage takes away from whose role would allow it.
FORBIDS = {
    "zero_draft": {"table", "hold", "declare", "adopt", "agree", "silence", "correct"},
    "consultation": {"agree", "silence", "correct"},
    "negotiation": {"correct"},
    "ad_referendum": {"propose", "table", "correct"},
    "adopted": {
        *("propose", "table", "hold", "edit", "adopt", "agree", "silence", "define"),
    },
}
AND_OF_DRAFTERS = {"ad_referendum": {"edit"}}


def test_the_table_of_rights_is_this():
    assert {str(role): {str(right) for right in rights} for role, rights in RIGHTS.items()} == TABLE


def open_to(role: str, stage: str) -> set[str]:
    closed = FORBIDS[stage] | (AND_OF_DRAFTERS.get(stage, set()) if role == "drafter" else set())
    return TABLE[role] - closed


@pytest.mark.parametrize("stage", FORBIDS)
def test_each_role_may_do_what_the_table_says_and_its_stage_leaves(stage):
    laid = scene()
    stand_at(laid.charter, laid.cast.chair, stage)
    for role, right in product(TABLE, Right):
        person, allowed = getattr(laid.cast, role), right in open_to(role, stage)
        assert may(role, stage, right) == allowed, (role, right)
        if allowed:
            assert enter(person, "eurasia", right).may(right)
            require(person, laid.charter, right)
            continue
        for ask in (
            lambda: enter(person, "eurasia", right),  # noqa: B023  asked at once
            lambda: require(person, laid.charter, right),  # noqa: B023
        ):
            with pytest.raises(Forbidden) as caught:
                ask()
            assert caught.value.right == right
            assert caught.value.stage == (stage if right in TABLE[role] else None)


def test_a_refusal_by_the_stage_says_what_would_open_it_and_one_by_the_role_does_not():
    said = set()
    for stage, role, right in product(Stage, TABLE, Right):
        if right in TABLE[role] and not may(role, stage, right):
            said.add(forbidden_because(Forbidden(right, stage)))
    assert all(len(one) > 20 for one in said)
    by_role = forbidden_because(Forbidden(Right.EDIT))
    assert by_role not in said
    early = forbidden_because(Forbidden(Right.TABLE, Stage.ZERO_DRAFT))
    assert early == "Amendments are tabled and joined once the chair opens the consultation."


def outsiders(laid):
    gone = laid.cast.drafter
    gone.is_active = False
    gone.save()
    return [laid.cast.stranger, gone, AnonymousUser()]


def test_without_a_seat_there_is_no_such_charter():
    laid = scene()
    for person in outsiders(laid):
        with pytest.raises(NotVisible):
            enter(person, "eurasia")
        assert list(visible_to(person)) == []
    for person in (laid.cast.stranger, laid.cast.drafter):
        with pytest.raises(NotVisible):
            require(person, laid.charter, Right.READ)


def test_a_superuser_has_no_seat_by_that_alone():
    laid = scene()
    laid.cast.stranger.is_superuser = laid.cast.stranger.is_staff = True
    laid.cast.stranger.save()
    with pytest.raises(NotVisible):
        enter(laid.cast.stranger, "eurasia")


def test_everybody_sees_their_own_charters_only():
    laid = scene()
    other = create_charter(actor=laid.cast.stranger, title="Another")
    assert list(visible_to(laid.cast.stranger)) == [other]
    assert list(visible_to(laid.cast.observer)) == [laid.charter]
    with pytest.raises(NotVisible):
        enter(laid.cast.chair, other.slug)


def test_a_seat_taken_away_is_gone_at_once():
    laid = scene()
    seat = Membership.objects.get(charter=laid.charter, person=laid.cast.drafter)
    remove_member(actor=laid.cast.chair, charter=laid.charter, member=seat.pk)
    with pytest.raises(NotVisible):
        require(laid.cast.drafter, laid.charter, Right.READ)


def test_every_role_and_every_stage_stands_in_the_table():
    assert set(RIGHTS) == set(Role)
    assert set(STAGES) == set(Stage) >= set(CHAIRS)
