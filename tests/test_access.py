"""The one table of rights, and that a charter is invisible to whoever has no seat in it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from charter.access import RIGHTS, Forbidden, NotVisible, Right, enter, require, visible_to
from charter.actions.charters import create_charter
from charter.actions.members import remove_member
from charter.models import Membership, Role
from tests.builders import scene

pytestmark = pytest.mark.django_db

TABLE = {
    "observer": {"read"},
    "reviewer": {"read", "comment"},
    "drafter": {"read", "comment", "edit"},
    "chair": {"read", "comment", "edit", "manage"},
}


def test_the_table_of_rights_is_this():
    assert {str(role): {str(right) for right in rights} for role, rights in RIGHTS.items()} == TABLE


@pytest.mark.parametrize("role", TABLE)
@pytest.mark.parametrize("right", Right)
def test_each_role_may_do_what_the_table_says_and_nothing_else(role, right):
    laid = scene()
    person = getattr(laid.cast, role)
    if right in TABLE[role]:
        assert enter(person, "eurasia", right).may(right)
        require(person, laid.charter, right)
    else:
        for ask in (
            lambda: enter(person, "eurasia", right),
            lambda: require(person, laid.charter, right),
        ):
            with pytest.raises(Forbidden) as caught:
                ask()
            assert caught.value.right == right


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


def test_every_role_stands_in_the_table():
    assert set(RIGHTS) == set(Role)
