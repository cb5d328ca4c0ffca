"""Every role at every address: the table of rights holds on each page, and a new page without a
line here fails."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from charter.access import RIGHTS, Right, may
from charter.actions.amendment_threads import open_amendment_thread
from charter.actions.charters import create_charter
from charter.actions.editions import name_edition
from charter.actions.invitations import invite_member
from charter.actions.members import add_member, change_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import add_party_member
from charter.actions.silence import open_silence
from charter.actions.statements import make_statement
from charter.actions.threads import open_thread
from charter.actions.webhooks import add_webhook
from charter.models import Membership, PartyKind, Role, Stage
from tests.builders import Scene, insert, principle, scene, seated, stand_at, tabled
from tests.cast import person

pytestmark = pytest.mark.django_db

NOT_FOUND, FORBIDDEN, NO_METHOD = 404, 403, 405
DONE = {200, 302, 400, 409, 422}  # the door was open; an empty form may still be refused


@dataclass
class Table:
    """A scene and one of each thing an address can name."""

    scene: Scene
    ids: dict[str, object] = field(default_factory=dict)


def furnished(slug: str, people=None) -> Table:
    """A scene with a thread, an edition, a principle, a party."""
    laid = scene(slug) if people is None else foreign(slug, people)
    chair, charter = laid.cast.chair, laid.charter
    principle(charter, chair, f"openness-{slug}")
    charter.refresh_from_db()
    thread = open_thread(
        actor=chair,
        charter=charter,
        clause=laid.first,
        language="en",
        base=charter.head,
        start=0,
        end=3,
        text="Which Parties?",
    )
    body, state = (
        add_party(actor=chair, charter=charter, kind=kind, code=code, names={"en": code})
        for kind, code in ((PartyKind.ORGANISATION, "CSTO"), (PartyKind.STATE, "ARM"))
    )
    held = add_party_member(actor=chair, charter=charter, organisation=body.pk, member=state.pk)
    team = add_delegation(actor=chair, charter=charter, party=state.pk, standing="observer")
    webhook, _secret = add_webhook(
        actor=chair, charter=charter, url="https://example.org/told", events=["edition.named"]
    )
    edition = name_edition(actor=chair, charter=charter, number=1, name="Zero draft")
    invited = invite_member(
        actor=chair, charter=charter, email="guest@example.org", role=Role.OBSERVER
    )
    amendment = tabled(charter, chair, laid.first, "Something else.")
    silence = open_silence(
        actor=chair,
        charter=charter,
        clauses=[laid.other],
        deadline=timezone.now() + timedelta(days=1),
    )
    talk = open_amendment_thread(
        actor=chair,
        charter=charter,
        amendment=amendment.uuid,
        change=amendment.changes.get().uuid,
        text="Something?",
    )
    return Table(
        laid,
        {
            "amendment": amendment.uuid,
            "statement": _stated(charter, chair).uuid,
            "talk": talk.uuid,
            "change": amendment.changes.get().uuid,
            "clause": laid.first,
            "thread": thread.pk,
            "party": body.pk,
            "membership": held.pk,
            "delegation": team.pk,
            "edition": edition.pk,
            "invitation": invited.invitation.pk,
            "webhook": webhook.pk,
            "delivery": webhook.deliveries.get().pk,
            "principle": f"openness-{slug}",
            "member": Membership.objects.get(charter=charter, person=laid.cast.observer).pk,
            "number": 1,
            "silence": silence.number,
        },
    )


def _stated(charter, chair):
    """A statement of a delegation in which nobody sits any more."""
    team = seated(charter, chair, chair, "KAZ")
    made = make_statement(actor=chair, charter=charter, kind="reservation", text="We reserve.")
    member = team.memberships.get()
    change_member(actor=chair, charter=charter, member=member.pk, role=member.role, delegation=None)
    return made


def foreign(slug: str, people) -> Scene:
    """Another charter whose chair is the same person; the stranger is the observer there."""
    charter = create_charter(actor=people.chair, title="Another", slug=slug)
    add_member(actor=people.chair, charter=charter, person=people.observer, role="observer")
    article = insert(charter, people.chair, "article", heading="Far away")
    clause = insert(charter, people.chair, "paragraph", "Elsewhere.", parent=article)
    stand_at(charter, people.chair, "negotiation")
    return Scene(charter, people, article, clause, clause, clause)


@dataclass(frozen=True)
class Page:
    """What an address needs: the right to GET and to POST, None where the method is not known."""

    get: Right | None
    post: Right | None = None


READ, COMMENT, EDIT, MANAGE = Right.READ, Right.COMMENT, Right.EDIT, Right.MANAGE
SILENCE = Right.SILENCE
PROPOSE, TABLE, HOLD, WITHDRAW = Right.PROPOSE, Right.TABLE, Right.HOLD, Right.WITHDRAW
DECLARE = Right.DECLARE
ADOPT, AGREE, DEFINE, CORRECT = Right.ADOPT, Right.AGREE, Right.DEFINE, Right.CORRECT

PAGES = {
    "text": Page(READ),
    "rolling": Page(READ),
    "compilation": Page(READ),
    "amendments": Page(READ),
    "amendment_new": Page(PROPOSE, PROPOSE),
    "amendment": Page(READ),
    "amendment_describe": Page(PROPOSE, PROPOSE),
    "amendment_table": Page(None, TABLE),
    "amendment_withdraw": Page(None, WITHDRAW),
    "amendment_join": Page(None, TABLE),
    "amendment_leave": Page(None, WITHDRAW),
    "amendment_reject": Page(None, MANAGE),
    "amendment_supersede": Page(None, MANAGE),
    "amendment_drop": Page(None, PROPOSE),
    "change_thread_open": Page(COMMENT, COMMENT),
    "amendment_thread_open": Page(COMMENT, COMMENT),
    "amendment_thread_reply": Page(COMMENT, COMMENT),
    "amendment_thread_resolve": Page(None, COMMENT),
    "amendment_thread_reopen": Page(None, COMMENT),
    "amendment_thread_reanchor": Page(COMMENT, COMMENT),
    "adopt": Page(ADOPT, ADOPT),
    "suggest": Page(PROPOSE, PROPOSE),
    "suggest_redline": Page(None, PROPOSE),
    "edit_redline": Page(None, EDIT),
    "amendment_rework": Page(PROPOSE, PROPOSE),
    "suggest_strike": Page(PROPOSE, PROPOSE),
    "suggest_move": Page(PROPOSE, PROPOSE),
    "suggest_insert": Page(PROPOSE, PROPOSE),
    "convergence": Page(READ),
    "silences": Page(READ),
    "silence_new": Page(SILENCE, SILENCE),
    "silence_calendar": Page(READ),
    "silence": Page(READ),
    "silence_break": Page(None, Right.OBJECT),
    "silence_extend": Page(None, SILENCE),
    "silence_call_off": Page(None, MANAGE),
    "statements": Page(READ, DECLARE),
    "statement_withdraw": Page(None, WITHDRAW),
    "clause_rung": Page(None, AGREE),
    "clause_position": Page(None, HOLD),
    "clause_position_withdraw": Page(None, WITHDRAW),
    "amendment_position": Page(None, HOLD),
    "amendment_position_withdraw": Page(None, WITHDRAW),
    "blame": Page(READ),
    "clause_blame": Page(READ),
    "clause": Page(READ),
    "clause_insert": Page(EDIT, EDIT),
    "clause_edit": Page(EDIT, EDIT),
    "clause_correct": Page(CORRECT, CORRECT),
    "clause_strike": Page(EDIT, EDIT),
    "clause_restore": Page(None, EDIT),
    "clause_move": Page(EDIT, EDIT),
    "clause_brackets": Page(EDIT, EDIT),
    "clause_history": Page(READ),
    "struck": Page(READ),
    "threads": Page(READ),
    "thread_open": Page(COMMENT, COMMENT),
    "thread_reply": Page(COMMENT, COMMENT),
    "thread_resolve": Page(None, COMMENT),
    "thread_reopen": Page(None, COMMENT),
    "thread_reanchor": Page(COMMENT, COMMENT),
    "history": Page(READ),
    "history_play": Page(READ),
    "history_shown": Page(READ),
    "feeds": Page(READ, READ),
    "history_feed": Page(READ),
    "clause_feed": Page(READ),
    "revision_undo": Page(EDIT, EDIT),
    "clause_return": Page(EDIT, EDIT),
    "revision": Page(READ),
    "compare": Page(READ),
    "concordance": Page(READ),
    "search": Page(READ),
    "editions": Page(READ, MANAGE),
    "edition": Page(MANAGE, MANAGE),
    "edition_withdraw": Page(None, MANAGE),
    "principles": Page(READ, DEFINE),
    "principle": Page(DEFINE, DEFINE),
    "principle_clauses": Page(READ),
    "principle_merge": Page(DEFINE, DEFINE),
    "principle_split": Page(DEFINE, DEFINE),
    "principle_withdraw": Page(None, DEFINE),
    "principle_restore": Page(None, DEFINE),
    "coverage": Page(READ),
    "statistics": Page(READ),
    "members": Page(READ, MANAGE),
    "member": Page(MANAGE, MANAGE),
    "member_remove": Page(None, MANAGE),
    "member_confirm": Page(None, READ),
    "member_decline": Page(None, READ),
    "invitation_renew": Page(None, MANAGE),
    "invitation_withdraw": Page(None, MANAGE),
    "parties": Page(READ, MANAGE),
    "party": Page(MANAGE, MANAGE),
    "party_remove": Page(None, MANAGE),
    "parties_export": Page(READ),
    "parties_import": Page(MANAGE, MANAGE),
    "party_member_add": Page(MANAGE, MANAGE),
    "party_membership": Page(MANAGE, MANAGE),
    "party_membership_remove": Page(None, MANAGE),
    "delegation": Page(READ),
    "member_names": Page(COMMENT),
    "notice_settings": Page(READ, READ),
    "charter_follow": Page(None, READ),
    "clause_follow": Page(READ, READ),
    "charter_settings": Page(READ, MANAGE),
    "numbers_freeze": Page(None, DEFINE),
    "numbers_release": Page(None, DEFINE),
    "export": Page(READ),
    "import": Page(EDIT, EDIT),
    "webhooks": Page(MANAGE, MANAGE),
    "webhook": Page(MANAGE, MANAGE),
    "webhook_secret": Page(None, MANAGE),
    "webhook_test": Page(None, MANAGE),
    "webhook_withdraw": Page(None, MANAGE),
    "delivery_again": Page(None, MANAGE),
}

# Addresses of no charter: the status for (anonymous, anybody signed in) of GET and of POST.
OPEN: dict[str, dict[str, tuple[int, int]]] = {
    "charters": {"get": (302, 200), "post": (405, 405)},
    "search_everywhere": {"get": (302, 200), "post": (405, 405)},
    "inbox": {"get": (302, 200), "post": (302, 404)},
    "letters_stop": {"get": (404, 404), "post": (404, 404)},
    "charter_new": {"get": (302, 200), "post": (302, 422)},
    "invitation": {"get": (404, 404), "post": (404, 404)},
    "invitation_accept": {"get": (405, 405), "post": (302, 404)},
    "invitation_decline": {"get": (405, 405), "post": (302, 404)},
    "accounts:sign_in": {"get": (200, 302), "post": (200, 302)},
    "accounts:sign_in_as": {"get": (405, 405), "post": (404, 404)},
    "accounts:sign_out": {"get": (405, 405), "post": (302, 302)},
    "accounts:invitation": {"get": (404, 404), "post": (404, 404)},
    "accounts:forgotten": {"get": (404, 404), "post": (404, 404)},
    "accounts:account": {"get": (302, 200), "post": (302, 200)},
    "accounts:password": {"get": (302, 200), "post": (302, 200)},
    "accounts:tokens": {"get": (302, 200), "post": (302, 422)},
    "accounts:tokens_revoke": {"get": (405, 405), "post": (302, 302)},
    "accounts:token_revoke": {"get": (405, 405), "post": (302, 404)},
}


def addresses() -> Iterator[tuple[str, list[str]]]:
    """The name and the parameters of every pattern the site has."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in ("api", "admin"):  # they have walks of their own
                continue
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", list(pattern.pattern.converters)


