"""What was done from a seat stays with it, whoever sits there today and wherever they went."""

from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.access import enter
from charter.actions.members import change_member, remove_member
from charter.actions.threads import open_thread
from charter.models import Delegation, Membership, Seating
from charter.queries.blame import blame_text
from charter.queries.delegations import delegation_of
from charter.queries.history import revisions_of
from charter.queries.picking import Wanted
from charter.queries.seats import seats_of
from charter.queries.statistics import numbers_of
from charter.queries.threads import threads_of
from charter.web.signs import DELEGATION, PERSON, signs
from tests.builders import Scene, delegation, reword, scene, seated

pytestmark = pytest.mark.django_db

HEADS = import_module("charter.migrations.0027_seating_heads")


@pytest.fixture
def laid() -> Scene:
    return scene()


def seat(laid: Scene) -> Membership:
    return Membership.objects.get(charter=laid.charter, person=laid.cast.drafter)


def move_to(laid: Scene, team: Delegation | None) -> None:
    change_member(
        actor=laid.cast.chair,
        charter=laid.charter,
        member=seat(laid).pk,
        role="drafter",
        delegation=team.pk if team else None,
    )


def write(laid: Scene, text: str) -> int:
    return reword(laid.charter, laid.cast.drafter, laid.first, text).revision.number


def say(laid: Scene) -> None:
    laid.charter.refresh_from_db()
    open_thread(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.other,
        language="en",
        base=laid.charter.head,
        start=0,
        end=4,
        text="This one?",
    )


@pytest.fixture
def travelled(laid: Scene) -> tuple[Delegation, Delegation]:
    """The drafter wrote and spoke for BLR, then wrote for none, then for KAZ, and was removed."""
    first = seated(laid.charter, laid.cast.chair, laid.cast.drafter, "BLR")
    second = delegation(laid.charter, laid.cast.chair, "KAZ")
    assert write(laid, "The Parties honour each other.") == 6
    say(laid)
    move_to(laid, None)
    assert write(laid, "The Parties honour each other always.") == 7
    move_to(laid, second)
    assert write(laid, "The Parties honour each other always and everywhere.") == 8
    remove_member(actor=laid.cast.chair, charter=laid.charter, member=seat(laid).pk)
    laid.charter.refresh_from_db()
    return first, second


def test_history_is_filtered_by_the_seat_a_revision_was_written_from(laid, travelled):
    def found(team):
        page = revisions_of(laid.charter, wanted=Wanted(delegation=team.pk))
        return [(one.number, one.delegation) for one in page.entries]

    assert [found(team) for team in travelled] == [[(6, "BLR")], [(8, "KAZ")]]


def test_words_are_credited_to_the_delegation_they_were_written_for(laid, travelled):
    found = blame_text(laid.charter, "en")
    assert {one: found.delegations[one] for one in (6, 7, 8)} == {6: "BLR", 7: "", 8: "KAZ"}
    words = {one.name: one.words for one in signs(found, DELEGATION).all}
    assert (words["BLR"], words["KAZ"]) == (3, 2)
    (drafter,) = (one for one in signs(found, PERSON).all if one.name == "Drafter")
    assert drafter.aside == "BLR, KAZ"


def test_a_delegation_keeps_what_its_people_did(laid, travelled):
    reader = enter(laid.cast.observer, laid.charter.slug)
    first, second = (delegation_of(reader, team.pk, "en") for team in travelled)
    assert first.people == second.people == ()
    assert [(one.work.revisions, one.work.comments) for one in (first, second)] == [(1, 1), (1, 0)]
    assert (len(first.threads), len(second.threads)) == (1, 0)
    assert second.work.written == 2


def test_a_contributor_stands_once_for_each_seat(laid, travelled):
    found = numbers_of(laid.charter, laid.charter.head, "en").contributors
    told = {one.delegation: (one.revisions, one.comments) for one in found if one.name == "Drafter"}
    assert told == {"BLR": (1, 1), "": (1, 0), "KAZ": (1, 0)}
    assert len({one.person for one in found}) == 2


def test_a_comment_names_the_delegation_it_was_made_for(laid, travelled):
    (thread,) = threads_of(laid.charter, "en")
    assert [one.delegation for one in thread.comments] == ["BLR"]


def test_who_waits_writes_for_nobody(laid):
    team = seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "BLR")
    move_to(laid, team)
    number = write(laid, "Words of one who waits.")
    assert seats_of(laid.charter, "en").of_revision(number, laid.cast.drafter.pk) is None


def test_all_seats_are_read_at_once(laid, travelled):
    with CaptureQueriesContext(connection) as caught:
        seats_of(laid.charter, "en")
    assert len(caught) == 1


def test_seats_older_than_the_log_count_from_the_beginning(laid):
    number = write(laid, "Words of old.")
    team = delegation(laid.charter, laid.cast.chair, "BLR")
    Membership.objects.filter(pk=seat(laid).pk).update(delegation=team)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(HEADS.BY_TIME)
        cursor.execute(HEADS.FROM_THE_BEGINNING)
    assert seats_of(laid.charter, "en").name_of_revision(number, laid.cast.drafter.pk) == "BLR"


def test_a_seat_of_which_the_log_has_only_the_end_was_held_until_then(laid):
    number = write(laid, "Words of old.")
    team = delegation(laid.charter, laid.cast.chair, "BLR")
    Membership.objects.filter(pk=seat(laid).pk).update(delegation=team)
    move_to(laid, None)
    later = write(laid, "Words of today.")
    seats = seats_of(laid.charter, "en")
    told = [seats.name_of_revision(one, laid.cast.drafter.pk) for one in (number, later)]
    assert told == ["BLR", ""]


def test_the_lines_of_the_log_learn_their_revision_from_their_moment(laid):
    seated(laid.charter, laid.cast.chair, laid.cast.drafter, "BLR")
    write(laid, "The Parties honour each other.")
    before = list(Seating.objects.values_list("pk", "head"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(HEADS.BY_TIME)
    assert list(Seating.objects.values_list("pk", "head")) == before
    assert before[-1][1] == 5
