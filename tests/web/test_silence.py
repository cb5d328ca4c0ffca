"""Silence procedures on pages: opened by the chair, seen by all, broken by a delegation."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from charter.actions import silence as actions
from charter.actions.editions import name_edition
from charter.actions.silence_expiry import end_due
from charter.models import Membership, Silence
from charter.web.silence_forms import ExtensionForm
from tests.builders import FIRST, reword, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(table, signed_in) -> Client:
    return signed_in(table.cast.chair)


def day(days: int) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=12, minute=0, second=0)


def opened(table, **more) -> Silence:
    told = {"actor": table.cast.chair, "charter": table.charter, "deadline": day(5), **more}
    if not told.keys() & {"clauses", "amendments", "edition"}:
        told["clauses"] = [table.article]
    return actions.open_silence(**told)


def page(client: Client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=["eurasia", *args]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(table, when: datetime, **more) -> dict:
    table.charter.refresh_from_db()
    return {
        "clauses": [str(table.article)],
        "rung": "ad_referendum",
        "day": f"{when:%Y-%m-%d}",
        "clock": f"{when:%H:%M}",
        "zone": "UTC",
        "invitation": "Please say so if you cannot live with it.",
        "base": table.charter.head,
        **more,
    }


def test_the_chair_puts_an_article_under_silence_and_everybody_reads_it(table, chair, signed_in):
    answer = chair.post(reverse("silence_new", args=["eurasia"]), typed(table, day(5)))
    assert answer["Location"] == reverse("silence", args=["eurasia", 1])
    seen = page(signed_in(table.cast.observer), "silence", 1)
    for said in ("S-1 · Article 1", "Please say so if you cannot", "12:00 UTC", FIRST, "running"):
        assert said in seen
    assert '<h2 id="break">' not in seen
    listed = page(signed_in(table.cast.observer), "silences")
    assert re.search(r"\d\xa0days[^<]* left", listed)


def test_a_deadline_is_typed_in_the_zone_that_is_said(table, chair):
    table.cast.chair.time_zone = "Asia/Almaty"
    table.cast.chair.save()
    when = day(5)
    chair.post(reverse("silence_new", args=["eurasia"]), typed(table, when, zone="Asia/Almaty"))
    assert Silence.objects.get().deadline == when.replace(hour=7, microsecond=0)
    seen = page(chair, "silence", 1)
    assert "12:00 UTC+5</time>" in seen
    assert ">07:00 UTC</time>" in seen


@pytest.mark.parametrize(
    ("zone", "when", "taken"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", None),  # the hour that is left out
        ("Europe/Berlin", "2027-10-31 02:30", None),  # the hour that comes twice
        ("Europe/Berlin", "2027-03-28 03:30", "2027-03-28T01:30:00+00:00"),
        ("UTC", "2027-03-28 02:30", "2027-03-28T02:30:00+00:00"),
        ("Asia/Almaty", "2027-03-28 02:30", None),  # a zone that was not offered
    ],
)
def test_an_hour_that_a_clock_does_not_show_once_is_not_taken(zone, when, taken):
    day, _, clock = when.partition(" ")
    with timezone.override(ZoneInfo("Europe/Berlin")):
        form = ExtensionForm({"day": day, "clock": clock, "zone": zone})
        assert form.is_valid() == bool(taken)
    if taken:
        assert form.deadline.astimezone(UTC).isoformat() == taken


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [("America/New_York", "9999-12-31", "23:00"), ("Europe/Moscow", "0001-01-01", "00:30")],
)
def test_an_hour_beyond_the_calendar_is_refused_as_one_that_is_too_far_off(zone, day, clock):
    with timezone.override(ZoneInfo(zone)):
        form = ExtensionForm({"day": day, "clock": clock, "zone": zone})
        assert form.non_field_errors() == ["The deadline must lie within a year."]


@pytest.mark.parametrize(
    "more",
    [
        {"clauses": []},
        {"day": "2020-01-01"},
        {"day": "soon"},
        {"base": 1},
        {"rung": "open"},
        {"invitation": "x" * 5001},
    ],
)
def test_a_form_that_is_refused_comes_back_with_what_was_typed(table, chair, more):
    answer = chair.post(reverse("silence_new", args=["eurasia"]), typed(table, day(5), **more))
    assert answer.status_code == 422
    assert not Silence.objects.exists()
    assert "errorlist" in answer.content.decode()


def test_a_delegation_breaks_silence_and_everybody_sees_who_and_why(table, signed_in):
    opened(table)
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    reviewer = signed_in(table.cast.reviewer)
    address = reverse("silence_break", args=["eurasia", 1])
    assert reviewer.post(address, {"reason": ""}).status_code == 422
    assert reviewer.post(address, {"reason": "Instructions <b>lack</b>."}).status_code == 302
    seen = page(signed_in(table.cast.observer), "silence", 1)
    assert "KAZ broke silence (Reviewer)" in seen
    assert "Instructions &lt;b&gt;lack&lt;/b&gt;." in seen
    again = reviewer.post(address, {"reason": "Once more."})
    assert again.status_code == 422
    assert "This silence procedure is over." in again.content.decode()


def test_without_a_delegation_there_is_a_word_and_no_form(table, signed_in):
    opened(table)
    drafter = signed_in(table.cast.drafter)
    assert "Only a delegation can break silence." in page(drafter, "silence", 1)
    answer = drafter.post(reverse("silence_break", args=["eurasia", 1]), {"reason": "No."})
    assert answer.status_code == 422


def test_the_chair_extends_and_calls_off(table, chair):
    opened(table)
    extend = reverse("silence_extend", args=["eurasia", 1])
    earlier, later = (
        {"day": f"{when:%Y-%m-%d}", "clock": "12:00", "zone": "UTC"} for when in (day(4), day(9))
    )
    assert "to a later time only" in chair.post(extend, earlier).content.decode()
    assert chair.post(extend, later).status_code == 302
    off = reverse("silence_call_off", args=["eurasia", 1])
    assert chair.post(off, {"note": ""}).status_code == 422
    assert chair.post(off, {"note": "Not ripe."}).status_code == 302
    seen = page(chair, "silence", 1)
    assert seen.index("extended") < seen.rindex("called off")
    assert "Not ripe." in seen


def test_a_deadline_that_is_over_is_kept_before_it_is_carried_out(table, chair):
    seated(table.charter, table.cast.chair, table.cast.chair, "KAZ")
    opened(table, deadline=day(-1), at=day(-3))
    seen = page(chair, "silence", 1)
    assert "silence kept, being adopted" in seen
    assert 'id="break"' not in seen
    assert 'id="extend"' not in seen
    assert "silence kept, being adopted" in page(chair, "silences")
    end_due(timezone.now())
    assert "silence kept, adopted" in page(chair, "silence", 1)


def test_what_fails_says_why_and_which_revision_did_it(table, chair):
    opened(table)
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    end_due(timezone.now())
    seen = page(chair, "silence", 1)
    assert "The words were changed while they were under silence. Article 1" in seen
    assert reverse("revision", args=["eurasia", 6]) in seen
    assert FIRST in seen, "the words that the table was asked about"


def test_a_procedure_that_is_not_there_is_404(table, chair):
    assert chair.get(reverse("silence", args=["eurasia", 7])).status_code == 404
    assert chair.post(reverse("silence_break", args=["eurasia", 7])).status_code == 404


def test_what_is_under_silence_is_offered_to_no_other_procedure(table, chair):
    opened(table)
    edition = name_edition(actor=table.cast.chair, charter=table.charter, number=3, name="Rev.1")
    offered = page(chair, "silence_new", clause=str(table.second))
    assert f'value="{table.article}"' not in offered
    assert f'value="{table.second}" id="id_clauses' in offered
    assert "checked" in offered
    assert f'value="{edition.pk}"' in page(chair, "silence_new", of="edition")
    assert "nothing of this kind" in page(chair, "silence_new", of="amendments")


def test_pages_take_as_many_queries_however_many_procedures_there_are(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    opened(table)
    addresses = [reverse("silences", args=["eurasia"]), reverse("silence", args=["eurasia", 1])]
    before = [queries(client, one) for one in addresses]
    for clause in (table.first, table.second, table.other):
        opened(table, clauses=[clause], at=day(-3), deadline=day(-1))
    end_due(timezone.now())
    assert [queries(client, one) for one in addresses] == before


# --- beside what it is about --------------------------------------------------------------------


def test_a_clause_under_silence_is_marked_in_the_text_and_on_its_page(table, signed_in):
    client = signed_in(table.cast.observer)
    address = reverse("text", args=["eurasia"])
    client.get(address)
    tag = client.get(address)["ETag"]
    opened(table)
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200, "the kept page is asked for again"
    seen = answer.content.decode()
    assert 'class="silenced"' in seen
    assert "under silence, S-1" in seen
    assert reverse("silence", args=["eurasia", 1]) in page(client, "clause", table.article)
    assert reverse("silence", args=["eurasia", 1]) not in page(client, "clause", table.other)
    actions.call_off_silence(actor=table.cast.chair, charter=table.charter, silence=1, note="No")
    assert 'class="silenced"' not in page(client, "text")
    assert "called off" in page(client, "clause", table.article)


def test_an_amendment_under_silence_is_marked_in_the_list_and_on_its_page(table, signed_in):
    client = signed_in(table.cast.observer)
    made = tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "will"))
    assert "Put under silence" in page(signed_in(table.cast.chair), "amendment", made.uuid)
    opened(table, amendments=[made.uuid])
    for name, *args in (("amendments",), ("amendment", made.uuid)):
        assert reverse("silence", args=["eurasia", 1]) in page(client, name, *args)
    assert "Put under silence" not in page(signed_in(table.cast.chair), "amendment", made.uuid)
    assert "A-1" in page(client, "silence", 1)


def test_an_edition_adopted_by_silence_says_so_in_the_list(table, chair):
    edition = name_edition(actor=table.cast.chair, charter=table.charter, number=3, name="Rev.1")
    assert "?of=edition" in page(chair, "editions")
    opened(table, edition=edition.pk, deadline=day(-1), at=day(-3))
    end_due(timezone.now())
    seen = page(chair, "editions")
    assert "silence kept, adopted" in seen
    assert reverse("silence", args=["eurasia", 1]) in seen
    answer = chair.post(reverse("edition_withdraw", args=["eurasia", edition.pk]), follow=True)
    assert "The edition is the subject of silence procedure S-1." in answer.content.decode()


def test_marks_cost_the_text_no_query_more_however_many_there_are(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    opened(table)
    pages = [reverse(name, args=["eurasia"]) for name in ("text", "amendments", "editions")]
    before = [queries(client, one) for one in pages]
    for clause in (table.first, table.second, table.other):
        opened(table, clauses=[clause])
    assert [queries(client, one) for one in pages] == before


# --- the calendar -------------------------------------------------------------------------------


def events(answer) -> list:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def address_of(client: Client) -> str:
    client.post(reverse("feeds", args=["eurasia"]))
    seen = client.get(reverse("feeds", args=["eurasia"])).content.decode()
    found = re.search(r'id="calendar"[^>]* value="([^"]*)"', seen)[1]
    return found.replace("&amp;", "&")


def test_a_calendar_follows_each_deadline_under_one_id(table, chair, signed_in):
    address = address_of(signed_in(table.cast.observer))
    silence = opened(table)
    (event,) = events(Client().get(address))
    uid = str(event["UID"])
    assert event["DTSTART"].dt == silence.deadline
    assert event.to_ical().count(b"Z\r\n") >= 2, "in UTC"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert str(event["SUMMARY"]) == "Silence ends: Article 1"
    assert event["URL"].endswith("/charters/eurasia/silence/1/")
    act = {"actor": table.cast.chair, "charter": table.charter, "silence": 1}
    actions.extend_silence(**act, deadline=day(8))
    (event,) = events(Client().get(address))
    assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (uid, 1, "CONFIRMED")
    actions.call_off_silence(**act, note="Secret reason.")
    answer = Client().get(address)
    (event,) = events(answer)
    assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (uid, 2, "CANCELLED")
    for words in (b"Secret", FIRST.encode()):
        assert words not in answer.content


def test_the_calendar_opens_by_the_key_of_somebody_who_has_a_seat(table, signed_in):
    opened(table)
    address = address_of(signed_in(table.cast.observer))
    tag = Client().get(address)["ETag"]
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304
    for key in ("", "nothing", address.partition("key=")[2][:-1]):
        path = reverse("silence_calendar", args=["eurasia"])
        assert Client().get(path, {"key": key}).status_code == 404
    Membership.objects.filter(charter=table.charter, person=table.cast.observer).delete()
    assert Client().get(address).status_code == 404


def test_the_calendar_cites_an_amendment_and_not_its_title(table, chair):
    made = tabled(table.charter, table.cast.drafter, table.first, "Other.")
    opened(table, amendments=[made.uuid])
    answer = chair.get(reverse("silence_calendar", args=["eurasia"]))
    assert str(events(answer)[0]["SUMMARY"]) == "Silence ends: A-1"
    assert b"A better text" not in answer.content
    assert "A-1 A better text" in page(chair, "silence", 1)


def test_a_deadline_in_the_past_stays_in_the_calendar(table, chair):
    opened(table, deadline=day(-1), at=day(-3))
    end_due(timezone.now())
    (event,) = events(chair.get(reverse("silence_calendar", args=["eurasia"])))
    assert event["STATUS"] == "CONFIRMED"
