"""Feeds of a charter and of a clause: by a key of one's own, as long as one has a seat."""

import logging
import re
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from charter.actions.members import remove_member
from charter.exports.feed_addresses import SALT
from charter.models import FeedKey, Membership
from tests.builders import FIRST, reword
from tests.web.test_roles import foreign

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(table, signed_in):
    return signed_in(table.cast.reviewer)


def made(client) -> str:
    """The address a person is given."""
    client.post(reverse("feeds", args=["eurasia"]))
    return shown(client)


def shown(client) -> str:
    page = client.get(reverse("feeds", args=["eurasia"])).content.decode()
    found = re.search(r'readonly value="([^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def of_clause(address: str, clause) -> str:
    parts = urlsplit(address)
    return f"{reverse('clause_feed', args=['eurasia', clause])}?{parts.query}"


def fetch(address: str, **headers):
    """What a program without a session gets."""
    return Client().get(address, headers=headers)


def entries(answer) -> list[ElementTree.Element]:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_a_program_reads_who_did_what_and_where_but_no_words(table, reader):
    reword(table.charter, table.cast.drafter, table.first, "Secret words.", message="Shorter")
    newest, *rest = entries(fetch(made(reader)))
    assert len(rest) == 5
    assert newest.find(f"{ATOM}title").text == "Revision 6: Shorter"
    assert newest.find(f"{ATOM}author/{ATOM}name").text == "Drafter"
    assert newest.find(f"{ATOM}summary").text == "Article 1(1): reworded"
    link = newest.find(f"{ATOM}link").get("href")
    assert link == "http://testserver/charters/eurasia/revisions/6/"
    assert newest.find(f"{ATOM}id").text.startswith("urn:uuid:")
    assert b"Secret words" not in fetch(shown(reader)).content


def test_a_clause_has_its_own_with_the_same_key(table, reader):
    address = made(reader)
    reword(table.charter, table.cast.drafter, table.second, "Other words.")
    titles = [
        one.find(f"{ATOM}title").text for one in entries(fetch(of_clause(address, table.second)))
    ]
    assert [title.partition(":")[0] for title in titles] == ["Revision 6", "Revision 4"]
    assert fetch(of_clause(address, uuid4())).status_code == 404


def test_the_history_of_a_clause_leads_to_its_address(table, reader):
    made(reader)
    page = reader.get(reverse("clause_history", args=["eurasia", table.first])).content.decode()
    link = f"{reverse('feeds', args=['eurasia'])}?clause={table.first}"
    assert link in page
    offered = reader.get(link).content.decode()
    assert "Your address for Article 1(1)" in offered
    address = re.search(r'id="clause-feed"[^>]* value="([^"]*)"', offered)[1]
    assert len(entries(fetch(address.replace("&amp;", "&")))) == 1
    assert reader.get(link.replace(str(table.first), str(uuid4()))).status_code == 404
    assert reader.post(link, {})["Location"] == link


def test_there_is_no_address_until_it_is_asked_for(table, reader):
    assert shown(reader) == ""
    assert not FeedKey.objects.exists()


def test_a_new_address_makes_the_earlier_one_worth_nothing(table, reader):
    first = made(reader)
    second = made(reader)
    assert first != second
    assert fetch(first).status_code == 404
    assert fetch(second).status_code == 200


def test_switched_off_they_stay_off_and_come_back_with_another_key(table, reader):
    first = made(reader)
    reader.post(reverse("feeds", args=["eurasia"]), {"stop": "1"})
    assert shown(reader) == ""
    assert fetch(first).status_code == 404
    assert fetch(made(reader)).status_code == 200
    assert fetch(first).status_code == 404


def test_a_removed_member_reads_no_more(table, reader):
    address = made(reader)
    seat = Membership.objects.get(charter=table.charter, person=table.cast.reviewer)
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    for each in (address, of_clause(address, table.first)):
        assert fetch(each).status_code == 404


def test_nor_does_somebody_who_was_shut_out(table, reader):
    address = made(reader)
    table.cast.reviewer.is_active = False
    table.cast.reviewer.save()
    assert fetch(address).status_code == 404


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "x" * 5000, "%00"])
def test_a_key_that_is_none_opens_nothing(table, key):
    address = f"{reverse('history_feed', args=['eurasia'])}?key={key}"
    assert fetch(address).status_code == 404


def test_a_key_opens_no_other_charter(table, reader):
    foreign("elsewhere", table.cast)
    query = urlsplit(made(reader)).query
    assert fetch(f"{reverse('history_feed', args=['elsewhere'])}?{query}").status_code == 404
    own = parse_qs(query)["key"][0]
    assert signing.loads(own, salt=SALT)[0] == table.charter.uuid.hex


def test_a_key_opens_nothing_but_feeds(table, reader):
    query = urlsplit(made(reader)).query
    for name in ("history", "text", "feeds"):
        answer = fetch(f"{reverse(name, args=['eurasia'])}?{query}")
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]


def test_who_is_signed_in_needs_no_key(table, reader, signed_in):
    assert entries(reader.get(reverse("history_feed", args=["eurasia"])))
    stranger = signed_in(table.cast.stranger)
    assert stranger.get(reverse("history_feed", args=["eurasia"])).status_code == 404


def test_it_is_sent_again_only_when_it_reads_otherwise(table, reader):
    address = made(reader)
    tag = fetch(address)["ETag"]
    assert fetch(address, **{"If-None-Match": tag}).status_code == 304
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    assert fetch(address, **{"If-None-Match": tag}).status_code == 200


def test_it_speaks_the_language_of_whose_key_it_is(table, reader):
    table.cast.reviewer.language = "ru"
    table.cast.reviewer.save()
    (newest, *_rest) = entries(fetch(made(reader)))
    assert newest.find(f"{ATOM}link").get("href").endswith("/revisions/5/")
    assert b'xml:lang="ru"' in fetch(shown(reader)).content


def test_hostile_words_are_never_markup(table, reader):
    hostile = '<script>alert("1")</script> & ]]>'
    reword(table.charter, table.cast.drafter, table.first, FIRST + "!", message=hostile)
    (newest, *_rest) = entries(fetch(made(reader)))
    assert newest.find(f"{ATOM}title").text == f"Revision 6: {hostile}"


def test_the_key_stands_in_no_line_of_the_log(table, reader, caplog):
    address = made(reader)
    key = parse_qs(urlsplit(address).query)["key"][0]
    with caplog.at_level(logging.DEBUG):
        fetch(address)
        fetch(address + "x")
    assert caplog.records
    for record in caplog.records:
        assert key not in record.getMessage()
        assert key not in str(record.__dict__.get("msg"))


def test_its_cost_does_not_grow_with_history(table, reader, queries):
    address = made(reader)
    few = [queries(Client(), address), queries(Client(), of_clause(address, table.first))]
    for at in range(12):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
    again = [queries(Client(), address), queries(Client(), of_clause(address, table.first))]
    assert again == few
    assert max(few) <= 20
