"""The ladder of agreement on the clause's page, in the outline, and in what is taken away."""

import pytest
from django.urls import reverse

from charter.actions.charters import change_charter
from charter.actions.ladder import set_rung
from charter.exports.documents import document
from charter.formats.html_page import write
from charter.models import LadderStep
from tests.builders import reword

pytestmark = pytest.mark.django_db

NOTHING = "Nothing is agreed until everything is agreed."


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=["eurasia", *args]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def put(table, rung: str = "agreed", clause=None):
    table.charter.refresh_from_db()
    return set_rung(
        actor=table.cast.chair, charter=table.charter, clause=clause or table.article, rung=rung
    )


def test_the_chair_puts_a_clause_on_a_rung_from_its_page(table, signed_in):
    table.charter.refresh_from_db()
    chair = signed_in(table.cast.chair)
    said = {"rung": "ad_referendum", "note": "Subject to capitals", "base": table.charter.head}
    address = reverse("clause_rung", args=["eurasia", table.first])
    assert chair.post(address, said).status_code == 302
    seen = page(signed_in(table.cast.observer), "clause", table.first)
    assert "agreed ad referendum" in seen
    assert "Subject to capitals" in seen
    assert "Move it on the ladder" not in seen


def test_an_edit_between_seeing_and_agreeing_is_told(table, signed_in):
    chair = signed_in(table.cast.chair)
    table.charter.refresh_from_db()
    said = {"rung": "agreed", "base": table.charter.head}
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    address = reverse("clause_rung", args=["eurasia", table.first])
    answer = chair.post(address, said, follow=True)
    assert "The text has changed since you saw it." in answer.content.decode()
    assert not LadderStep.objects.exists()
    # The page shows the words as they are now, and what was typed is put down for those.
    seen = answer.context["rung_form"]
    table.charter.refresh_from_db()
    assert (seen["rung"].value(), seen["base"].value()) == ("agreed", str(table.charter.head))
    assert chair.post(address, {**said, "base": seen["base"].value()}).status_code == 302


def test_the_outline_shows_a_sign_with_words(table, signed_in):
    client = signed_in(table.cast.observer)
    sign = '<span class="unseen">agreed</span>'
    assert sign not in page(client, "text")
    put(table)
    assert sign in page(client, "text")
    then = table.charter.head
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    seen = page(client, "text")
    assert sign not in seen
    assert '<span class="unseen">open</span>' in seen
    assert sign in page(client, "text", at=then)
    assert "was “agreed” until revision" in page(client, "clause", table.article)


def test_a_step_has_the_text_sent_again(table, signed_in):
    client = signed_in(table.cast.drafter)
    address = reverse("text", args=["eurasia"])
    client.get(address)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    put(table)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_text_takes_as_many_queries_however_many_steps_there_are(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    address = reverse("text", args=["eurasia"])
    put(table)
    before = queries(client, address)
    for clause in (table.first, table.second, table.other):
        put(table, "drafting_group", clause)
        put(table, "agreed", clause)
    assert queries(client, address) == before


def test_nothing_is_agreed_until_everything_is_where_the_chair_says_so(table, signed_in):
    client = signed_in(table.cast.observer)
    assert NOTHING not in page(client, "text")
    assert NOTHING.encode() not in write(document(table.charter))
    chair = signed_in(table.cast.chair)
    said = {"stage": "negotiation", "nothing_agreed": "on"}
    assert chair.post(reverse("charter_settings", args=["eurasia"]), said).status_code == 302
    table.charter.refresh_from_db()
    assert NOTHING in page(client, "text")
    assert NOTHING.encode() in write(document(table.charter))
    change_charter(actor=table.cast.chair, charter=table.charter, nothing_agreed=False)
    assert NOTHING not in page(client, "text")
