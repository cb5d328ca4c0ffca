"""The page that takes a clause back as it was: a look first, then a revision."""

import re

import pytest
from django.urls import reverse

from charter.actions.clauses import change_clause, strike_clause
from charter.actions.values import Words
from charter.models import Cause
from charter.queries.texts import text_at
from tests.builders import FIRST, reword

pytestmark = pytest.mark.django_db


def address(clause) -> str:
    return reverse("clause_return", args=["eurasia", clause])


@pytest.fixture
def drafter(table, signed_in):
    return signed_in(table.cast.drafter)


@pytest.fixture
def before(table) -> int:
    """The head before the first paragraph was given other words."""
    number = table.charter.head
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "may"))
    return number


def text(table, clause, language="en") -> str:
    return text_at(table.charter, None, language).find(str(clause)).text


def test_it_is_looked_at_before_it_is_done(table, drafter, before):
    shown = drafter.get(address(table.first), {"at": before}).content.decode()
    assert "<del>may</del>" in shown
    assert "<ins>shall</ins>" in shown
    assert text(table, table.first) != FIRST
    answer = drafter.post(address(table.first), {"at": before, "base": before + 1})
    assert answer["Location"].endswith(f"#clause-{table.first}")
    assert text(table, table.first) == FIRST
    last = table.charter.revisions.order_by("-number").first()
    assert (last.cause, last.earlier) == (Cause.RESTORE, before)
    page = drafter.get(reverse("revision", args=["eurasia", last.number])).content.decode()
    assert f'Taken back from <a href="/charters/eurasia/revisions/{before}/">' in page


def test_with_what_stood_in_it_or_without(table, drafter, before):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.second)
    head = before + 2
    alone = drafter.get(address(table.article), {"at": before}).content.decode()
    assert "The two texts are the same" in alone
    sent = {"at": before, "base": head, "children": "on"}
    drafter.post(address(table.article), sent)
    assert text(table, table.first) == FIRST
    assert text_at(table.charter).find(str(table.second)) is not None


def test_one_language_at_a_time(table, drafter):
    number = table.charter.head
    words = {"en": Words("Openness", "Open."), "ru": Words("", "Открыто.")}
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        base=number,
        words=words,
    )
    drafter.post(address(table.other), {"at": number, "base": number + 1, "languages": "ru"})
    assert text(table, table.other) == "Open."
    assert text(table, table.other, "ru") == ""


def test_what_changed_since_the_look_is_shown_first(table, drafter, before):
    stale = {"at": before, "base": before + 1, "message": "As agreed"}
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "must"))
    answer = drafter.post(address(table.first), stale)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "<del>must</del>" in shown
    assert 'value="As agreed"' in shown
    base = re.search(r'name="base" value="(\d+)"', shown)[1]
    assert drafter.post(address(table.first), stale | {"base": base}).status_code == 302
    assert text(table, table.first) == FIRST


def test_a_clause_in_one_that_is_struck_says_why_it_cannot_come(table, drafter, before):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.article)
    for answer in (
        drafter.get(address(table.first), {"at": before}),
        drafter.post(address(table.first), {"at": before, "base": before + 2}),
    ):
        assert answer.status_code == 422
        assert "Restore that first" in answer.content.decode()


def test_what_was_not_there_is_not_there(table, drafter):
    for at in (0, 3, 99, "x", 10**12):
        assert drafter.get(address(table.other), {"at": at}).status_code == 404, at
    assert drafter.get(address(table.other), {"at": 5, "languages": "fr"}).status_code == 404
    assert drafter.post(address(table.other), {"at": 5}).status_code == 422
    for base in (99, -1, "x"):
        answer = drafter.post(address(table.other), {"at": 5, "base": base})
        assert answer.status_code in (404, 422), base


def test_the_history_of_a_clause_offers_its_states_to_who_may_edit(table, drafter, signed_in):
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    page = reverse("clause_history", args=["eurasia", table.first])
    offered = f"{address(table.first)}?at=3"
    assert offered in drafter.get(page).content.decode()
    assert offered not in signed_in(table.cast.observer).get(page).content.decode()
