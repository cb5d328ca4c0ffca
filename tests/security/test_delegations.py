"""What a delegation keeps to itself is on no page, whoever the chair seats beside it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from charter.actions.amendment_threads import open_amendment_thread
from charter.actions.amendments import draft_amendment
from charter.actions.members import change_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.positions import take_position
from charter.actions.proposals import propose_rewording
from charter.actions.values import Words
from charter.models import Membership
from tests.api.asks import OF_CHARTERS as OF_API
from tests.api.calling import caller
from tests.api.walk import furnished
from tests.web.test_roles import ADDRESSES, PAGES

pytestmark = pytest.mark.django_db

SECRET = "quincunx"


@pytest.fixture
def table():
    """The charter of the walks; the drafter moves to Armenia, alone, and keeps its secrets."""
    laid = furnished()
    chair = {"actor": laid.scene.cast.chair, "charter": laid.scene.charter}
    party = add_party(**chair, kind="state", code="ARM", names={"en": "Armenia"})
    team = add_delegation(**chair, party=party.pk, standing="participant")
    name(laid, "drafter", team.pk)
    own = {"actor": laid.scene.cast.drafter, "charter": laid.scene.charter}
    draft = draft_amendment(**own, title=f"On {SECRET}", rationale=SECRET)
    laid.scene.charter.refresh_from_db()
    change = propose_rewording(
        **own,
        amendment=draft.uuid,
        clause=laid.scene.first,
        language="en",
        base=laid.scene.charter.head,
        words=Words(text=f"The {SECRET}."),
    )
    open_amendment_thread(**own, amendment=draft.uuid, change=change.uuid, text=f"Our {SECRET}?")
    take_position(
        **own, clause=laid.scene.first, stance="objects", note=SECRET, visibility="delegation"
    )
    laid.ids |= {"team": team.pk, "draft": draft.uuid, "change": change.uuid, "number": 1}
    return laid


def name(laid, somebody: str, team: int | None) -> None:
    seat = Membership.objects.get(
        charter=laid.scene.charter, person=getattr(laid.scene.cast, somebody)
    )
    change_member(
        actor=laid.scene.cast.chair,
        charter=laid.scene.charter,
        member=seat.pk,
        role=seat.role,
        delegation=team,
    )


def told(laid, person, pages=PAGES, addresses=OF_API) -> set[str]:
    """The names of the pages and of the API's addresses that say the secret to this person."""
    browser, program = Client(), caller(person)
    browser.force_login(person)
    ids = {"slug": "eurasia", **laid.ids, "amendment": laid.ids["draft"]}
    found = set()
    for page in pages:
        wanted = {one: ids[one] for one in ADDRESSES[page] if one in ids}
        if PAGES[page].get and set(wanted) == set(ADDRESSES[page]):
            answer = browser.get(reverse(page, kwargs=wanted))
            if SECRET in _said(answer):
                found.add(page)
    for address in addresses:
        if "GET" in OF_API[address]:
            path = laid.path(address, amendment=laid.ids["draft"]) + OF_API[address]["GET"].query
            if SECRET in _said(program.get(path)):
                found.add(f"api:{address}")
    return found


def _said(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def test_nobody_whom_the_chair_seats_there_reads_what_a_delegation_keeps_to_itself(table):
    cast, team = table.scene.cast, table.ids["team"]
    shown = {"amendment", "amendments", "api:amendments", "api:positions"}
    few = {"pages": ["amendment", "amendments"], "addresses": ["amendments", "positions"]}
    assert told(table, cast.drafter, **few) == shown
    name(table, "chair", team)  # and waits to be confirmed
    assert told(table, cast.chair) == set()
    name(table, "drafter", None)  # by which the delegation falls empty
    name(table, "chair", None)
    name(table, "chair", team)
    assert Membership.objects.get(person=cast.chair).delegation_id == team
    assert told(table, cast.chair) == set()
    assert told(table, cast.drafter, **few) == set()
    found = caller(cast.chair).get(f"charters/eurasia/search/?q={SECRET}").json()
    assert SECRET not in json.dumps({**found, "query": ""})
