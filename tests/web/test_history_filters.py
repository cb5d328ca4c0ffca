"""Which revisions history lists: by author, delegation, clause, principle, day and message."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from charter.actions.clauses import change_clause, strike_clause
from charter.actions.members import change_member, remove_member
from charter.actions.parties import add_delegation, add_party
from charter.models import Delegation, Membership
from charter.queries.history import revisions_of
from charter.queries.picking import Wanted
from charter.queries.sittings import cut, sittings
from tests.builders import FIRST, insert, principle, reword

pytestmark = pytest.mark.django_db


def numbers(table, **wanted) -> list[int]:
    table.charter.refresh_from_db()
    return [one.number for one in revisions_of(table.charter, wanted=Wanted(**wanted)).entries]


def page(client, **query):
    return client.get(reverse("history", args=["eurasia"]), query)


def listed(answer) -> list[int]:
    return [
        int(one) for one in re.findall(r'<li class="entry" value="(\d+)"', answer.content.decode())
    ]


@pytest.fixture
def reader(table, signed_in):
    return signed_in(table.cast.observer)


def test_by_author(table, reader):
    number = reword(table.charter, table.cast.drafter, table.first, "Words.").revision.number
    assert numbers(table, person=table.cast.drafter.uuid) == [number]
    assert listed(page(reader, person=table.cast.drafter.uuid)) == [number]


def test_only_authors_of_this_charter_are_offered(table, reader):
    reword(table.charter, table.cast.drafter, table.first, "Words.")
    shown = page(reader).content.decode()
    select = re.search(r'<select name="person".*?</select>', shown, re.DOTALL)[0]
    assert set(re.findall(r"<option[^>]*>([^<]*)", select)) == {"Everybody", "Chair", "Drafter"}
    assert page(reader, person=table.cast.reviewer.uuid).status_code == 422


def test_by_the_delegation_its_author_sat_in_then(table, reader):
    told = {"actor": table.cast.chair, "charter": table.charter}
    party = add_party(**told, kind="state", code="BLR", names={"en": "Belarus"})
    team = add_delegation(**told, party=party.pk, standing="initiator")
    reword(table.charter, table.cast.drafter, table.first, "Words.")
    seat = Membership.objects.get(charter=table.charter, person=table.cast.drafter)
    change_member(**told, member=seat.pk, role="drafter", delegation=team.pk)
    assert listed(page(reader, delegation=team.pk)) == []
    number = reword(table.charter, table.cast.drafter, table.first, "Others.").revision.number
    assert listed(page(reader, delegation=team.pk)) == [number]
    change_member(**told, member=seat.pk, role="drafter")
    reword(table.charter, table.cast.drafter, table.first, "And others.")
    remove_member(**told, member=seat.pk)
    assert listed(page(reader, delegation=team.pk)) == [number]


def test_a_delegation_of_another_charter_is_not_there(table, reader):
    assert page(reader, delegation=10**6).status_code == 422
    assert not Delegation.objects.filter(charter=table.charter).exists()


def test_by_clause_with_all_that_stands_in_it_struck_or_not(table, reader):
    drafter = table.cast.drafter
    assert numbers(table, clause=table.article) == [4, 3, 2]
    assert numbers(table, clause=table.first) == [3]
    struck = strike_clause(actor=drafter, charter=table.charter, clause=table.first).revision.number
    assert numbers(table, clause=table.first) == [struck, 3]
    assert listed(page(reader, clause=table.first)) == [struck, 3]
    assert listed(page(reader, clause=table.article)) == [struck, 4, 3, 2]
    shown = page(reader).content.decode()
    group = re.search(r'<optgroup label="Struck">.*?</optgroup>', shown, re.DOTALL)[0]
    assert str(table.first) in group
    assert FIRST[:20] in group


def test_a_paragraph_is_offered_once_it_is_asked_for(table, reader):
    assert str(table.first) not in page(reader).content.decode().split("</form>")[0]
    shown = page(reader, clause=table.first).content.decode()
    assert f'<option value="{table.first}" selected>' in shown


def test_by_principle_its_entry_its_tags_and_what_serves_it(table, reader):
    slug = principle(table.charter, table.cast.chair, "openness")
    entry = table.charter.head
    table.charter.refresh_from_db()
    tagged = change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        base=table.charter.head,
        principles=[slug],
    ).revision.number
    reworded = reword(table.charter, table.cast.drafter, table.other, "Open.").revision.number
    reword(table.charter, table.cast.drafter, table.first, "Another matter.")
    assert listed(page(reader, principle=slug)) == [reworded, tagged, entry, 5]


def test_by_words_of_the_message_in_any_case(table, reader):
    drafter = table.cast.drafter
    number = reword(
        table.charter, drafter, table.first, "Words.", message="Agreed in Minsk, 50%"
    ).revision.number
    assert listed(page(reader, words="minsk")) == [number]
    assert listed(page(reader, words="50%")) == [number]
    assert listed(page(reader, words="_insk")) == []


def test_by_day_in_the_zone_that_the_address_names(table, reader):
    late = datetime(2031, 3, 1, 22, 30, tzinfo=UTC)  # already the second in Almaty
    number = reword(
        table.charter, table.cast.drafter, table.first, "Words.", at=late
    ).revision.number
    assert listed(page(reader, since="2031-03-01", until="2031-03-01")) == [number]
    almaty = {"zone": "Asia/Almaty"}
    assert listed(page(reader, since="2031-03-01", until="2031-03-01", **almaty)) == []
    shown = page(reader, since="2031-03-02", **almaty)
    assert listed(shown) == [number]
    assert "time zone Asia/Almaty" in shown.content.decode()
    assert "time zone UTC" in page(reader, zone="Nowhere/At_all").content.decode()


def test_what_is_asked_for_is_asked_together(table, reader):
    drafter = table.cast.drafter
    number = reword(table.charter, drafter, table.first, "A.", message="Minsk").revision.number
    reword(table.charter, drafter, table.second, "B.", message="Minsk")
    query = {"person": drafter.uuid, "clause": table.first, "words": "minsk"}
    assert listed(page(reader, **query)) == [number]


def test_nothing_found_says_so_and_shows_a_way_out(table, reader):
    answer = page(reader, words="nowhere")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "No revision is like that." in shown
    assert "Show all revisions" in shown


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"since": "2031-02-30"},
        {"since": "2031-03-02", "until": "2031-03-01"},
        {"person": "me"},
        {"clause": "Article 5"},
        {"principle": "no-such"},
        {"words": "x" * 201},
    ],
)
def test_what_cannot_be_looked_for_is_told_and_lists_nothing(table, reader, query):
    answer = page(reader, **query)
    assert answer.status_code == 422
    assert listed(answer) == []
    assert "Show all revisions" in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(table, reader, day):
    for zone in ("UTC", "Asia/Almaty", "America/Lima"):
        assert page(reader, since=day, zone=zone).status_code == 200
        assert page(reader, until=day, zone=zone).status_code == 200


def test_pages_of_a_filtered_list_keep_the_filter(table, reader, monkeypatch):
    monkeypatch.setattr("charter.web.history.A_PAGE", 1)
    for at in range(5):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.", message="kept")
        reword(table.charter, table.cast.drafter, table.second, f"Wording {at}.")
    seen, address = [], reverse("history", args=["eurasia"]) + "?words=kept"
    while address:
        answer = reader.get(address)
        seen += listed(answer)
        found = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        address = found and reverse("history", args=["eurasia"]) + found[1].replace("&amp;", "&")
    assert seen == [14, 12, 10, 8, 6]


def test_a_sitting_is_not_torn_by_a_page(table):
    hours = [100, 99, 98, 50, 49, 10]
    moments = [datetime(2031, 1, 1 + hour // 24, hour % 24, tzinfo=UTC) for hour in hours]
    assert cut(moments, 1) == 3
    assert cut(moments, 3) == 3
    assert cut(moments, 4) == 5
    assert cut(moments, 6) == 6
    assert cut([], 5) == 0


def test_a_sitting_says_how_many_clauses_and_words_it_changed(table):
    charter, drafter = table.charter, table.cast.drafter
    at = datetime(2031, 3, 1, 9, tzinfo=UTC)
    reword(charter, drafter, table.first, FIRST.replace("shall", "may never"), at=at)
    strike_clause(actor=drafter, charter=charter, clause=table.article, at=at)
    insert(charter, drafter, "article", "Four words of it.", at=at)
    charter.refresh_from_db()
    sitting = sittings(revisions_of(charter).entries)[0]
    assert len(sitting.entries) == 3
    assert sitting.clauses == 3
    assert sitting.words.came == 2 + 4
    # "shall", then the heading and both paragraphs: one more word than FIRST has.
    assert sitting.words.went == 1 + 1 + 10 + 13
    assert sitting.authors == ["Drafter"]


def test_the_cost_does_not_grow_with_history_whatever_is_asked(table, reader, queries):
    slug = principle(table.charter, table.cast.chair, "openness")
    reword(table.charter, table.cast.chair, table.first, "Once.", message="a")
    where = reverse("history", args=["eurasia"])
    asked = [
        f"{where}?person={table.cast.chair.uuid}",
        f"{where}?clause={table.article}",
        f"{where}?principle={slug}",
        f"{where}?words=a&since=2020-01-01&until=2040-01-01",
    ]
    few = [queries(reader, address) for address in asked]
    for at in range(12):
        reword(table.charter, table.cast.chair, table.first, f"Wording {at}.", message="a")
        insert(table.charter, table.cast.chair, "article", f"Article text {at}.")
    assert [queries(reader, address) for address in asked] == few
    assert max(few) <= 27