ADDRESSES = dict(addresses())
OF_CHARTERS = sorted(name for name, needed in ADDRESSES.items() if "slug" in needed)


@contextmanager
def undone():
    """Whatever a request does is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str) -> int:
    with undone():
        return getattr(client, method)(address).status_code


def test_every_address_of_the_site_has_its_line_in_the_table():
    assert set(ADDRESSES) == set(PAGES) | set(OPEN)
    assert set(OF_CHARTERS) == set(PAGES)


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker) -> Iterator[Table]:
    """A charter with one of each thing, made once for the walk; each of its tests is undone."""
    with django_db_blocker.unblock(), undone():
        yield furnished("eurasia")


@pytest.fixture(scope="module")
def elsewhere(laid: Table, django_db_blocker) -> Iterator[Table]:
    """Another charter of the same chair's, and one of each thing in it."""
    with django_db_blocker.unblock(), undone():
        yield furnished("elsewhere", laid.scene.cast)


@pytest.fixture
def table(laid: Table, db) -> Table:
    laid.scene.charter.refresh_from_db()
    return laid


def expected(page: Page, method: str, role: str | None) -> set[int]:
    """`role` None for somebody without a seat."""
    right = getattr(page, method)
    if right is None:
        return {NO_METHOD}
    if role is None:
        return {NOT_FOUND}
    return DONE if may(role, Stage.NEGOTIATION, right) else {FORBIDDEN}


