"""Whoever rewrites the past behind the database's back is found out, and where."""

import pytest
from django.db import connection

from charter.actions.clauses import strike_clause
from charter.models import Clause, ClausePrinciple, Principle, Wording
from charter.queries.verification import verify
from tests.builders import principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    """Ten revisions of every kind; `first` was reworded in revision 8."""
    laid = scene()
    charter, chair, drafter = laid.charter, laid.cast.chair, laid.cast.drafter
    principle(charter, chair, "openness")  # 6
    reword(charter, drafter, laid.other, "Open.", principles=["openness"])  # 7
    reword(charter, drafter, laid.first, "Shorter.")  # 8
    strike_clause(actor=drafter, charter=charter, clause=laid.second)  # 9
    reword(charter, chair, laid.other, "Open to all.")  # 10
    return laid


def forge(sql: str, *values) -> None:
    """What a superuser can do who knows how to silence triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = origin")


def broken_at(laid) -> int | None:
    verdict = verify(laid.charter)
    assert verdict.ok is (verdict.first_bad is None)
    return verdict.first_bad


def test_an_honest_history_holds(laid):
    verdict = verify(laid.charter)
    laid.charter.refresh_from_db()
    assert (verdict.ok, verdict.checked, verdict.head) == (True, 10, laid.charter.digest)


def test_a_changed_word_is_found(laid):
    forge(
        "UPDATE charter_historicalwording SET text = 'Longer.'"
        " WHERE clause_id = %s AND revision_number = 8",
        laid.first,
    )
    assert broken_at(laid) == 8


def test_a_dropped_row_is_found(laid):
    forge("DELETE FROM charter_historicalclause WHERE revision_number = 9")
    assert broken_at(laid) == 9


def test_an_inserted_row_is_found(laid):
    forge(
        "INSERT INTO charter_historicalwording (id, charter_id, clause_id, language, heading, text,"
        " history_date, history_type, history_user_id, history_change_reason, revision_id,"
        " revision_number)"
        " SELECT w.id, charter_id, clause_id, language, heading, 'Mine.', r.committed_at, '~',"
        " r.author_id, '', r.id, r.number FROM charter_historicalwording w"
        " JOIN charter_revision r USING (charter_id)"
        " WHERE w.clause_id = %s AND w.revision_number = 3 AND r.number = 4",
        laid.first,
    )
    assert broken_at(laid) == 4


def test_a_changed_author_is_found(laid):
    forge(
        "UPDATE charter_revision SET author_id = %s WHERE number = 8 AND charter_id = %s",
        laid.cast.reviewer.pk,
        laid.charter.pk,
    )
    assert broken_at(laid) == 8


def test_a_history_row_signed_by_another_is_found(laid):
    forge(
        "UPDATE charter_historicalwording SET history_user_id = %s WHERE revision_number = 8",
        laid.cast.reviewer.pk,
    )
    assert broken_at(laid) == 8


@pytest.mark.parametrize(
    "change", ["message = 'Agreed'", "cause = 'import'", "committed_at = committed_at + '1 ms'"]
)
def test_what_a_revision_says_of_itself_cannot_be_changed(laid, change):
    forge(f"UPDATE charter_revision SET {change} WHERE number = 7")
    assert broken_at(laid) == 7


def test_a_digest_made_to_fit_breaks_the_chain_at_the_next(laid):
    forge("UPDATE charter_revision SET digest = repeat('0', 64) WHERE number = 5")
    assert broken_at(laid) == 5


@pytest.mark.django_db(transaction=True)
def test_a_revision_cut_out_is_found(laid):
    forge("DELETE FROM charter_revision WHERE number = 6")
    assert broken_at(laid) == 6


@pytest.mark.django_db(transaction=True)
def test_a_cut_off_end_is_found(laid):
    forge("DELETE FROM charter_revision WHERE number = 10")
    assert broken_at(laid) == 10


def test_a_cut_off_end_with_its_rows_and_the_head_made_to_fit_shows_in_a_digest_held(laid):
    laid.charter.refresh_from_db()
    held = {10: laid.charter.digest}
    assert verify(laid.charter, held).ok
    forge("DELETE FROM charter_revision WHERE number = 10")
    forge("DELETE FROM charter_historicalwording WHERE revision_number = 10")
    forge("UPDATE charter_wording SET text = 'Open.' WHERE text = 'Open to all.'")
    forge(
        "UPDATE charter_charter SET head = 9,"
        " digest = (SELECT digest FROM charter_revision WHERE number = 9)"
    )
    assert verify(laid.charter).ok
    assert verify(laid.charter, held).first_bad == 10


def test_another_digest_than_the_one_held_is_found(laid):
    assert verify(laid.charter, {4: "0" * 64}).first_bad == 4


def test_a_live_wording_that_differs_from_its_history_is_found(laid):
    forge("UPDATE charter_wording SET text = 'Mine.' WHERE clause_id = %s", laid.first)
    assert broken_at(laid) == 8


def test_a_live_clause_that_differs_from_its_history_is_found(laid):
    forge("UPDATE charter_clause SET struck = false WHERE id = %s", laid.second)
    assert broken_at(laid) == 9


@pytest.mark.parametrize(("model", "number"), [(Wording, 1), (ClausePrinciple, 7)])
def test_a_live_row_that_is_gone_is_found(laid, model, number):
    row = model.objects.filter(charter=laid.charter).order_by("pk").first()
    forge(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)
    assert broken_at(laid) == number


def test_a_live_row_without_history_is_found(laid):
    forge(
        "INSERT INTO charter_wording (charter_id, clause_id, language, heading, text)"
        " VALUES (%s, %s, 'ru', '', 'Моё.')",
        laid.charter.pk,
        laid.first,
    )
    assert broken_at(laid) == 10


def test_a_changed_definition_is_found(laid):
    forge("""UPDATE charter_historicalprinciple SET definitions = '{"en": "Closed."}'""")
    assert broken_at(laid) == 6


def test_a_tag_moved_to_another_clause_is_found(laid):
    forge("UPDATE charter_historicalclauseprinciple SET clause_id = %s", laid.first)
    assert broken_at(laid) == 7


def test_a_row_that_claims_another_charter_is_found(laid):
    forge("UPDATE charter_historicalwording SET charter_id = 0 WHERE revision_number = 8")
    assert broken_at(laid) == 8


def test_a_moved_head_is_found(laid):
    forge("UPDATE charter_charter SET head = 8")
    assert broken_at(laid) == 9


def test_verifying_reads_as_many_times_however_long_the_history(laid, django_assert_num_queries):
    assert Clause.history.count() and Principle.history.count()
    with django_assert_num_queries(10):
        verify(laid.charter)
    for number in range(20):
        reword(laid.charter, laid.cast.chair, laid.other, f"Open to all {number}.")
    with django_assert_num_queries(10):
        verify(laid.charter)
