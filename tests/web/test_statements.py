"""Reservations and declarations on pages: made by a delegation, seen by all who read."""

import pytest

from charter.actions.clauses import strike_clause
from charter.actions.statements import make_statement
from charter.models import Statement
from tests.builders import scene, seated, stand_at

pytestmark = pytest.mark.django_db

AT = "/charters/eurasia/statements/"


@pytest.fixture
def laid():
    laid = scene()
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "KAZ")
    return laid


def said(laid, **more):
    given = {"kind": "reservation", "language": "en", "text": "We reserve.\r\n\r\nIn <full>."}
    return given | {"clause": str(laid.first)} | more


def state(laid, **more):
    act = {"actor": laid.cast.reviewer, "charter": laid.charter, "kind": "declaration"}
    return make_statement(**act, **({"text": "We declare."} | more))


def test_a_delegation_states_on_a_clause_and_everybody_reads_it(laid, signed_in):
    client = signed_in(laid.cast.reviewer)
    clause = f"/charters/eurasia/clauses/{laid.first}/"
    assert 'name="kind"' in client.get(clause).content.decode()
    done = client.post(AT, said(laid))
    assert done["Location"] == f"{AT}?language=en#statement-1"
    for address in (AT, clause, f"/charters/eurasia/delegations/{_team(laid)}/"):
        page = signed_in(laid.cast.observer).get(address).content.decode()
        assert "<p>We reserve.</p><p>In &lt;full&gt;.</p>" in page, address
        assert "KAZ: Reservation" in page
        assert "/withdraw/" not in page
    assert "Article 1(1)" in signed_in(laid.cast.observer).get(AT).content.decode()


def test_what_was_refused_stays_in_the_form(laid, signed_in):
    answer = signed_in(laid.cast.reviewer).post(AT, said(laid, text="hid\u202eden"))
    assert answer.status_code == 422
    assert "hidden character" in answer.content.decode()
    assert f'value="{laid.first}"' in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_clause_that_is_not_of_the_charter_is_not_found(laid, signed_in):
    client = signed_in(laid.cast.reviewer)
    for other in ("no-uuid", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"{AT}?clause={other}").status_code == 404
        assert client.post(AT, said(laid, clause=other)).status_code == 404


def test_who_sits_with_no_delegation_is_offered_no_form(laid, signed_in):
    assert 'name="kind"' not in signed_in(laid.cast.chair).get(AT).content.decode()
    refused = signed_in(laid.cast.chair).post(AT, said(laid))
    assert refused.status_code == 422
    assert signed_in(laid.cast.observer).post(AT, said(laid)).status_code == 403


def test_only_its_delegation_withdraws_a_statement_and_the_record_stays(laid, signed_in):
    made = state(laid)
    there = f"{AT}{made.uuid}/withdraw/"
    page = signed_in(laid.cast.drafter).post(there, {}, follow=True).content.decode()
    assert "Only a delegation makes statements." in page
    own = signed_in(laid.cast.reviewer)
    assert there in own.get(AT).content.decode()
    own.post(there, {"note": "x" * 1001})  # refused and not cut short
    assert len(own.get(AT).context["standing"]) == 1
    own.post(there, {"note": "Settled in the text"})
    page = own.get(AT)
    assert (len(page.context["standing"]), len(page.context["gone"])) == (0, 1)
    assert "Settled in the text" in page.content.decode()
    assert there not in page.content.decode()


def test_statements_on_the_whole_come_first_and_those_on_clauses_that_are_gone_last(
    laid, signed_in
):
    for clause in (laid.other, laid.second, laid.first, None):
        state(laid, clause=clause)
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second)
    page = signed_in(laid.cast.observer).get(AT)
    order = [one.clause for one in page.context["standing"]]
    assert order == [None, laid.first, laid.other, laid.second]
    assert "a clause that is not in the text any more" in page.content.decode()


def test_a_zero_draft_takes_no_statements_and_says_when_it_will(laid, signed_in):
    stand_at(laid.charter, laid.cast.chair, "zero_draft")
    page = signed_in(laid.cast.reviewer).get(AT).content.decode()
    assert "Statements are made once the chair opens the consultation." in page
    assert 'name="kind"' not in page


def test_the_page_asks_as_often_for_many_as_for_one(laid, signed_in, queries):
    client = signed_in(laid.cast.observer)
    state(laid, clause=laid.first)
    few = queries(client, AT)
    for clause in (None, laid.second, laid.other):
        state(laid, clause=clause)
    assert queries(client, AT) == few <= 16


def _team(laid) -> int:
    return laid.charter.delegations.get().pk