@pytest.mark.parametrize("name", OF_CHARTERS)
def test_a_page_opens_to_the_roles_that_have_its_right(name: str, table: Table):
    address = _address(name, table)
    clients: dict[str | None, Client] = {None: Client()}
    clients[None].force_login(table.scene.cast.stranger)
    for role in RIGHTS:
        clients[role] = Client()
        clients[role].force_login(getattr(table.scene.cast, role))
    for method in ("get", "post"):
        for role, client in clients.items():
            found = ask(client, method, address)
            assert found in expected(PAGES[name], method, role), (method, role, found)


@pytest.mark.parametrize("name", OF_CHARTERS)
def test_somebody_who_has_not_signed_in_is_sent_to_sign_in_and_learns_nothing(
    name: str, table: Table
):
    known, unknown = _address(name, table), _address(name, table, slug="no-such-charter")
    for method in ("get", "post"):
        answers = [getattr(Client(), method)(address) for address in (known, unknown)]
        if getattr(PAGES[name], method) is None:
            assert [answer.status_code for answer in answers] == [NO_METHOD] * 2
            continue
        for answer, address in zip(answers, (known, unknown), strict=True):
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("accounts:sign_in"))
            assert address in answer["Location"]


@pytest.mark.parametrize("name", OF_CHARTERS)
def test_a_charter_one_has_no_seat_in_looks_like_one_that_is_not_there(name: str, table: Table):
    client = Client()
    client.force_login(table.scene.cast.stranger)
    for method in ("get", "post"):
        if getattr(PAGES[name], method) is None:
            continue
        there = getattr(client, method)(_address(name, table))
        nowhere = getattr(client, method)(_address(name, table, slug="no-such-charter"))
        assert there.status_code == nowhere.status_code == NOT_FOUND
        assert _plain(there) == _plain(nowhere)


