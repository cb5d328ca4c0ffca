"""The pages of an adoption: what was chosen comes back, and many take as many queries as few."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import FIRST, insert, seated, tabled

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 24


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


@pytest.fixture
def rivals(laid):
    """Amendments that all ask for other words in the same place."""
    return [
        tabled(
            laid.charter,
            laid.cast.reviewer if number % 2 else laid.cast.drafter,
            laid.first,
            FIRST.replace("respect", f"respect{number}"),
        )
        for number in range(MANY)
    ]


@pytest.fixture
def neighbours(laid):
    """Amendments of which each is about a clause of its own."""
    clauses = [
        insert(laid.charter, laid.cast.chair, "paragraph", FIRST, parent=laid.article)
        for _number in range(MANY)
    ]
    return [tabled(laid.charter, laid.cast.drafter, clause, "Other words.") for clause in clauses]


def address(amendments) -> str:
    query = "&".join(f"amendment={one.uuid}" for one in amendments)
    return f"{reverse('adopt', args=['eurasia'])}?{query}"


def outcome(client, amendments, status: int) -> int:
    """How many queries it takes to show what comes of adopting all of it."""
    chosen = client.get(address(amendments)).context
    changes = [str(one.uuid) for offer in chosen["offers"] for one in offer.changes]
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address(amendments), {"base": chosen["base"], "change": changes})
    assert answer.status_code == status
    return len(captured)


def test_the_choice_asks_as_often_for_many_as_for_few(laid, signed_in, queries, rivals):
    chair = signed_in(laid.cast.chair)
    assert queries(chair, address(rivals[:FEW])) == queries(chair, address(rivals))
    page = chair.get(address(rivals)).content.decode()
    assert page.count('name="change"') == MANY


def test_the_page_of_collisions_asks_as_often_for_many_as_for_few(laid, signed_in, rivals):
    chair = signed_in(laid.cast.chair)
    assert outcome(chair, rivals[:FEW], 409) == outcome(chair, rivals, 409)


def test_the_outcome_asks_as_often_but_for_what_each_amendment_writes(laid, signed_in, neighbours):
    """It is the adoption itself, taken back: eight statements for an amendment and its clause."""
    chair = signed_in(laid.cast.chair)
    few, many = outcome(chair, neighbours[:FEW], 200), outcome(chair, neighbours, 200)
    assert many - few <= 8 * (MANY - FEW)


def ticked(page: str) -> set[str]:
    """The values of the boxes that are ticked."""
    return set(re.findall(r'<input type="checkbox"[^>]* value="([^"]+)" checked>', page))


def test_a_choice_that_is_refused_comes_back_as_it_was_made(laid, signed_in):
    words = FIRST.replace("respect", "uphold").replace("each Party", "all States")
    one = tabled(laid.charter, laid.cast.drafter, laid.first, words)
    chair, change = signed_in(laid.cast.chair), str(one.changes.get().uuid)
    spans = ticked(chair.get(address([one])).content.decode()) - {change}
    assert len(spans) > 2
    kept = {*sorted(spans)[:1]}
    stale = {f"version-{change}": one.version + 1}
    said = {"change": [change], f"part-{change}": "1", f"span-{change}": sorted(kept), **stale}
    answer = chair.post(address([one]), said)
    assert answer.status_code == 422
    assert ticked(answer.content.decode()) == {change, "1", *kept}
    nothing = chair.post(address([one]), {})
    assert nothing.status_code == 422
    assert change not in ticked(nothing.content.decode())
