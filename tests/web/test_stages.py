"""What each stage of a charter keeps closed, at every address, and what its pages say then."""

import pytest
from django.test import Client

from charter.access import RIGHTS, Right, may
from charter.actions.amendments import draft_amendment
from charter.models import Cause, Revision, Stage
from charter.queries.stages import opened_by
from tests.builders import FIRST, scene, seated, stand_at, tabled
from tests.web.test_roles import DONE, FORBIDDEN, PAGES, _address, ask, furnished

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def at(laid, stage):
    stand_at(laid.charter, laid.cast.chair, stage)
    laid.charter.refresh_from_db()


def signed_in(somebody) -> Client:
    client = Client()
    client.force_login(somebody)
    return client


@pytest.mark.parametrize("stage", [one for one in Stage if one != Stage.NEGOTIATION])
def test_every_address_opens_to_whom_role_and_stage_leave_its_right(stage):
    table = furnished("eurasia")
    at(table.scene, stage)
    people = table.scene.cast
    clients = {role: signed_in(getattr(people, role)) for role in ("chair", "drafter")}
    for name in PAGES:
        for method in ("get", "post"):
            right = getattr(PAGES[name], method)
            closed = {role for role in clients if right and not may(role, stage, right)}
            for role in closed if method == "get" else clients:
                if right is None or (role == "drafter" and right not in RIGHTS[role]):
                    continue
                found = ask(clients[role], method, _address(name, table))
                expected = {FORBIDDEN} if role in closed else DONE
                if right == Right.PROPOSE and not may(role, stage, Right.TABLE):
                    expected = expected | {FORBIDDEN}  # the amendment there is on the table
                assert found in expected, (name, method, role, found)


def test_at_an_adopted_text_no_form_but_the_correction_makes_a_revision(laid):
    at(laid, Stage.ADOPTED)
    client, head = signed_in(laid.cast.chair), laid.charter.head
    said = {"base": head, "text_en": "Otherwise.", "message": "No reason", "place": "first"}
    clause = f"/charters/eurasia/clauses/{laid.first}/"
    for address in (
        f"{clause}edit/",
        f"{clause}strike/",
        f"{clause}move/",
        f"{clause}return/?at=3",
        "/charters/eurasia/clauses/new/?place=first",
        "/charters/eurasia/history/5/undo/",
        "/charters/eurasia/import/",
        "/charters/eurasia/principles/",
    ):
        assert client.post(address, said).status_code in (403, 404), address
    laid.charter.refresh_from_db()
    assert laid.charter.head == head


def test_the_chair_corrects_a_clause_of_an_adopted_text(laid):
    at(laid, Stage.ADOPTED)
    client, address = signed_in(laid.cast.chair), f"/charters/eurasia/clauses/{laid.first}/correct/"
    page = client.get(address)
    assert page.context["form"].initial["text_en"] == FIRST
    assert "kind" not in page.context["form"].fields
    said = {"base": laid.charter.head, "text_en": FIRST.replace("shall", "will")}
    said |= {"numbering": "computed"}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"message"}
    done = client.post(address, said | {"message": "A slip of the pen"}, follow=True)
    assert "will respect" in done.content.decode()
    made = Revision.objects.latest("pk")
    assert (made.cause, made.message) == (Cause.CORRECTION, "A slip of the pen")
    listed = client.get("/charters/eurasia/history/?cause=correction").content.decode()
    assert listed.count('class="entry"') == 1
    assert '<span class="badge strong">Correction</span>' in listed


def test_two_corrections_of_the_same_words_meet_on_the_merge_page(laid):
    at(laid, Stage.ADOPTED)
    client, address = signed_in(laid.cast.chair), f"/charters/eurasia/clauses/{laid.first}/correct/"
    base = {"base": laid.charter.head, "numbering": "computed", "message": "A slip"}
    client.post(address, base | {"text_en": FIRST.replace("shall", "will")})
    met = client.post(address, base | {"text_en": FIRST.replace("shall", "must")})
    assert met.status_code == 409
    assert f'action="{address}' in met.content.decode()


