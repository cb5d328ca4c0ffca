"""Amendments on pages: drafts stay with their delegation, what is tabled is read by all."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from charter.access import enter
from charter.actions.amendments import (
    describe_amendment,
    draft_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.numbering import freeze_numbers
from charter.actions.proposals import propose_insertion, propose_strike
from charter.models import Amendment, AmendmentStatus, Wording
from charter.queries.amendments import amendment_of, deeds_of
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import FIRST, SECOND, reword, seated, tabled

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")
PROTECT = FIRST.replace("respect", "protect")


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


def seen(client, name: str, *args, status: int = 200, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def suggest(laid, client, text: str, **more):
    """What comes of suggesting other words for the first paragraph."""
    laid.charter.refresh_from_db()
    return client.post(
        reverse("suggest", args=["eurasia", laid.first]) + "?language=en",
        {"base": laid.charter.head, "text": text, "amendment": "", **more},
    )


def test_a_suggestion_becomes_a_draft_that_only_its_delegation_sees(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    answer = suggest(laid, client, UPHOLD)
    made = Amendment.objects.get()
    assert answer["Location"] == reverse("amendment", args=["eurasia", made.uuid])
    assert "<ins>uphold</ins>" in seen(client, "amendment", "eurasia", made.uuid)
    for person in (laid.cast.reviewer, laid.cast.chair, laid.cast.observer):
        other = signed_in(person)
        seen(other, "amendment", "eurasia", made.uuid, status=404)
        assert "amendments/" + str(made.uuid) not in seen(other, "amendments", "eurasia")
        assert "uphold" not in seen(other, "rolling", "eurasia")


def test_a_second_suggestion_goes_into_the_same_draft(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, UPHOLD)
    made = Amendment.objects.get()
    client.post(
        reverse("suggest_strike", args=["eurasia", laid.second]), {"amendment": str(made.uuid)}
    )
    assert [one.act for one in made.changes.all()] == ["reword", "strike"]


def test_a_draft_of_another_delegation_cannot_be_chosen(laid, signed_in):
    theirs = draft_amendment(actor=laid.cast.reviewer, charter=laid.charter)
    answer = suggest(laid, signed_in(laid.cast.drafter), UPHOLD, amendment=str(theirs.uuid))
    assert answer.status_code == 422
    assert not theirs.changes.exists()


@pytest.mark.parametrize("text", [FIRST, FIRST + " [", "hidden\u202eword"])
def test_what_cannot_be_suggested_comes_back_as_it_was_typed(laid, signed_in, text):
    answer = suggest(laid, signed_in(laid.cast.drafter), text)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Amendment.objects.exists()


def test_a_new_article_with_paragraphs_is_suggested(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    client.post(
        reverse("suggest_insert", args=["eurasia"]) + f"?place=after:{laid.article}&language=en",
        {"kind": "article", "heading": "Seat", "text": "One.\n\nTwo.", "amendment": ""},
    )
    change = Amendment.objects.get().changes.get()
    assert [one["text"] for one in change.planted[0]["clauses"]] == ["One.", "Two."]
    page = seen(client, "amendment", "eurasia", Amendment.objects.get().uuid)
    assert "after Article 1" in page


def test_a_move_is_suggested(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    client.post(
        reverse("suggest_move", args=["eurasia", laid.second]),
        {"place": f"inside:{laid.other}", "amendment": ""},
    )
    change = Amendment.objects.get().changes.get()
    assert (change.parent_id, change.after_id) == (laid.other, None)


def test_a_draft_is_tabled_and_everybody_reads_it(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, UPHOLD)
    made = Amendment.objects.get()
    address = reverse("amendment_table", args=["eurasia", made.uuid])
    told = client.post(address, {"version": made.version}, follow=True).content.decode()
    assert "Give the amendment a title" in told
    client.post(address, {"version": made.version, "title": "To uphold"})
    page = seen(signed_in(laid.cast.observer), "amendment", "eurasia", made.uuid)
    assert "A-1" in page and "BLR" in page and "<ins>uphold</ins>" in page


def test_who_pressed_the_button_of_an_older_version_is_told(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, UPHOLD)
    made = Amendment.objects.get()
    answer = client.post(
        reverse("amendment_table", args=["eurasia", made.uuid]),
        {"version": made.version - 1},
        follow=True,
    )
    assert "has changed since you saw it" in answer.content.decode()
    assert Amendment.objects.get().status == AmendmentStatus.DRAFT


def test_a_conflict_shows_what_became_of_the_words_and_is_reworked(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    reword(laid.charter, laid.cast.chair, laid.first, PROTECT)
    client = signed_in(laid.cast.drafter)
    page = seen(client, "amendment", "eurasia", made.uuid)
    assert "conflicts" in page and "<ins>protect</ins>" in page and "<ins>uphold</ins>" in page
    address = reverse("amendment_rework", args=["eurasia", made.uuid, made.changes.get().uuid])
    assert address in page
    suggest(laid, client, FIRST.replace("respect", "defend"), amendment=str(made.uuid))
    assert [one.standing for one in made.changes.filter(state="open")] == ["clean"]


def test_another_delegation_joins_and_leaves(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.reviewer)
    client.post(reverse("amendment_join", args=["eurasia", made.uuid]))
    assert "<p>BLR, IND ·" in seen(client, "amendment", "eurasia", made.uuid)
    client.post(reverse("amendment_leave", args=["eurasia", made.uuid]))
    assert "<p>BLR ·" in seen(client, "amendment", "eurasia", made.uuid)


def test_the_chair_rejects_and_supersedes(laid, signed_in):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    two = tabled(laid.charter, laid.cast.reviewer, laid.first, PROTECT)
    client = signed_in(laid.cast.chair)
    client.post(reverse("amendment_supersede", args=["eurasia", one.uuid]), {"other": two.uuid})
    client.post(reverse("amendment_reject", args=["eurasia", two.uuid]), {"note": "No support."})
    assert "No support." in seen(client, "amendment", "eurasia", two.uuid)
    assert {one.status for one in Amendment.objects.all()} == {"superseded", "rejected"}


def test_a_withdrawn_draft_leaves_no_trace_for_others(laid, signed_in):
    suggest(laid, signed_in(laid.cast.drafter), UPHOLD)
    made = Amendment.objects.get()
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)
    seen(signed_in(laid.cast.chair), "amendment", "eurasia", made.uuid, status=404)


def test_the_pages_ask_as_often_for_many_amendments_as_for_one(laid, signed_in, queries):
    client = signed_in(laid.cast.chair)
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    addresses = [
        reverse("amendments", args=["eurasia"]),
        reverse("amendment", args=["eurasia", made.uuid]),
        reverse("rolling", args=["eurasia"]),
    ]
    few = [queries(client, address) for address in addresses]
    for clause in (laid.first, laid.second, laid.other):
        tabled(laid.charter, laid.cast.reviewer, clause, "Other words.")
    assert [queries(client, address) for address in addresses] == few


def adopted(laid, client, *amendments, **more):
    query = "&".join(f"amendment={one.uuid}" for one in amendments)
    laid.charter.refresh_from_db()
    data = {"base": laid.charter.head, "change": []}
    for one in amendments:
        for change in one.changes.filter(state="open"):
            data["change"].append(str(change.uuid))
    return client.post(reverse("adopt", args=["eurasia"]) + "?" + query, {**data, **more})


def said(clause) -> str:
    return Wording.objects.get(clause=clause, language="en").text


def test_the_outcome_is_shown_before_anything_is_saved(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.chair)
    assert str(made.changes.get().uuid) in seen(client, "adopt", "eurasia", amendment=made.uuid)
    answer = adopted(laid, client, made)
    assert answer.status_code == 200 and "<ins" in answer.content.decode()
    assert said(laid.first) == FIRST
    answer = adopted(laid, client, made, adopt="1", message="As agreed")
    assert answer["Location"] == reverse("revision", args=["eurasia", laid.charter.head + 1])
    assert said(laid.first) == UPHOLD


def test_what_collides_is_settled_in_words(laid, signed_in):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    two = tabled(laid.charter, laid.cast.reviewer, laid.first, PROTECT)
    client = signed_in(laid.cast.chair)
    answer = adopted(laid, client, one, two, adopt="1")
    assert answer.status_code == 409 and said(laid.first) == FIRST
    key = f"{laid.first}/en"
    words = FIRST.replace("respect", "uphold and protect")
    more = {"settled": key, f"text-{key}": words}
    outcome = adopted(laid, client, one, two, **more)
    assert words in outcome.content.decode()
    more["seen"] = outcome.context["seal"]
    other = {**more, f"text-{key}": PROTECT}
    again = adopted(laid, client, one, two, adopt="1", **other).content.decode()
    assert "changed the words since you saw the outcome" in again
    assert said(laid.first) == FIRST
    adopted(laid, client, one, two, adopt="1", **more)
    assert said(laid.first) == words


def test_rivals_are_shown_in_place_and_each_can_be_gone_on_from(laid, signed_in):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    two = tabled(laid.charter, laid.cast.reviewer, laid.first, PROTECT)
    client = signed_in(laid.cast.chair)
    (shown,) = adopted(laid, client, one, two).context["to_settle"]
    for who in ("[protect<span", ": A-2 IND", "[uphold<span", ": A-1 BLR", "[respect]"):
        assert who in shown.text_in_place
    key = f"{laid.first}/en"
    more = {"settled": key, f"text-{key}": FIRST}
    for start, words in ((two.changes.get().uuid, PROTECT), (key, FIRST)):
        answer = adopted(laid, client, one, two, **more, start=str(start))
        assert answer.context["to_settle"][0].text == words
        assert 'name="adopt"' not in answer.content.decode()
    assert said(laid.first) == FIRST
    assert adopted(laid, client, one, two, **more, start=str(laid.other)).status_code == 404


def test_words_are_shown_as_the_text_shows_them(laid, signed_in):
    marked = FIRST.replace("respect", f"*respect* and [](#{laid.other})")
    made = tabled(laid.charter, laid.cast.drafter, laid.first, marked)
    client = signed_in(laid.cast.chair)
    page = seen(client, "amendment", "eurasia", made.uuid)
    assert "<em>respect</em>" in page and "*respect*" not in page
    assert f'href="/charters/eurasia/#clause-{laid.other}">Article 2</a>' in page
    choice = client.get(reverse("adopt", args=["eurasia"]), {"amendment": made.uuid})
    assert "<em>respect</em>" in choice.content.decode()


def test_a_revision_in_between_brings_the_outcome_again_and_saves_nothing(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.chair)
    seen_at = laid.charter.head
    reword(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    answer = adopted(laid, client, made, adopt="1", base=seen_at)
    assert "new revision since you looked" in answer.content.decode()
    assert said(laid.first) == FIRST


def test_part_of_a_change_is_adopted_and_the_rest_stays(laid, signed_in):
    made = tabled(
        laid.charter, laid.cast.drafter, laid.first, UPHOLD.replace("each Party", "all Parties")
    )
    client = signed_in(laid.cast.chair)
    key = str(made.changes.get().uuid)
    adopted(laid, client, made, adopt="1", **{f"part-{key}": "1", f"span-{key}": ["t1", "t2"]})
    assert said(laid.first) == UPHOLD
    made.refresh_from_db()
    assert made.status == "partly_adopted"


@pytest.mark.parametrize("span", ["t99", "tx", "x1"])
def test_a_span_that_is_not_there_adopts_nothing(laid, signed_in, span):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    key = str(made.changes.get().uuid)
    answer = adopted(
        laid,
        signed_in(laid.cast.chair),
        made,
        adopt="1",
        **{f"part-{key}": "1", f"span-{key}": span},
    )
    assert answer.status_code in (404, 422) and said(laid.first) == FIRST


def test_the_rolling_text_names_who_stands_behind_words(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    page = seen(signed_in(laid.cast.observer), "rolling", "eurasia")
    assert f'amendments/{made.uuid}/" title="A better text">A-1</a> BLR' in page
    assert '<span class="alternative retained">[respect]</span>' in page


def test_what_people_call_things_is_no_markup(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.first, "<b>bold</b> & <script>")
    page = seen(signed_in(laid.cast.observer), "rolling", "eurasia")
    assert "&lt;b&gt;bold" in page and "<b>bold" not in page


def test_a_revision_names_what_it_adopted_and_who_stood_behind_it(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    signed_in(laid.cast.reviewer).post(reverse("amendment_join", args=["eurasia", made.uuid]))
    client = signed_in(laid.cast.chair)
    adopted(laid, client, made, adopt="1")
    laid.charter.refresh_from_db()
    link = f'Adopts <a href="{reverse("amendment", args=["eurasia", made.uuid])}">A-1</a>'
    observer = signed_in(laid.cast.observer)
    for page in (
        seen(observer, "revision", "eurasia", laid.charter.head),
        seen(observer, "history", "eurasia"),
    ):
        assert f"{link} of BLR, IND" in page
    assert "Adopts" not in seen(observer, "revision", "eurasia", laid.charter.head - 1)
    where = reverse("amendment", args=["eurasia", made.uuid])
    blame = seen(observer, "clause_blame", "eurasia", laid.first)
    assert f'<a href="{where}?language=en">A-1</a> BLR, IND' in blame


def test_the_space_at_the_edge_of_words_stands_outside_their_bracket(laid, signed_in):
    more = FIRST.replace("shall respect", "shall always respect")
    tabled(laid.charter, laid.cast.drafter, laid.first, more)
    page = seen(signed_in(laid.cast.observer), "rolling", "eurasia")
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "The Parties shall [always: A-1 BLR] respect the sovereignty" in words


def test_a_suggestion_says_what_to_do_next(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    answer = suggest(laid, client, UPHOLD)
    told = client.get(answer["Location"]).content.decode()
    assert f'<a href="{answer["Location"]}#table">Put it on the table</a>' in told
    assert 'id="table-title" name="title" required' in told


def test_the_page_says_what_becomes_of_numbers_and_references(laid, signed_in):
    reword(
        laid.charter, laid.cast.chair, laid.other, f"As [](#{laid.second}) and [](#{laid.first})."
    )
    laid.charter.refresh_from_db()
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="Shorter")
    propose_strike(**act, amendment=made.uuid, clause=laid.first)
    page = seen(signed_in(laid.cast.drafter), "amendment", "eurasia", made.uuid)
    assert "<td>Article 1(2)</td><td>Article 1</td>" in page
    assert "<td>Article 2</td><td>Article 1(1)</td><td><span" in page and "leads nowhere" in page
    other = tabled(laid.charter, laid.cast.drafter, laid.second, "Other words.")
    page = seen(signed_in(laid.cast.drafter), "amendment", "eurasia", other.uuid)
    assert "leads nowhere" not in page


def test_with_frozen_numbers_a_new_article_is_a_bis_and_no_other_changes(laid, signed_in):
    laid.charter.refresh_from_db()
    head = laid.charter.head
    freeze_numbers(actor=laid.cast.chair, charter=laid.charter, number=head)
    laid.charter.refresh_from_db()
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="One more")
    article = (Unit(Kind.ARTICLE, "More."),)
    where = {"after": laid.article, "language": "en"}
    propose_insertion(**act, amendment=made.uuid, clauses=article, **where)
    page = seen(signed_in(laid.cast.drafter), "amendment", "eurasia", made.uuid)
    assert "<td>—</td><td>Article 1 bis</td>" in page
    assert "<td>Article 2</td>" not in page


def test_the_outcome_of_an_adoption_says_it_too(laid, signed_in):
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="Shorter")
    strike = propose_strike(**act, amendment=made.uuid, clause=laid.first)
    made = table_amendment(**act, amendment=made.uuid)
    address = reverse("adopt", args=["eurasia"]) + f"?amendment={made.uuid}"
    said = {"base": laid.charter.head, "change": str(strike.uuid)}
    page = signed_in(laid.cast.chair).post(address, said).content.decode()
    assert "<td>Article 1(2)</td><td>Article 1</td>" in page


def test_the_chair_ticks_several_to_adopt_and_is_told_to_tick_some(laid, signed_in):
    first = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    tabled(laid.charter, laid.cast.reviewer, laid.second, "Other words.")
    chair = signed_in(laid.cast.chair)
    page = seen(chair, "amendments", "eurasia")
    assert f'name="amendment" value="{first.uuid}" aria-label="Choose A-1"' in page
    assert "Adopt several" not in seen(signed_in(laid.cast.drafter), "amendments", "eurasia")
    told = chair.get(reverse("adopt", args=["eurasia"]), follow=True).content.decode()
    assert "First choose the amendments to adopt." in told


def test_others_learn_nothing_of_what_was_before_the_table(laid):
    quick = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    by = {"actor": laid.cast.drafter, "charter": laid.charter}
    slow = draft_amendment(**by, title="Slow", at=quick.tabled_at - timedelta(days=9))
    for title in ("Slower", "Slowest", "Slow"):
        describe_amendment(**by, amendment=slow.uuid, title=title, rationale="")
    propose_strike(**by, amendment=slow.uuid, clause=laid.second)
    table_amendment(**by, amendment=slow.uuid)
    seats = {one: enter(getattr(laid.cast, one), "eurasia") for one in ("reviewer", "drafter")}
    shown = [amendment_of(seats["reviewer"], one.uuid) for one in (quick, slow)]
    assert shown[0].version == shown[1].version
    assert [one.created_at for one in shown] == [one.tabled_at for one in shown]
    logs = {who: deeds_of(seat, slow.uuid, "en") for who, seat in seats.items()}
    assert [one.kind for one in logs["reviewer"]] == ["tabled"]
    assert [one.kind for one in logs["drafter"]] == ["drafted", "tabled"]


def test_a_title_given_meanwhile_is_not_written_over_unseen(laid, signed_in):
    by = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**by, title="On respect", rationale="As we said.")
    client, there = (
        signed_in(laid.cast.drafter),
        reverse("amendment_describe", args=["eurasia", made.uuid]),
    )
    form = client.get(there).context["form"]
    typed = {one.name: one.value() for one in form} | {"title": "On mutual respect"}
    describe_amendment(**by, amendment=made.uuid, title="On respect", rationale="At length.")
    answer = client.post(there, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "On mutual respect" in page
    assert "<p>At length.</p>" in page
    again = typed | {"version": answer.context["form"]["version"].value()}
    assert client.post(there, again).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.rationale) == ("On mutual respect", "As we said.")


@pytest.mark.parametrize("note", ["x" * 1001, "Withdrawn by\u202e the capital"])
def test_a_note_that_cannot_be_kept_comes_back_and_nothing_is_done(laid, signed_in, note):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.drafter)
    there = reverse("amendment_withdraw", args=["eurasia", made.uuid])
    answer = client.post(there, {"note": note, "version": made.version})
    assert answer.status_code == 422
    assert note in answer.content.decode()
    made.refresh_from_db()
    assert made.status == AmendmentStatus.TABLED


def test_a_note_on_words_that_changed_comes_back_for_those_that_stand(laid, signed_in):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.drafter)
    there = reverse("amendment_withdraw", args=["eurasia", made.uuid])
    seen = {"note": "No support.", "version": made.version}
    by = {"actor": laid.cast.drafter, "charter": laid.charter}
    describe_amendment(**by, amendment=made.uuid, title="Otherwise", rationale="")
    answer = client.post(there, seen)
    assert answer.status_code == 422
    assert "No support." in answer.content.decode()
    again = seen | {"version": answer.context["note"]["version"].value()}
    assert client.post(there, again).status_code == 302
    made.refresh_from_db()
    assert made.status == AmendmentStatus.WITHDRAWN
