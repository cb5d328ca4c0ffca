"""The page of the rolling text: whole alternatives, moves, who is named and who is chosen."""

import re

import pytest

from charter.actions.amendments import (
    draft_amendment,
    join_amendment,
    leave_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.charters import create_charter
from charter.actions.proposals import propose_move, propose_strike
from charter.models import Charter, Delegation
from tests.builders import FIRST, OTHER, SECOND, Scene, delegation, reword, seated, tabled

pytestmark = pytest.mark.django_db

ROLLING = "/charters/eurasia/rolling/"
EXPORT = "/charters/eurasia/export/"
UPHOLD = FIRST.replace("respect", "uphold")
SUMMIT = "Heads of State meet in spring, whatever has happened between them."


@pytest.fixture
def laid(table) -> Scene:
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


def words(client, **query) -> str:
    """What the page says, without its marks."""
    answer = client.get(ROLLING, query)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())


def moved(laid: Scene, clause, **where) -> None:
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="A better place")
    propose_move(**act, amendment=made.uuid, clause=clause, **where)
    table_amendment(**act, amendment=made.uuid)


def test_rivals_that_share_nothing_are_whole_alternatives(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.first, SUMMIT)
    tabled(laid.charter, laid.cast.reviewer, laid.first, "No Party may be bound by others.")
    page = signed_in(laid.cast.observer).get(ROLLING).content.decode()
    said = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert (
        f"[Alt 1: {FIRST}] [Alt 2 (A-1 BLR): {SUMMIT}] "
        "[Alt 3 (A-2 IND): No Party may be bound by others.]"
    ) in said
    assert page.count('<span class="alternative whole') == 3
    assert "1 open place." in said


def test_a_lighter_change_stands_inside_its_alternative(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.first, SUMMIT)
    tabled(laid.charter, laid.cast.reviewer, laid.first, UPHOLD)
    assert (
        "[Alt 1: The Parties shall [respect] [uphold: A-2 IND] the sovereignty of each Party.] "
        f"[Alt 2 (A-1 BLR): {SUMMIT}]"
    ) in words(signed_in(laid.cast.observer))


def test_a_proposed_move_says_where_to(laid, signed_in):
    moved(laid, laid.first, parent=laid.article, after=laid.second)
    moved(laid, laid.other)
    said = words(signed_in(laid.cast.observer))
    assert "[To be moved behind Article 1(2): A-1 BLR]" in said
    assert "[To be moved to the beginning of the text: A-2 BLR]" in said


@pytest.fixture
def rivals(laid) -> Scene:
    """Belarus, India and the chair each want another word; Belarus keeps a draft besides."""
    tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    tabled(laid.charter, laid.cast.reviewer, laid.first, FIRST.replace("respect", "protect"))
    tabled(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "honour"))
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    draft = draft_amendment(**act, title="Kept to ourselves")
    propose_strike(**act, amendment=draft.uuid, clause=laid.other)
    return laid


def key(code: str) -> int:
    return Delegation.objects.get(party__code=code).pk


def taken(client, **query) -> str:
    answer = client.get(EXPORT, {"format": "txt", "rolling": "1"} | query)
    assert answer.status_code == 200
    return answer.content.decode()


def bracketed(text: str) -> set[str]:
    """Which of the rival words stand in a text."""
    return {word for word in ("uphold", "protect", "honour") if word in text}


def test_the_page_is_of_everybody_or_of_those_who_are_chosen(rivals, signed_in):
    client = signed_in(rivals.cast.observer)
    assert bracketed(words(client)) == {"uphold", "protect", "honour"}
    one = words(client, delegation=key("IND"))
    assert bracketed(one) == {"protect"} and "Of these alone: IND." in one
    two = words(client, delegation=[key("IND"), 0])
    assert bracketed(two) == {"protect", "honour"} and "IND, Chair." in two


