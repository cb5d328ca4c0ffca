import pytest
from django.urls import reverse

from charter.actions.editions import name_edition
from charter.models import Edition

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/editions/"


def test_the_chair_names_a_revision(table, signed_in):
    client = signed_in(table.cast.chair)
    said = {"name": "Chair's text", "symbol": "EC/2", "number": 2}
    assert client.post(ADDRESS, said).status_code == 302
    made = Edition.objects.get(charter=table.charter)
    assert (made.name, made.symbol, made.revision.number) == ("Chair's text", "EC/2", 2)
    page = client.get(ADDRESS).content.decode()
    assert "Chair&#x27;s text" in page
    assert reverse("revision", args=["eurasia", 2]) in page


def test_a_name_is_given_once_and_what_was_typed_is_kept(table, signed_in):
    name_edition(actor=table.cast.chair, charter=table.charter, number=1, name="Rev.1")
    client = signed_in(table.cast.chair)
    answer = client.post(ADDRESS, {"name": "Rev.1", "symbol": "EC/77", "number": 3})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is an edition of this name." in page
    assert 'value="EC/77"' in page


@pytest.mark.parametrize("number", ["0", "999", "-1", "x", ""])
def test_only_a_revision_that_is_there_gets_a_name(table, signed_in, number):
    client = signed_in(table.cast.chair)
    assert client.post(ADDRESS, {"name": "Rev.1", "number": number}).status_code == 422
    assert not Edition.objects.exists()


def test_only_the_chair_is_offered_the_form(table, signed_in):
    assert 'name="symbol"' in signed_in(table.cast.chair).get(ADDRESS).content.decode()
    assert 'name="symbol"' not in signed_in(table.cast.drafter).get(ADDRESS).content.decode()


def test_the_cost_of_the_list_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    name_edition(actor=table.cast.chair, charter=table.charter, number=1, name="Zero draft")
    few = queries(client, ADDRESS)
    for at in range(9):
        name_edition(actor=table.cast.chair, charter=table.charter, number=2, name=f"Rev.{at}")
    assert queries(client, ADDRESS) == few


def test_a_name_is_corrected_and_withdrawn_while_the_revision_stays(table, signed_in):
    made = name_edition(actor=table.cast.chair, charter=table.charter, number=2, name="Rve.1")
    client = signed_in(table.cast.chair)
    client.post(reverse("edition", args=["eurasia", made.pk]), {"name": "Rev.1", "symbol": "EC/1"})
    made.refresh_from_db()
    assert (made.name, made.symbol, made.revision.number) == ("Rev.1", "EC/1", 2)
    client.post(reverse("edition_withdraw", args=["eurasia", made.pk]))
    assert not Edition.objects.exists()
    assert client.get(reverse("revision", args=["eurasia", 2])).status_code == 200