def _plain(answer) -> str:
    """The page without the token of its forms and the nonce of its scripts."""
    said = answer.content.decode().replace("no-such-charter", "eurasia")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', r"\1", said)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_page_knows_another_method(method: str, table: Table):
    for somebody in (table.scene.cast.chair, table.scene.cast.stranger):
        client = Client()
        client.force_login(somebody)
        for name in OF_CHARTERS:
            assert ask(client, method, _address(name, table)) == NO_METHOD, name


@pytest.mark.parametrize("name", [name for name in OF_CHARTERS if len(ADDRESSES[name]) > 1])
def test_what_belongs_to_another_charter_is_not_there(name: str, table: Table, elsewhere: Table):
    client = Client()
    client.force_login(table.scene.cast.chair)
    nobody = dict.fromkeys(
        (
            "thread", "party", "member", "membership", "delegation", "edition", "invitation",
            "webhook", "delivery",
        ),
        10**8,
    )  # fmt: skip
    things = nobody | {
        "amendment": uuid4(),
        "statement": uuid4(),
        "change": uuid4(),
        "talk": uuid4(),
        "clause": uuid4(),
        "principle": "no-such-principle",
        "number": 10**6,
        "silence": 10**6,
    }
    for ids in (elsewhere.ids | {"number": 10**6, "silence": 10**6}, things):
        address = _address(name, Table(table.scene, ids))
        for method in ("get", "post"):
            status = ask(client, method, address)
            if (right := getattr(PAGES[name], method)) is None:
                assert status == NO_METHOD, (method, address)
                continue
            open_now = may(Role.CHAIR, Stage.NEGOTIATION, right)
            assert status == (NOT_FOUND if open_now else FORBIDDEN), (method, address)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_address_of_no_charter_answers_as_written(name: str):
    needed = {
        "uuid": uuid4(),
        "token": "spent",
        "token_id": 10**8,
        "key": "forged",
        "invitation": 10**8,
    }
    address = reverse(name, kwargs={key: needed[key] for key in ADDRESSES[name]})
    signed_in = Client()
    somebody = person("somebody")
    somebody.set_password("a long and quiet word")
    somebody.save()
    signed_in.force_login(somebody)
    for method, (anonymous, known) in OPEN[name].items():
        assert ask(Client(), method, address) == anonymous, method
        assert ask(signed_in, method, address) == known, method


