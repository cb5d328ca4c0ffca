"""Merging, splitting and renaming principles: one revision each, told by the digest, undone."""

from uuid import uuid4

import pytest
from django.db import connection

from charter.access import Forbidden
from charter.actions import principles
from charter.actions.clauses import restore_clause, strike_clause
from charter.actions.principle_kin import merge_principles, split_principle
from charter.actions.refusals import AlreadyThere, Invalid, Missing, NoSuch
from charter.models import Cause, Principle
from charter.queries.texts import text_at
from charter.queries.verification import verify
from tests.builders import Scene, principle, scene, tag

pytestmark = pytest.mark.django_db

PEACE, SECURITY = "peace", "security"
NAMES = {"en": "Human security", "ru": "Безопасность человека"}


@pytest.fixture
def laid() -> Scene:
    """The first paragraph serves peace, the second both, the other article security."""
    table = scene()
    for slug in (PEACE, SECURITY):
        principle(table.charter, table.cast.chair, slug)
    tag(table, table.first, PEACE)
    tag(table, table.second, PEACE, SECURITY)
    tag(table, table.other, SECURITY)
    return table


def served(laid: Scene, at: int | None = None) -> dict[str, tuple[str, ...]]:
    """The principles of the two paragraphs and the other article."""
    laid.charter.refresh_from_db()
    text = text_at(laid.charter, at)
    names = {"first": laid.first, "second": laid.second, "other": laid.other}
    return {name: text.find(str(clause)).principles for name, clause in names.items()}


def merge(laid: Scene, **more):
    said = {"actor": laid.cast.chair, "principle": PEACE, "into": SECURITY} | more
    return merge_principles(charter=laid.charter, **said)


def split(laid: Scene, *clauses, **more):
    said = {"actor": laid.cast.chair, "principle": SECURITY, "names": NAMES} | more
    return split_principle(charter=laid.charter, clauses=clauses, **said)


def slugs(laid: Scene) -> list[str]:
    return [row.slug for row in Principle.objects.filter(charter=laid.charter)]


def test_a_merged_principle_gives_its_clauses_to_the_other_in_one_revision(laid):
    head = laid.charter.head
    done = merge(laid)
    assert (done.revision.number, done.revision.cause) == (head + 1, Cause.VOCABULARY)
    assert served(laid) == {"first": ("security",), "second": ("security",), "other": ("security",)}


def test_a_merged_principle_is_withdrawn_and_points_to_the_one_in_its_place(laid):
    merge(laid)
    row = Principle.objects.get(slug=PEACE)
    assert (row.withdrawn, row.merged_into) == (True, SECURITY)


def test_before_the_merger_everything_reads_as_it_did(laid):
    done = merge(laid)
    assert served(laid, done.revision.number - 1) == {
        "first": ("peace",),
        "second": ("peace", "security"),
        "other": ("security",),
    }


def test_a_clause_that_is_struck_during_the_merger_comes_back_with_the_other_principle(laid):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    merge(laid)
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    assert served(laid)["first"] == ("security",)


def test_a_merged_principle_that_is_restored_has_its_clauses_and_points_nowhere(laid):
    merge(laid)
    principles.restore_principle(actor=laid.cast.chair, charter=laid.charter, principle=PEACE)
    assert Principle.objects.get(slug=PEACE).merged_into == ""
    assert served(laid)["first"] == ("peace", "security")


def test_a_principle_is_not_merged_into_itself_nor_with_a_withdrawn_one(laid):
    with pytest.raises(Invalid):
        merge(laid, into=PEACE)
    principles.withdraw_principle(actor=laid.cast.chair, charter=laid.charter, principle=SECURITY)
    for one, other in ((PEACE, SECURITY), (SECURITY, PEACE)):
        with pytest.raises(Invalid):
            merge(laid, principle=one, into=other)


def test_a_principle_that_is_not_there_is_not_merged(laid):
    for said in ({"principle": "nowhere"}, {"into": "nowhere"}):
        with pytest.raises(NoSuch):
            merge(laid, **said)


def test_a_split_gives_the_chosen_clauses_to_a_new_principle(laid):
    head = laid.charter.head
    done = split(laid, laid.other)
    assert done.revision.number == head + 1
    assert served(laid) == {
        "first": ("peace",),
        "second": ("peace", "security"),
        "other": ("human-security",),
    }
    assert Principle.objects.get(slug="human-security").split_from == SECURITY


def test_after_a_split_the_clauses_may_serve_both(laid):
    split(laid, laid.other, both=True)
    assert served(laid)["other"] == ("security", "human-security")


def test_the_new_principle_stands_behind_the_one_it_was_taken_out_of(laid):
    split(laid, laid.first, principle=PEACE)
    assert slugs(laid) == [PEACE, "human-security", SECURITY]


def test_a_split_takes_clauses_that_serve_the_principle_and_at_least_one(laid):
    with pytest.raises(Missing):
        split(laid)
    for clause in (laid.first, uuid4()):
        with pytest.raises(NoSuch):
            split(laid, laid.other, clause)
    assert slugs(laid) == [PEACE, SECURITY]


def test_a_split_needs_a_new_name_and_a_principle_in_use(laid):
    with pytest.raises(Missing):
        split(laid, laid.other, names={})
    with pytest.raises(AlreadyThere):
        split(laid, laid.other, slug=PEACE)
    principles.withdraw_principle(actor=laid.cast.chair, charter=laid.charter, principle=SECURITY)
    with pytest.raises(Invalid):
        split(laid, laid.other)


def test_a_split_can_be_merged_back(laid):
    split(laid, laid.other, laid.second)
    merge(laid, principle="human-security", into=SECURITY)
    assert served(laid) == {
        "first": ("peace",),
        "second": ("peace", "security"),
        "other": ("security",),
    }


def test_a_renamed_principle_keeps_its_short_name_and_its_clauses(laid):
    principles.change_principle(
        actor=laid.cast.chair, charter=laid.charter, principle=PEACE, names={"en": "Concord"}
    )
    assert Principle.objects.get(slug=PEACE).names == {"en": "Concord"}
    assert served(laid)["first"] == (PEACE,)


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer"])
def test_only_the_chair_merges_and_splits(laid, role):
    for act in (merge, lambda *more, **said: split(laid, laid.other, **said)):
        with pytest.raises(Forbidden):
            act(laid, actor=getattr(laid.cast, role))


def test_the_digest_tells_of_mergers_and_splits(laid):
    split(laid, laid.other)
    merge(laid)
    assert verify(laid.charter).ok


def test_a_merger_rewritten_behind_the_back_of_the_digest_is_found(laid):
    done = merge(laid)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE charter_historicalprinciple SET merged_into = 'elsewhere'"
            " WHERE merged_into <> ''"
        )
        cursor.execute("SET session_replication_role = origin")
    assert verify(laid.charter).first_bad == done.revision.number
