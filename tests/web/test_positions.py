"""Positions on the pages of clauses and amendments."""

import pytest
from django.urls import reverse

from charter.actions.positions import take_position
from charter.models import Position, Visibility
from tests.builders import reword, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


def page(client, name: str, key) -> str:
    answer = client.get(reverse(name, args=["eurasia", key]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["clause", "amendment"])
def test_a_delegation_takes_a_position_and_takes_it_back(laid, signed_in, kind):
    key = laid.first
    if kind == "amendment":
        key = tabled(laid.charter, laid.cast.reviewer, laid.first, "Other words.").uuid
    client = signed_in(laid.cast.drafter)
    said = {"stance": "reserves", "note": "A <b>word</b> is missing.", "visibility": "all"}
    answer = client.post(reverse(f"{kind}_position", args=["eurasia", key]), said)
    assert answer["Location"].startswith(reverse(kind, args=["eurasia", key]))
    seen = page(signed_in(laid.cast.observer), kind, key)
    assert "<b>BLR</b> reserves" in seen
    assert "A &lt;b&gt;word&lt;/b&gt; is missing." in seen
    client.post(reverse(f"{kind}_position_withdraw", args=["eurasia", key]), {"visibility": "all"})
    assert "<b>BLR</b>" not in page(client, kind, key)


def test_a_stale_position_says_so_in_words(laid, signed_in):
    take_position(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, stance="agrees")
    client = signed_in(laid.cast.observer)
    stale = "stale: the words have changed since"
    assert stale not in page(client, "clause", laid.first)
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    assert stale in page(client, "clause", laid.first)


def test_what_is_kept_to_a_delegation_is_on_no_page_of_others(laid, signed_in):
    empty = page(signed_in(laid.cast.chair), "clause", laid.first)
    take_position(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        stance="objects",
        note="Our last word",
        visibility=Visibility.DELEGATION,
    )
    assert "Our last word" in page(signed_in(laid.cast.drafter), "clause", laid.first)
    after = page(signed_in(laid.cast.chair), "clause", laid.first)
    assert _panel(after) == _panel(empty)


def _panel(said: str) -> str:
    begin = said.index('class="positions')
    return said[begin : said.index("</section>", begin)]


def test_a_form_that_says_nothing_changes_nothing(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    answer = client.post(reverse("clause_position", args=["eurasia", laid.first]), follow=True)
    assert "Choose what your delegation holds." in answer.content.decode()
    assert not Position.objects.exists()


@pytest.mark.parametrize("kind", ["clause", "amendment"])
def test_a_note_that_is_refused_comes_back_with_the_reason(laid, signed_in, kind):
    key = laid.first
    if kind == "amendment":
        key = tabled(laid.charter, laid.cast.reviewer, laid.first, "Other words.").uuid
    said = {"stance": "objects", "note": "Our long\u202e reasons", "visibility": "delegation"}
    address = reverse(f"{kind}_position", args=["eurasia", key])
    answer = signed_in(laid.cast.drafter).post(address, said)
    assert answer.status_code == 422
    assert answer.context["position_form"].non_field_errors()
    page = _panel(answer.content.decode())
    assert "Our long\u202e reasons</textarea>" in page
    assert '<option value="objects" selected>' in page
    assert not Position.objects.exists()


def test_who_has_no_delegation_is_offered_no_form(laid, signed_in):
    for person in (laid.cast.chair, laid.cast.observer):
        assert "Take a position" not in page(signed_in(person), "clause", laid.first)
    client = signed_in(laid.cast.chair)
    said = {"stance": "agrees", "visibility": "all"}
    answer = client.post(
        reverse("clause_position", args=["eurasia", laid.first]), said, follow=True
    )
    assert "Only a delegation can take a position." in answer.content.decode()


def test_the_page_takes_as_many_queries_however_many_positions_there_are(laid, signed_in, queries):
    address = reverse("clause", args=["eurasia", laid.first])
    client = signed_in(laid.cast.observer)
    take_position(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, stance="agrees")
    before = queries(client, address)
    for stance in ("reserves", "objects", "agrees"):
        take_position(
            actor=laid.cast.reviewer, charter=laid.charter, clause=laid.first, stance=stance
        )
    assert queries(client, address) == before
