"""The one door: what a revision is, and what an action that fails leaves behind."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter import events
from charter.access import Forbidden, NotVisible
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.refusals import NoSuch
from charter.actions.revisions import open_revision
from charter.actions.values import Words
from charter.models import Cause, Clause, Revision, Wording
from charter.queries.verification import verify
from tests.builders import FIRST, insert, reword, scene

pytestmark = pytest.mark.django_db


def test_revisions_are_numbered_one_by_one_and_the_charter_knows_the_last():
    laid = scene()
    numbers = list(laid.charter.revisions.values_list("number", flat=True))
    laid.charter.refresh_from_db()
    assert numbers == [1, 2, 3, 4, 5]
    assert laid.charter.head == 5
    assert laid.charter.digest == laid.charter.revisions.get(number=5).digest


def test_a_revision_says_who_when_why_and_what_kind_of_act():
    laid = scene()
    when = datetime(2025, 2, 12, 9, 30, tzinfo=UTC)
    done = reword(
        laid.charter, laid.cast.drafter, laid.first, "Shorter.", message="As agreed", at=when
    )
    revision = Revision.objects.get(pk=done.revision.pk)
    assert (revision.author, revision.committed_at) == (laid.cast.drafter, when)
    assert (revision.message, revision.cause) == ("As agreed", Cause.EDIT)
    assert verify(laid.charter).ok


def test_every_state_is_kept_with_its_author_and_revision():
    laid = scene()
    done = reword(laid.charter, laid.cast.drafter, laid.first, "Shorter.")
    wording = Wording.objects.get(clause=laid.first, language="en")
    last, earlier = wording.history.order_by("-revision_number")
    assert (last.text, last.history_type, last.history_user) == ("Shorter.", "~", laid.cast.drafter)
    assert last.revision == done.revision
    assert (earlier.text, earlier.history_type) == (FIRST, "+")


def test_what_changes_nothing_is_no_revision():
    laid = scene()
    done = reword(laid.charter, laid.cast.drafter, laid.first, FIRST)
    laid.charter.refresh_from_db()
    assert done.revision is None
    assert laid.charter.head == 5


def test_an_action_that_fails_leaves_nothing():
    laid = scene()
    with pytest.raises(ZeroDivisionError):  # noqa: SIM117
        with open_revision(actor=laid.cast.chair, charter=laid.charter, cause=Cause.EDIT) as draft:
            wording = Wording.objects.get(clause=laid.first, language="en")
            draft.reword(wording, Words(text="Half done"))
            draft.keep(wording)
            1 / 0  # noqa: B018
    assert Wording.objects.get(clause=laid.first, language="en").text == FIRST
    assert laid.charter.revisions.count() == 5


def test_a_draft_takes_no_row_of_another_charter():
    laid = scene()
    other = Clause.objects.get(pk=laid.first)
    other.charter_id = laid.charter.pk + 1
    with pytest.raises(ValueError, match="another charter"):  # noqa: SIM117
        with open_revision(actor=laid.cast.chair, charter=laid.charter, cause=Cause.EDIT) as draft:
            draft.keep(other)


def test_whoever_has_no_seat_cannot_tell_that_there_is_a_charter():
    laid = scene()
    with pytest.raises(NotVisible):
        reword(laid.charter, laid.cast.stranger, laid.first, "Mine.")
    with pytest.raises(NotVisible):
        strike_clause(actor=laid.cast.chair, charter=laid.charter.pk + 1, clause=laid.first)


@pytest.mark.parametrize("role", ["reviewer", "observer"])
def test_who_may_not_edit_does_not(role):
    laid = scene()
    with pytest.raises(Forbidden):
        reword(laid.charter, getattr(laid.cast, role), laid.first, "Mine.")
    assert laid.charter.revisions.count() == 5


def test_a_person_who_was_shut_out_is_out():
    laid = scene()
    laid.cast.drafter.is_active = False
    laid.cast.drafter.save()
    with pytest.raises(NotVisible):
        reword(laid.charter, laid.cast.drafter, laid.first, "Mine.")


def test_a_clause_of_another_charter_is_not_here():
    laid = scene()
    with pytest.raises(NoSuch):
        change_clause(
            actor=laid.cast.chair,
            charter=laid.charter,
            clause="00000000-0000-0000-0000-000000000000",
            base=1,
            words={"en": Words(text="Mine.")},
        )


def test_listeners_hear_of_a_revision_once_it_is_committed(django_capture_on_commit_callbacks):
    laid = scene()
    heard = []
    events.listen(events.RevisionCommitted, heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            reword(laid.charter, laid.cast.drafter, laid.first, "Shorter.")
            assert heard == []
    finally:
        events._listeners[events.RevisionCommitted].remove(heard.append)
    assert heard == [events.RevisionCommitted(laid.charter.pk, 6, laid.cast.drafter.pk)]


def test_the_title_of_a_charter_is_its_root_clauses_heading():
    laid = scene()
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.root,
        base=5,
        words={"en": Words(heading="A better title"), "ru": Words(heading="Название")},
    )
    assert laid.charter.title == "A better title"
    laid.charter.refresh_from_db()
    assert laid.charter.title == "A better title"


def test_a_title_that_gives_the_charter_another_name_is_told_as_such(monkeypatch):
    laid = scene()
    heard: list[events.CharterChanged] = []
    monkeypatch.setitem(events._within, events.CharterChanged, [heard.append])
    for words in ({"ru": "Название"}, {"en": "A better title"}):
        change_clause(
            actor=laid.cast.drafter,
            charter=laid.charter,
            clause=laid.root,
            base=laid.charter.head,
            words={code: Words(heading=said) for code, said in words.items()},
        )
    assert [one.actor_id for one in heard] == [laid.cast.drafter.pk]


def statements(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_saving_takes_as_many_statements_in_a_large_charter_as_in_a_small_one():
    laid = scene()
    base = laid.charter.head

    def save(text):
        return lambda: change_clause(
            actor=laid.cast.drafter,
            charter=laid.charter,
            clause=laid.first,
            base=laid.charter.head,
            words={"en": Words(text=text)},
        )

    few = statements(save("One change."))
    for number in range(20):
        insert(laid.charter, laid.cast.chair, "article", f"Article {number}.")
    many = statements(save("Another change."))
    assert base == 5
    # The savepoint and its release stand for BEGIN and COMMIT; one asks who waits for a revision:
    # threads, amendments, followers, webhooks.
    assert few == many == 8
