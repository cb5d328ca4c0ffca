"""Invitations by the API: the chair's, and those to oneself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import people
from charter.actions.invitations import invite_member
from charter.models import Invitation, KeptAnswer, Membership
from tests.api.calling import problem
from tests.cast import person

LIST = "charters/eurasia/invitations/"
OWN = "me/invitations/"
GUEST = {"email": "Guest@example.org", "name": "A guest", "role": "drafter"}


def invited(table, email: str = "guest@example.org", **more):
    at = {"actor": table.cast.chair, "charter": table.charter, "role": "drafter"}
    return invite_member(**at, email=email, **more)


def key_in(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def test_the_chair_keeps_a_seat_and_whoever_has_the_key_takes_it(table, call):
    made = call(table.cast.chair).post(LIST, GUEST)
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    said = made.json()
    assert said["link"].startswith("http://testserver/invitations/")
    assert said["letter_sent"] is False
    read = call(table.cast.chair).get(made["Location"]).json()
    assert read == said["invitation"]
    assert (read["email"], read["state"], read["invited_by"]) == (
        "guest@example.org",
        "open",
        "Chair",
    )
    taken = call(table.cast.stranger).post("invitations/", {"key": key_in(said["link"])})
    assert taken.status_code == 201
    assert taken.json()["charter"] == "eurasia"
    assert call(table.cast.stranger).get(taken["Location"]).json()["role"] == "drafter"
    assert problem(call(table.cast.chair).get(made["Location"]))["code"] == "not_found"


def test_no_list_and_no_repeat_shows_a_link_again(table, call):
    chair = call(table.cast.chair)
    made = chair.post(LIST, GUEST, key="once")
    key = key_in(made.json()["link"])
    assert key not in chair.get(LIST).content.decode()
    assert problem(chair.post(LIST, GUEST, key="once"))["code"] == "shown_once"
    assert Invitation.objects.count() == 1
    assert key not in str(list(KeptAnswer.objects.values()))


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(table, call):
    person("known")
    chair = call(table.cast.chair)
    chair.post(LIST, GUEST)
    answers, costs = [], []
    for email in ("known@example.org", "other@example.org"):
        with CaptureQueriesContext(connection) as captured:
            answer = chair.post(LIST, GUEST | {"email": email})
        costs.append(len(captured))
        answers.append((answer.status_code, len(answer.content) - len(email)))
    assert costs[0] == costs[1]
    assert answers[0][0] == answers[1][0] == 201
    assert abs(answers[0][1] - answers[1][1]) <= 2  # ids and fractions of a second


def test_a_key_opens_once_and_a_forged_one_never(table, call):
    issued = invited(table)
    key = {"key": issued.key}
    assert problem(call(table.cast.stranger).post("invitations/", {"key": "forged"}))["code"] == (
        "no_such"
    )
    assert problem(call(table.cast.observer).post("invitations/", key))["code"] == "already_there"
    assert call(table.cast.stranger).post("invitations/", key).status_code == 201
    assert problem(call(person("second")).post("invitations/", key))["code"] == "used"


def test_a_withdrawn_one_opens_nothing(table, call):
    issued, chair = invited(table), call(table.cast.chair)
    address = f"{LIST}{issued.invitation.pk}/"
    assert problem(chair.delete(address))["code"] == "precondition_required"
    assert chair.delete(address, match=chair.get(address)["ETag"]).status_code == 204
    assert problem(chair.get(address))["code"] == "not_found"
    answer = call(table.cast.stranger).post("invitations/", {"key": issued.key})
    assert problem(answer)["code"] == "withdrawn"


def test_an_old_one_is_renewed_with_another_link(table, call):
    issued, chair = invited(table), call(table.cast.chair)
    Invitation.objects.update(expires_at=issued.invitation.created_at)
    address = f"{LIST}{issued.invitation.pk}/"
    assert chair.get(address).json()["state"] == "expired"
    answer = call(table.cast.stranger).post("invitations/", {"key": issued.key})
    assert problem(answer)["code"] == "expired"
    renewed = chair.post(f"{address}renew/")
    assert renewed.status_code == 201
    assert renewed["Cache-Control"] == "no-store"
    key = key_in(renewed.json()["link"])
    assert call(table.cast.stranger).post("invitations/", {"key": key}).status_code == 201
    assert problem(chair.post(f"{address}renew/"))["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"role": "drafter"}, "invalid"),
        ({"email": "nobody", "role": "drafter"}, "invalid"),
        ({"email": "a@example.org", "role": "king"}, "invalid"),
        ({"email": "a@example.org", "role": "drafter", "delegation": 10**8}, "no_such"),
        ({"email": "drafter@example.org", "role": "chair"}, "already_there"),
        ({"email": "a@example.org", "name": "a\u202eb", "role": "drafter"}, "hidden_words"),
    ],
)
def test_a_seat_is_kept_for_an_address_that_has_none(table, call, body, code):
    assert problem(call(table.cast.chair).post(LIST, body))["code"] == code
    assert not Invitation.objects.exists()


def test_only_the_chair_keeps_seats_and_sees_for_whom(table, call):
    issued = invited(table)
    address = f"{LIST}{issued.invitation.pk}/"
    for somebody, code in ((table.cast.drafter, "forbidden"), (table.cast.stranger, "not_found")):
        caller = call(somebody)
        for answer in (
            caller.get(LIST),
            caller.post(LIST, GUEST),
            caller.get(address),
            caller.delete(address, match='"x"'),
            caller.post(f"{address}renew/"),
        ):
            assert problem(answer)["code"] == code
    assert problem(call(None).post("invitations/", {"key": issued.key}))["code"] == "not_signed_in"
    reader = call(table.cast.stranger, "read")
    assert problem(reader.post("invitations/", {"key": issued.key}))["code"] == "read_only_token"


# --- to oneself ---------------------------------------------------------------------------------


def test_who_owns_the_address_sees_takes_and_declines(table, call):
    guest = person("guest")
    people.confirm(guest)
    issued, caller = invited(table), call(guest)
    (found,) = caller.get(OWN).json()["items"]
    assert (found["id"], found["title"]) == (issued.invitation.pk, table.charter.title)
    assert "eurasia" not in str(found)
    assert caller.post(f"{OWN}{found['id']}/decline/").status_code == 204
    again = invited(table).invitation.pk
    taken = caller.post(f"{OWN}{again}/accept/")
    assert (taken.status_code, taken.json()["role"]) == (201, "drafter")
    assert caller.get(OWN).json()["items"] == []


def test_who_only_typed_the_address_in_does_not(table, call):
    squatter, issued = person("guest"), invited(table)
    caller = call(squatter)
    assert caller.get(OWN).json()["items"] == []
    for act in ("accept", "decline"):
        answer = caller.post(f"{OWN}{issued.invitation.pk}/{act}/")
        assert problem(answer)["code"] == "not_found"
    assert not Membership.objects.filter(person=squatter).exists()


def test_the_lists_take_as_many_queries_however_long_they_are(table, call, queries):
    guest = person("guest")
    people.confirm(guest)
    invited(table)
    chair, caller = call(table.cast.chair), call(guest)
    before = queries(lambda: chair.get(LIST)), queries(lambda: caller.get(OWN))
    for nth in range(4):
        invited(table, f"guest{nth}@example.org")
    assert (queries(lambda: chair.get(LIST)), queries(lambda: caller.get(OWN))) == before
    assert max(before) <= 5