def test_the_title_of_an_adopted_text_is_corrected(laid):
    at(laid, Stage.ADOPTED)
    client = signed_in(laid.cast.chair)
    said = {"base": laid.charter.head, "heading_en": "The charter of tests", "message": "Article"}
    client.post(f"/charters/eurasia/clauses/{laid.root}/correct/", said)
    assert "The charter of tests" in client.get("/charters/eurasia/").content.decode()


CLAUSE = "/charters/eurasia/clauses/{clause}/"


@pytest.mark.parametrize(
    ("stage", "role", "right", "address", "offered"),
    [
        (Stage.ADOPTED, "chair", Right.EDIT, CLAUSE, CLAUSE + "edit/"),
        (Stage.AD_REFERENDUM, "drafter", Right.EDIT, "/charters/eurasia/", "/edit/"),
        (
            *(Stage.AD_REFERENDUM, "reviewer", Right.PROPOSE),
            *("/charters/eurasia/amendments/", "/charters/eurasia/amendments/new/"),
        ),
        (Stage.ZERO_DRAFT, "reviewer", Right.HOLD, CLAUSE, CLAUSE + "position/"),
        (Stage.CONSULTATION, "chair", Right.AGREE, CLAUSE, CLAUSE + "rung/"),
    ],
)
def test_what_a_stage_closes_is_not_offered_and_the_page_says_what_opens_it(
    laid, stage, role, right, address, offered
):
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "KAZ")
    client = signed_in(getattr(laid.cast, role))
    address, offered = (one.format(clause=laid.first) for one in (address, offered))
    assert offered in client.get(address).content.decode()
    at(laid, stage)
    page = client.get(address).content.decode()
    assert opened_by(right, stage) in page
    assert offered not in page
    observer = signed_in(laid.cast.observer).get(address)
    assert opened_by(right, stage) not in observer.content.decode()


def test_a_draft_waits_for_the_consultation(laid):
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    draft = draft_amendment(**act, title="For later")
    at(laid, Stage.ZERO_DRAFT)
    client, address = signed_in(laid.cast.reviewer), f"/charters/eurasia/amendments/{draft.uuid}/"
    page = client.get(address).content.decode()
    assert opened_by(Right.TABLE, Stage.ZERO_DRAFT) in page
    assert f'{address}table/"' not in page
    assert f'{address}withdraw/"' in page
    refused = client.post(f"{address}table/")
    assert refused.status_code == 403
    assert opened_by(Right.TABLE, Stage.ZERO_DRAFT) in refused.content.decode()
    assert "Not at this stage" in refused.content.decode()


def test_what_is_tabled_can_be_withdrawn_at_every_stage(laid):
    own = tabled(laid.charter, laid.cast.reviewer, laid.first, "Other words.")
    at(laid, Stage.ADOPTED)
    client, address = signed_in(laid.cast.reviewer), f"/charters/eurasia/amendments/{own.uuid}/"
    assert f'{address}withdraw/"' in client.get(address).content.decode()
    client.post(f"{address}withdraw/")
    own.refresh_from_db()
    assert own.status == "withdrawn"


def test_the_settings_keep_each_step_and_an_adopted_text_is_opened_on_purpose(laid):
    client = signed_in(laid.cast.chair)
    client.post("/charters/eurasia/settings/", {"stage": "adopted", "note": "Signed in Minsk"})
    page = client.get("/charters/eurasia/settings/")
    assert "Signed in Minsk" in page.content.decode()
    assert "reopen" in page.context["form"].fields
    refused = client.post("/charters/eurasia/settings/", {"stage": "negotiation"})
    assert refused.status_code == 422
    client.post("/charters/eurasia/settings/", {"stage": "negotiation", "reopen": "on"})
    laid.charter.refresh_from_db()
    assert laid.charter.stage == "negotiation"
    history = signed_in(laid.cast.observer).get("/charters/eurasia/history/").content.decode()
    assert "Stage: from “Adopted” to “Negotiation”" in history
    assert "Signed in Minsk" in history
