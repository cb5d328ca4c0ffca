"""What the walks over the API have in common: a charter with one of each thing, and every address.

A method is written down with the right it needs, and for a write with a body that the chair's is
taken with and what its If-Match is.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from charter.access import Right
from charter.actions.amendment_threads import open_amendment_thread
from charter.actions.amendments import draft_amendment, join_amendment, table_amendment
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.deliveries import succeeded
from charter.actions.editions import name_edition
from charter.actions.invitations import invite_member
from charter.actions.members import add_member, change_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import add_party_member
from charter.actions.positions import take_position
from charter.actions.proposals import propose_rewording, propose_strike
from charter.actions.seatings import confirm_seat
from charter.actions.silence import open_silence
from charter.actions.statements import make_statement
from charter.actions.threads import open_thread
from charter.actions.webhooks import add_webhook
from charter.api.preconditions import REGISTER, REVISION, TAG, VERSION
from charter.api.urls import urlpatterns
from charter.models import Amendment, Charter, Membership, PartyKind, Standing
from charter.queries.parties import register_values
from charter.text.register import digest
from charter.text.words import Words
from tests.api.calling import Caller
from tests.builders import FIRST, Scene, delegation, insert, principle, scene, tabled
from tests.cast import person

READ, COMMENT, EDIT, MANAGE = Right.READ, Right.COMMENT, Right.EDIT, Right.MANAGE
PROPOSE = Right.PROPOSE


@dataclass
class Table:
    """A scene and the id of one of each thing an address can name."""

    scene: Scene
    ids: dict[str, Any] = field(default_factory=dict)

    def path(self, name: str, **other: Any) -> str:
        """The address of this name, about the things of this table."""
        needed = converters(name)
        kwargs = {"slug": self.scene.charter.slug, **self.ids, **SPECIAL.get(name, {})}
        kwargs = {**kwargs, **{key: self.ids[value] for key, value in OTHERS.get(name, {}).items()}}
        return reverse(f"api:{name}", kwargs={key: (kwargs | other)[key] for key in needed})


# Addresses that are about another clause or amendment than the usual one.
OTHERS = {
    "clause_restore": {"clause": "gone"},
    "amendment_table": {"amendment": "draft"},
    "member_confirm": {"member": "newcomer"},
    "member_decline": {"member": "newcomer"},
    "amendment_join": {"amendment": "theirs"},
    "amendment_leave": {"amendment": "joined"},
}
SPECIAL: dict[str, dict[str, Any]] = {
    "revision_undo": {"revision": 5},
    "revision_undo_preview": {"revision": 5},
}


def furnished(slug: str = "eurasia") -> Table:
    """A scene with a thread, an edition, a principle, parties, a delegation, a struck clause.

    All sit for another delegation, which has an amendment on the table, a draft, and its name under
    one of the chair's two; a newcomer waits for its word.
    """
    laid = scene(slug)
    return _furnished(laid)


def _furnished(laid: Scene) -> Table:
    chair, charter = laid.cast.chair, laid.charter
    at_table = {"actor": chair, "charter": charter}
    named = principle(charter, chair, "openness")
    principle(charter, chair, "order")
    change_clause(**at_table, clause=laid.second, base=charter.head, principles=["openness"])
    gone = insert(charter, chair, "article", "For a while.", heading="Passing")
    strike_clause(**at_table, clause=gone)
    charter.refresh_from_db()
    thread = open_thread(
        **at_table,
        clause=laid.first,
        language="en",
        base=charter.head,
        start=0,
        end=3,
        text="Which Parties?",
    )
    state, organisation = (
        add_party(**at_table, kind=kind, code=code, names={"en": name})
        for kind, code, name in (
            (PartyKind.STATE, "BLR", "Belarus"),
            (PartyKind.ORGANISATION, "CSTO", "Collective Security Treaty Organization"),
        )
    )
    team = add_delegation(**at_table, party=state.pk, standing=Standing.PARTICIPANT)
    webhook, _secret = add_webhook(
        **at_table, url="https://example.org/told", events=["edition.named"]
    )
    held = add_party_member(
        **at_table, organisation=organisation.pk, member=state.pk, since=date(1993, 12, 31)
    )
    edition = name_edition(**at_table, number=1, name="Zero draft")
    delivery = webhook.deliveries.get()
    succeeded(delivery, status=204, milliseconds=9)
    theirs, joined = (
        tabled(charter, chair, laid.second, f"No Party shall {what}.")
        for what in ("threaten another", "attack another")
    )
    seats = delegation(charter, chair, "KAZ")
    for name in ("chair", "drafter", "reviewer", "observer"):
        member = Membership.objects.get(charter=charter, person=getattr(laid.cast, name))
        change_member(**at_table, member=member.pk, role=member.role, delegation=seats.pk)
        if name != "chair":
            confirm_seat(**at_table, member=member.pk)
    newcomer = add_member(
        **at_table, person=person(f"newcomer-{charter.slug}"), role="observer", delegation=seats.pk
    )
    drafter = {"actor": laid.cast.drafter, "charter": charter}
    join_amendment(**drafter, amendment=joined.uuid)
    own, draft = (_asking(laid, drafter) for _ in range(2))
    table_amendment(**drafter, amendment=own.uuid)
    talk = open_amendment_thread(
        **drafter,
        amendment=own.uuid,
        change=own.changes.get(act="reword").uuid,
        end=11,
        text="Which Parties?",
    )
    take_position(**drafter, clause=laid.second, stance="reserves")  # KAZ: all who may propose
    silence = open_silence(
        **at_table, clauses=[laid.first], deadline=timezone.now() + timedelta(days=2)
    )
    stated = make_statement(**drafter, kind="declaration", text="We declare.")
    invited = invite_member(**at_table, email="guest@example.org", role="observer")
    return Table(
        laid,
        {
            "clause": laid.first,
            "gone": gone,
            "thread": thread.pk,
            "party": organisation.pk,
            "state": state.pk,
            "delegation": team.pk,
            "membership": held.pk,
            "edition": edition.pk,
            "principle": named,
            "member": Membership.objects.get(charter=charter, person=laid.cast.observer).pk,
            "newcomer": newcomer.pk,
            "invitation": invited.invitation.pk,
            "webhook": webhook.pk,
            "delivery": delivery.pk,
            "amendment": own.uuid,
            "talk": talk.uuid,
            "change": own.changes.get(act="strike").uuid,
            "draft": draft.uuid,
            "statement": stated.uuid,
            "theirs": theirs.uuid,
            "joined": joined.uuid,
            "silence": silence.number,
            "revision": 1,
        },
    )


def _asking(laid: Scene, drafter: dict[str, Any]) -> Amendment:
    """A draft that rewords a paragraph and strikes an article."""
    made = draft_amendment(**drafter, title="On sovereignty")
    words = Words(text=FIRST.replace("respect", "uphold"))
    at = Charter.objects.get(pk=laid.charter.pk).head
    propose_rewording(
        **drafter, amendment=made.uuid, clause=laid.first, language="en", base=at, words=words
    )
    propose_strike(**drafter, amendment=made.uuid, clause=laid.other)
    return made


def version(path: str) -> int:
    """The version of the amendment in an address, 1 where there is none."""
    found = re.search(r"/amendments/([0-9a-f-]{36})/", path)
    rows = Amendment.objects.filter(uuid=found[1] if found else None)
    return rows.values_list("version", flat=True).first() or 1


def register_tag(table: Table) -> str:
    """What names the register of the charter as it stands."""
    return f'"{digest(register_values(table.scene.charter))}"'


@dataclass(frozen=True)
class Ask:
    """A method of an address: the right it needs, what is sent, and what If-Match is."""

    right: Right
    body: Any = None
    match: str | None = None
    query: str = ""


def sent(ask: Ask, table: Table) -> Any:
    """The body, made for this table where it names its things."""
    return ask.body(table) if callable(ask.body) else ask.body


def asked(caller: Caller, method: str, path: str, ask: Ask, table: Table) -> HttpResponse:
    """Ask, with the If-Match that a program with this caller's token would have."""
    match: int | str | None = None
    if ask.match == REVISION:
        table.scene.charter.refresh_from_db()
        match = table.scene.charter.head
    elif ask.match == VERSION:
        match = version(path)
    elif ask.match == REGISTER:
        match = register_tag(table)
    elif ask.match == TAG:
        match = caller.get(path).headers.get("ETag", '"none"')
    with undone():
        return caller.ask(method, path + ask.query, sent(ask, table), match=match)


@contextmanager
def undone():
    """Whatever a request does is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def addresses() -> Iterator[tuple[str, list[str]]]:
    """The name and the parameters of every address under /api/v1/ but the schema."""
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name not in ("start", "docs", "examples", "problems", "schema", "unknown"):
            yield pattern.name, list(pattern.pattern.converters)


def converters(name: str) -> list[str]:
    """The parameters of an address."""
    return dict(addresses())[name]


WORDS = {"en": {"heading": "", "text": "Some words."}}
NOWHERE = {
    **{name: uuid4() for name in ("clause", "amendment", "change", "statement", "talk")},
    "principle": "no-such-principle",
    "revision": 10**6,
    **dict.fromkeys(("thread", "party", "delegation", "edition", "member", "invitation"), 10**8),
    **dict.fromkeys(("webhook", "delivery", "membership", "silence"), 10**8),
}
