import re

import pytest
from django.urls import reverse

from charter.actions.clauses import change_clause
from charter.actions.principles import change_principle
from charter.models import Principle, Revision
from tests.builders import principle

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/principles/"
ENTRY = {
    "name_en": "Indivisibility of security",
    "definition_en": "The security of one does not threaten another's.",
    "name_ru": "Неделимость безопасности",
    "definition_ru": "",
    "colour": "#12307A",
}


def test_the_chair_adds_a_principle_in_the_charters_languages(table, signed_in):
    client = signed_in(table.cast.chair)
    assert client.post(ADDRESS, ENTRY).status_code == 302
    made = Principle.objects.get(charter=table.charter)
    assert made.names == {"en": ENTRY["name_en"], "ru": ENTRY["name_ru"]}
    assert made.definitions == {"en": ENTRY["definition_en"]}
    assert made.colour == "#12307a"
    assert Revision.objects.filter(charter=table.charter).last().cause == "vocabulary"
    assert ENTRY["name_ru"] in client.get(ADDRESS, {"language": "ru"}).content.decode()


def test_a_principle_without_a_name_is_sent_back_with_what_was_typed(table, signed_in):
    answer = signed_in(table.cast.chair).post(ADDRESS, ENTRY | {"name_en": ""})
    assert answer.status_code == 422
    assert ENTRY["definition_en"].replace("'", "&#x27;") in answer.content.decode()
    assert not Principle.objects.exists()


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "url(x)", '#123456"'])
def test_a_colour_is_six_hexadecimal_digits(table, signed_in, colour):
    answer = signed_in(table.cast.chair).post(ADDRESS, ENTRY | {"colour": colour})
    assert answer.status_code == 422
    assert not Principle.objects.exists()


def test_an_entry_is_changed_and_its_old_state_stays_in_history(table, signed_in):
    slug = principle(table.charter, table.cast.chair, "openness")
    client = signed_in(table.cast.chair)
    address = reverse("principle", args=["eurasia", slug])
    assert 'value="Openness"' in client.get(address).content.decode()
    client.post(address, ENTRY)
    assert Principle.objects.get(slug=slug).names["en"] == ENTRY["name_en"]
    names = list(Principle.history.order_by("revision_number").values_list("names", flat=True))
    assert names == [{"en": "Openness"}, {"en": ENTRY["name_en"], "ru": ENTRY["name_ru"]}]


def test_a_principle_is_withdrawn_and_restored(table, signed_in):
    slug = principle(table.charter, table.cast.chair, "openness")
    client = signed_in(table.cast.chair)
    client.post(reverse("principle_withdraw", args=["eurasia", slug]))
    assert Principle.objects.get(slug=slug).withdrawn
    assert "Withdrawn" in client.get(ADDRESS).content.decode()
    client.post(reverse("principle_restore", args=["eurasia", slug]))
    assert not Principle.objects.get(slug=slug).withdrawn


def test_a_principle_counts_its_clauses_and_leads_to_them(table, signed_in):
    slug = principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        base=table.charter.head,
        principles=[slug],
    )
    page = signed_in(table.cast.observer).get(ADDRESS).content.decode()
    link = re.search(r'<a href="([^"]*principle=openness[^"]*)">([^<]*)', page)
    assert link[2] == "1 clause"
    assert signed_in(table.cast.observer).get(link[1].replace("&amp;", "&")).status_code == 200


def test_a_name_in_any_script_has_an_address(table, signed_in):
    client = signed_in(table.cast.chair)
    client.post(ADDRESS, ENTRY | {"name_en": "Неделимость"})
    made = Principle.objects.get(charter=table.charter)
    assert client.get(reverse("principle", args=["eurasia", made.slug])).status_code == 200


def test_the_cost_of_the_vocabulary_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    principle(table.charter, table.cast.chair, "first")
    few = queries(client, ADDRESS)
    for at in range(8):
        principle(table.charter, table.cast.chair, f"further-{at}")
    assert queries(client, ADDRESS) == few


def test_a_name_that_another_changed_meanwhile_is_shown_before_it_is_overwritten(table, signed_in):
    slug = principle(table.charter, table.cast.chair, "openness")
    client = signed_in(table.cast.chair)
    address = reverse("principle", args=["eurasia", slug])
    assert 'name="base" value="6"' in client.get(address).content.decode()
    told = {"actor": table.cast.chair, "charter": table.charter, "principle": slug}
    change_principle(**told, names={"en": "Open doors"})
    answer = client.post(address, ENTRY | {"base": 6})
    assert answer.status_code == 409
    assert "Open doors" in answer.content.decode()
    assert Principle.objects.get(slug=slug).names == {"en": "Open doors"}
    again = ENTRY | {"base": answer.context["form"]["base"].value()}
    assert client.post(address, again).status_code == 302
    assert Principle.objects.get(slug=slug).names["en"] == ENTRY["name_en"]
