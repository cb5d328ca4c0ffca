"""Statements are a delegation's own, appended, and withdrawn by nobody else."""

import pytest
from django.db import DatabaseError, transaction

from charter import events
from charter.actions import statements
from charter.actions.clauses import strike_clause
from charter.actions.refusals import Invalid, IsStruck, NoSuch
from charter.actions.statements import make_statement, withdraw_statement
from charter.events import StatementChanged
from charter.models import Statement, StatementWithdrawal
from charter.queries.statements import statements_of
from tests.builders import Scene, scene, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    laid = scene()
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "KAZ")
    seated(laid.charter, laid.cast.chair, laid.cast.drafter, "BLR")
    return laid


def state(laid, person="reviewer", **more) -> Statement:
    given = {"kind": "reservation", "text": "We reserve.", "clause": laid.first}
    return make_statement(actor=getattr(laid.cast, person), charter=laid.charter, **given | more)


def test_statements_are_numbered_in_their_charter_and_say_when_and_on_what(laid):
    first, second = state(laid), state(laid, "drafter", clause=None, language="ru", text="Да.")
    assert (first.number, second.number) == (1, 2)
    assert (first.language, second.language) == ("en", "ru")
    assert (first.revision, second.clause) == (5, None)


def test_another_delegation_and_the_chair_do_not_withdraw_it(laid):
    made = state(laid)
    seated(laid.charter, laid.cast.chair, laid.cast.chair, "IND")
    for person in ("drafter", "chair"):
        with pytest.raises(Invalid):
            withdraw_statement(
                actor=getattr(laid.cast, person), charter=laid.charter, statement=made.uuid
            )
    assert not StatementWithdrawal.objects.exists()


def test_a_statement_of_another_charter_is_not_there(laid):
    with pytest.raises(NoSuch):
        withdraw_statement(
            actor=laid.cast.reviewer, charter=laid.charter, statement=laid.charter.uuid
        )


def test_a_clause_that_is_struck_takes_no_statement(laid):
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.article)
    with pytest.raises(IsStruck):
        state(laid)


def test_there_is_an_end_to_the_statements_of_one_delegation(laid, monkeypatch):
    monkeypatch.setattr(statements, "STANDING", 2)
    made = [state(laid) for _ in range(2)]
    with pytest.raises(Invalid):
        state(laid)
    state(laid, "drafter")
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    withdraw_statement(**act, statement=made[0].uuid)
    assert state(laid).number == 4


def test_what_was_said_is_never_rewritten(laid):
    made = state(laid)
    withdraw_statement(actor=laid.cast.reviewer, charter=laid.charter, statement=made.uuid)
    for rows in (Statement.objects.all(), StatementWithdrawal.objects.all()):
        for change in (rows.delete, lambda rows=rows: rows.update(actor=laid.cast.chair)):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_making_and_withdrawing_are_announced(laid, monkeypatch):
    heard = []
    monkeypatch.setitem(events._within, StatementChanged, [heard.append])
    made = state(laid)
    withdraw_statement(actor=laid.cast.reviewer, charter=laid.charter, statement=made.uuid)
    assert [(one.statement_id, one.change) for one in heard] == [
        (made.pk, "made"),
        (made.pk, "withdrawn"),
    ]


def test_a_statement_is_read_in_the_language_asked_for_by_the_name_of_its_delegation(laid):
    state(laid)
    (found,) = statements_of(laid.charter, "ru")
    assert (found.team, found.code, found.citation) == ("KAZ", "KAZ", "Статья 1, пункт 1")