@pytest.mark.parametrize("role", sorted(RIGHTS))
def test_a_removed_member_is_out_at_once(role: str, table: Table):
    somebody = getattr(table.scene.cast, role)
    client = Client()
    client.force_login(somebody)
    assert client.get(_address("text", table)).status_code == 200
    Membership.objects.filter(charter=table.scene.charter, person=somebody).delete()
    assert client.get(_address("text", table)).status_code == NOT_FOUND


@pytest.mark.parametrize("role", [role for role in RIGHTS if role != "chair"])
@pytest.mark.parametrize("name", ["members", "parties", "principles", "editions", "text"])
def test_what_one_may_not_do_is_not_offered(name: str, role: str, table: Table):
    """No form and no link on the page leads to an answer of 403."""
    client = Client()
    client.force_login(getattr(table.scene.cast, role))
    page = client.get(_address(name, table)).content.decode()
    actions = re.findall(r'(?:form|hx-post|action|formaction)="(/charters/[^"]*)"', page)
    for action in actions:
        assert ask(client, "post", action.replace("&amp;", "&")) != FORBIDDEN, action
    for link in set(re.findall(r'href="(/charters/[^"#]*)"', page)):
        assert ask(client, "get", link.replace("&amp;", "&")) != FORBIDDEN, link


def _address(name: str, table: Table, slug: str = "") -> str:
    kwargs: dict[str, object] = {
        key: table.ids[key] for key in ADDRESSES[name] if key not in ("slug",)
    }
    return reverse(name, kwargs={"slug": slug or table.scene.charter.slug, **kwargs})