@pytest.mark.parametrize("said", ["99999", "x", "-1"])
def test_whoever_is_not_at_the_table_cannot_be_chosen(rivals, signed_in, said):
    client = signed_in(rivals.cast.observer)
    assert client.get(ROLLING, {"delegation": said}).status_code == 404
    answer = client.get(EXPORT, {"format": "txt", "rolling": "1", "delegation": said})
    assert answer.status_code == 400
    assert "is not one of the available choices" in answer.content.decode()


def test_a_delegation_of_another_charter_is_none_of_this_one(rivals, signed_in):
    other = create_charter(actor=rivals.cast.chair, title="Another charter")
    foreign = delegation(other, rivals.cast.chair, "RUS")
    client = signed_in(rivals.cast.chair)
    assert client.get(ROLLING, {"delegation": foreign.pk}).status_code == 404
    query = {"format": "txt", "rolling": "1", "delegation": foreign.pk}
    assert client.get(EXPORT, query).status_code == 400


def test_what_is_taken_away_is_of_those_who_were_chosen_and_says_so(rivals, signed_in):
    client = signed_in(rivals.cast.observer)
    assert bracketed(taken(client)) == {"uphold", "protect", "honour"}
    assert bracketed(taken(client, delegation=key("BLR"))) == {"uphold"}
    assert bracketed(taken(client, delegation=[key("IND"), 0])) == {"protect", "honour"}
    query = {"format": "html", "rolling": "1", "delegation": [key("BLR"), 0]}
    answer = client.get(EXPORT, query)
    assert "Rolling text · Proposals of BLR, Chair" in answer.content.decode()
    head = Charter.objects.get().head
    assert f'"eurasia-rolling-blr-chair-r{head}.html"' in answer["Content-Disposition"]


def test_drafts_are_in_no_file_whoever_asks_and_whatever_is_chosen(rivals, signed_in):
    for person in (rivals.cast.drafter, rivals.cast.chair, rivals.cast.observer):
        client = signed_in(person)
        for query in ({}, {"delegation": key("BLR")}, {"shown": "unattributed"}):
            for form in ("txt", "html", "md", "json"):
                said = taken(client, format=form, **query)
                assert "Kept to ourselves" not in said and "left out" not in said


def test_nobody_without_a_seat_takes_a_rolling_text_away(rivals, signed_in, client):
    query = {"format": "txt", "rolling": "1", "delegation": key("BLR")}
    assert signed_in(rivals.cast.stranger).get(EXPORT, query).status_code == 404
    assert client.get(EXPORT, query).status_code == 302


def test_a_delegation_has_what_it_had_joined_then(rivals, signed_in):
    made = rivals.charter.amendments.get(number=1)
    act = {"actor": rivals.cast.reviewer, "charter": rivals.charter, "amendment": made.uuid}
    join_amendment(**act)
    joined = reword(rivals.charter, rivals.cast.chair, rivals.second, SECOND + " Ever.")
    leave_amendment(**act)
    reword(rivals.charter, rivals.cast.chair, rivals.other, OTHER + " Always.")
    withdraw_amendment(actor=rivals.cast.reviewer, charter=rivals.charter, amendment=second(rivals))
    client, india = signed_in(rivals.cast.observer), key("IND")
    then = joined.revision.number - 1
    assert bracketed(taken(client, delegation=india, at=then)) == {"uphold", "protect"}
    assert bracketed(taken(client, delegation=india)) == set()


def second(laid: Scene):
    return laid.charter.amendments.get(number=2).uuid


def test_delegations_are_of_a_rolling_text_only(rivals, signed_in):
    client = signed_in(rivals.cast.observer)
    answer = client.get(EXPORT, {"format": "txt", "delegation": key("BLR")})
    assert answer.status_code == 400
    assert "Only a rolling text is of delegations" in answer.content.decode()
    # In the form what is shown decides, whatever is chosen in fields that are not shown then.
    clean = client.get(EXPORT, {"format": "txt", "shown": "clean", "delegation": key("BLR")})
    assert bracketed(clean.content.decode()) == set()


