"""Every role at every address: the table of rights holds on each page, and a new page without a
line here fails."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from charter.access import RIGHTS, Right
from charter.actions.charters import create_charter
from charter.actions.editions import name_edition
from charter.actions.members import add_member
from charter.actions.parties import add_party
from charter.actions.threads import open_thread
from charter.models import Membership, PartyKind
from tests.builders import Scene, insert, principle, scene
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
    party = add_party(
        actor=chair, charter=charter, kind=PartyKind.STATE, code="BLR", names={"en": "Belarus"}
    )
    edition = name_edition(actor=chair, charter=charter, number=1, name="Zero draft")
    return Table(
        laid,
        {
            "clause": laid.first,
            "thread": thread.pk,
            "party": party.pk,
            "edition": edition.pk,
            "principle": f"openness-{slug}",
            "member": Membership.objects.get(charter=charter, person=laid.cast.observer).pk,
            "number": 1,
        },
    )


def foreign(slug: str, people) -> Scene:
    """Another charter whose chair is the same person; the stranger is the observer there."""
    charter = create_charter(actor=people.chair, title="Another", slug=slug)
    add_member(actor=people.chair, charter=charter, person=people.observer, role="observer")
    article = insert(charter, people.chair, "article", heading="Far away")
    clause = insert(charter, people.chair, "paragraph", "Elsewhere.", parent=article)
    return Scene(charter, people, article, clause, clause, clause)


@dataclass(frozen=True)
class Page:
    """What an address needs: the right to GET and to POST, None where the method is not known."""

    get: Right | None
    post: Right | None = None


READ, COMMENT, EDIT, MANAGE = Right.READ, Right.COMMENT, Right.EDIT, Right.MANAGE

PAGES = {
    "text": Page(READ),
    "clause": Page(READ),
    "clause_insert": Page(EDIT, EDIT),
    "clause_edit": Page(EDIT, EDIT),
    "clause_strike": Page(EDIT, EDIT),
    "clause_restore": Page(None, EDIT),
    "clause_move": Page(EDIT, EDIT),
    "clause_history": Page(READ),
    "struck": Page(READ),
    "threads": Page(READ),
    "thread_open": Page(COMMENT, COMMENT),
    "thread_reply": Page(COMMENT, COMMENT),
    "thread_resolve": Page(None, COMMENT),
    "thread_reopen": Page(None, COMMENT),
    "thread_reanchor": Page(COMMENT, COMMENT),
    "history": Page(READ),
    "revision": Page(READ),
    "compare": Page(READ),
    "concordance": Page(READ),
    "editions": Page(READ, MANAGE),
    "edition": Page(MANAGE, MANAGE),
    "edition_withdraw": Page(None, MANAGE),
    "principles": Page(READ, MANAGE),
    "principle": Page(MANAGE, MANAGE),
    "principle_withdraw": Page(None, MANAGE),
    "principle_restore": Page(None, MANAGE),
    "members": Page(READ, MANAGE),
    "member": Page(MANAGE, MANAGE),
    "member_link": Page(None, MANAGE),
    "member_remove": Page(None, MANAGE),
    "parties": Page(READ, MANAGE),
    "party": Page(MANAGE, MANAGE),
    "party_remove": Page(None, MANAGE),
    "charter_settings": Page(READ, MANAGE),
    "numbers_freeze": Page(None, MANAGE),
    "numbers_release": Page(None, MANAGE),
    "export": Page(READ),
    "import": Page(EDIT, EDIT),
}

# Addresses of no charter: the status for (anonymous, anybody signed in) of GET and of POST.
OPEN: dict[str, dict[str, tuple[int, int]]] = {
    "charters": {"get": (302, 200), "post": (405, 405)},
    "charter_new": {"get": (302, 200), "post": (302, 422)},
    "accounts:sign_in": {"get": (200, 302), "post": (200, 302)},
    "accounts:sign_in_as": {"get": (405, 405), "post": (404, 404)},
    "accounts:sign_out": {"get": (405, 405), "post": (302, 302)},
    "accounts:invitation": {"get": (404, 404), "post": (404, 404)},
    "accounts:forgotten": {"get": (404, 404), "post": (404, 404)},
    "accounts:account": {"get": (302, 200), "post": (302, 200)},
    "accounts:password": {"get": (302, 200), "post": (302, 200)},
}


def addresses() -> Iterator[tuple[str, list[str]]]:
    """The name and the parameters of every pattern the site has."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
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


def expected(page: Page, method: str, role: str | None) -> set[int]:
    """`role` None for somebody without a seat."""
    right = getattr(page, method)
    if right is None:
        return {NO_METHOD}
    if role is None:
        return {NOT_FOUND}
    return DONE if right in RIGHTS[role] else {FORBIDDEN}


@pytest.mark.parametrize("name", OF_CHARTERS)
def test_a_page_opens_to_the_roles_that_have_its_right(name: str):
    table = furnished("eurasia")
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
def test_somebody_who_has_not_signed_in_is_sent_to_sign_in_and_learns_nothing(name: str):
    table = furnished("eurasia")
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
def test_a_charter_one_has_no_seat_in_looks_like_one_that_is_not_there(name: str):
    table = furnished("eurasia")
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
def test_no_page_knows_another_method(method: str):
    table = furnished("eurasia")
    for somebody in (table.scene.cast.chair, table.scene.cast.stranger):
        client = Client()
        client.force_login(somebody)
        for name in OF_CHARTERS:
            assert ask(client, method, _address(name, table)) == NO_METHOD, name


@pytest.mark.parametrize("name", [name for name in OF_CHARTERS if len(ADDRESSES[name]) > 1])
def test_what_belongs_to_another_charter_is_not_there(name: str):
    table = furnished("eurasia")
    other = furnished("elsewhere", table.scene.cast)
    client = Client()
    client.force_login(table.scene.cast.chair)
    nobody = dict.fromkeys(("thread", "party", "member", "edition"), 10**8)
    things = nobody | {"clause": uuid4(), "principle": "no-such-principle", "number": 10**6}
    for ids in (other.ids | {"number": 10**6}, things):
        address = _address(name, Table(table.scene, ids))
        for method in ("get", "post"):
            status = ask(client, method, address)
            known = getattr(PAGES[name], method) is not None
            assert status == (NOT_FOUND if known else NO_METHOD), (method, address)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_address_of_no_charter_answers_as_written(name: str):
    needed = {"uuid": uuid4(), "token": "spent"}
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
def test_a_removed_member_is_out_at_once(role: str):
    table = furnished("eurasia")
    somebody = getattr(table.scene.cast, role)
    client = Client()
    client.force_login(somebody)
    assert client.get(_address("text", table)).status_code == 200
    Membership.objects.filter(charter=table.scene.charter, person=somebody).delete()
    assert client.get(_address("text", table)).status_code == NOT_FOUND


@pytest.mark.parametrize("role", [role for role in RIGHTS if role != "chair"])
@pytest.mark.parametrize("name", ["members", "parties", "principles", "editions", "text"])
def test_what_one_may_not_do_is_not_offered(name: str, role: str):
    """No form and no link on the page leads to an answer of 403."""
    table = furnished("eurasia")
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