def test_the_page_is_read_and_taken_away_without_names(rivals, signed_in):
    client = signed_in(rivals.cast.observer)
    bare = words(client, unattributed="1")
    assert "[respect] [honour] [protect] [uphold] the" in bare
    assert "A-1" not in bare and "With names" in bare
    assert "A-1 BLR" in words(client) and "Without names" in words(client)


def test_its_export_menu_takes_away_what_is_on_the_page(rivals, signed_in):
    client, india = signed_in(rivals.cast.observer), key("IND")
    head = Charter.objects.get().head
    query = {"delegation": india, "unattributed": "1", "at": head - 1, "language": "en"}
    reword(rivals.charter, rivals.cast.chair, rivals.second, SECOND + " Ever.")
    page = client.get(ROLLING, query | {"at": head}).content.decode()
    links = re.findall(rf'href="({EXPORT}\?[^"]*format=(\w+)[^"]*)"', page)
    assert [form for _, form in links] == ["pdf", "html", "md", "txt", "json"]
    link = links[3][0].replace("&amp;", "&")
    answer = client.get(link)
    assert f"eurasia-rolling-ind-r{head}.txt" in answer["Content-Disposition"]
    said = answer.content.decode()
    assert "[respect] [protect] the" in said and SECOND + " Ever." not in said


def test_choosing_a_revision_keeps_what_else_is_chosen(rivals, signed_in):
    query = {"delegation": key("IND"), "unattributed": "1"}
    page = signed_in(rivals.cast.observer).get(ROLLING, query).content.decode()
    assert f'<input type="hidden" name="delegation" value="{key("IND")}">' in page
    assert '<input type="hidden" name="unattributed" value="1">' in page


def test_its_cost_does_not_grow_with_whom_one_chooses(rivals, signed_in, queries):
    client = signed_in(rivals.cast.observer)
    pages = [f"{ROLLING}?language=en", f"{EXPORT}?format=txt&rolling=1"]
    one, two = f"&delegation={key('IND')}", f"&delegation={key('IND')}&delegation={key('BLR')}"
    few = [queries(client, page + one) for page in pages]
    for at in range(4):
        tabled(rivals.charter, rivals.cast.reviewer, rivals.other, f"{OTHER} {at}")
    assert [queries(client, page + two) for page in pages] == few


def test_the_page_has_numbered_lines_where_they_are_asked_for(rivals, signed_in):
    client = signed_in(rivals.cast.observer)
    page = client.get(ROLLING, {"line_numbers": "1"}).content.decode()
    assert '<i class="line" aria-hidden="true"></i>The Parties' in re.sub(r"<span[^>]*>", "", page)
    assert "Without line numbers" in page and 'class="text lined"' in page
    assert 'class="line"' not in client.get(ROLLING).content.decode()
    links = re.findall(rf'href="({EXPORT}\?[^"]*format=(\w+)[^"]*)"', page)
    assert [form for link, form in links if "line_numbers=1" in link] == ["pdf", "html", "txt"]
    for link, _form in links[1:]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_whole_alternatives_have_lines_of_their_own(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.first, SUMMIT)
    page = signed_in(laid.cast.observer).get(ROLLING, {"line_numbers": "1"}).content.decode()
    alternatives = re.findall(r'<span class="alternative whole[^"]*">(<[^>]*>)', page)
    assert alternatives == ['<i class="line" aria-hidden="true">'] * 2


@pytest.mark.parametrize("form", ["md", "json", "diff"])
def test_line_numbers_are_refused_where_there_are_no_lines(rivals, signed_in, form):
    client = signed_in(rivals.cast.observer)
    answer = client.get(EXPORT, {"format": form, "line_numbers": "1"})
    assert answer.status_code == 400
    assert "This format has no lines" in answer.content.decode()


@pytest.mark.parametrize("form", ["txt", "html"])
def test_a_file_has_numbered_lines_where_they_are_asked_for(rivals, signed_in, form):
    said = taken(signed_in(rivals.cast.observer), format=form, line_numbers="1")
    assert "    1  A charter of tests" in said or said.count('class="line"') > 4
