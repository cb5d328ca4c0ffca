"""The same request sent again: one effect, one answer."""

from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from charter.actions.members import remove_member
from charter.models import Comment, Edition, KeptAnswer, Membership, Revision
from tests.api.calling import Caller, caller, problem
from tests.builders import scene

CHARTER = "charters/eurasia/"
EDITIONS = CHARTER + "editions/"
BODY = {"revision": 2, "name": "Rev.1"}
TIMES = 50


def test_a_repeat_is_answered_the_same_and_does_nothing(table, call):
    chair = call(table.cast.chair)
    first = chair.post(EDITIONS, BODY, key="one")
    again = chair.post(EDITIONS, BODY, key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert not first.has_header("Idempotent-Replayed")
    assert Edition.objects.count() == 1


def test_a_repeat_outlives_what_it_was_made_against(table, call):
    chair = call(table.cast.chair)
    there = f"{CHARTER}clauses/{table.first}/"
    body = {"words": {"en": {"text": "Once."}}}
    first = chair.patch(there, body, match=5, key="edit")
    again = chair.patch(there, body, match=5, key="edit")
    assert first.json() == again.json()
    assert first["ETag"] == again["ETag"]
    assert Revision.objects.count() == 6


def test_a_key_belongs_to_one_request(table, call):
    chair = call(table.cast.chair)
    chair.post(EDITIONS, BODY, key="one")
    other = chair.post(EDITIONS, {**BODY, "name": "Rev.2"}, key="one")
    assert (other.status_code, problem(other)["code"]) == (422, "key_reused")
    there = f"{CHARTER}clauses/{table.first}/"
    chair.patch(there, {"numeral": "1a"}, match=5, key="one")
    later = chair.patch(there, {"numeral": "1a"}, match=6, key="one")
    assert problem(later)["code"] == "key_reused"


def test_a_key_is_ones_own_and_of_one_address(table, call):
    chair, reviewer = call(table.cast.chair), call(table.cast.reviewer)
    body = {"clause": str(table.first), "text": "Why?"}
    answers = [who.post(CHARTER + "threads/", body, key="k") for who in (chair, reviewer)]
    assert answers[0].json()["id"] != answers[1].json()["id"]
    number = answers[0].json()["id"]
    said = {"text": "Because."}
    for one in answers:
        chair.post(f"{CHARTER}threads/{one.json()['id']}/comments/", said, key="k")
    assert Comment.objects.filter(text="Because.").count() == 2
    another = call(table.cast.chair)
    another.post(f"{CHARTER}threads/{number}/comments/", said, key="k")
    assert Comment.objects.filter(text="Because.").count() == 2, "another token, the same person"


def test_what_was_refused_may_be_tried_again(table, call):
    chair = call(table.cast.chair)
    assert chair.post(EDITIONS, {**BODY, "revision": 99}, key="one").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert chair.post(EDITIONS, BODY, key="one").status_code == 201


def test_an_answer_is_given_again_only_to_whoever_may_still_see_it(table, call):
    somebody = call(table.cast.drafter)
    body = {"clause": str(table.first), "text": "Why?"}
    assert somebody.post(CHARTER + "threads/", body, key="k").status_code == 201
    seat = Membership.objects.get(charter=table.charter, person=table.cast.drafter)
    Membership.objects.filter(pk=seat.pk).update(role="observer")
    assert problem(somebody.post(CHARTER + "threads/", body, key="k"))["code"] == "forbidden"
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    assert problem(somebody.post(CHARTER + "threads/", body, key="k"))["code"] == "not_found"


def test_a_charter_that_was_begun_and_left_is_not_told_of_again(table, call):
    stranger = call(table.cast.stranger)
    body = {"title": "Mine", "slug": "mine"}
    assert stranger.post("charters/", body, key="k").status_code == 201
    assert stranger.post("charters/", body, key="k").json()["slug"] == "mine"
    Membership.objects.filter(person=table.cast.stranger).delete()
    assert problem(stranger.post("charters/", body, key="k"))["code"] == "not_found"


def test_a_key_is_forgotten_after_a_day(table, call):
    chair = call(table.cast.chair)
    chair.post(EDITIONS, BODY, key="one")
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert problem(chair.post(EDITIONS, BODY, key="one"))["code"] == "already_there"
    assert chair.post(EDITIONS, {**BODY, "name": "Rev.2"}, key="two").status_code == 201
    assert [kept.key for kept in KeptAnswer.objects.all()] == ["two"]


@pytest.mark.parametrize("key", ["", "a b", "é", "a" * 201])
def test_a_key_is_a_plain_word(key, table, call):
    assert problem(call(table.cast.chair).post(EDITIONS, BODY, key=key))["code"] == "bad_key"


def test_an_upload_is_the_same_whatever_holds_its_parts_apart(table, call):
    secret = call(table.cast.chair).secret
    text = b"# A charter of tests\n\n## Article 1\n\nOne sentence.\n"

    def upload(content: bytes):
        file = SimpleUploadedFile("new.md", content, "text/markdown")
        headers = {
            "Authorization": f"Bearer {secret}",
            "If-Match": '"5"',
            "Idempotency-Key": "upload",
        }
        return Client().post(f"/api/v1/{CHARTER}imports/", {"file": file}, headers=headers)

    first, again = upload(text), upload(text)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Revision.objects.count() == 6
    assert problem(upload(text + b"\nMore.\n"))["code"] == "key_reused"


def at_once(times: int, ask) -> list:
    """Do the same in as many threads, each with a connection of its own, all at one moment."""
    ready, answers = Barrier(times), []

    def run() -> None:
        try:
            ready.wait(30)
            answers.append(ask())
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_fifty_repeats_at_once_have_one_effect():
    table = scene()
    secret = caller(table.cast.chair).secret
    body = {"clause": str(table.first), "text": "Once."}
    answers = at_once(TIMES, lambda: Caller(secret).post(CHARTER + "threads/", body, key="once"))
    assert len(answers) == TIMES
    done = [answer for answer in answers if answer.status_code == 201]
    busy = [answer for answer in answers if answer.status_code == 409]
    assert len(done) + len(busy) == TIMES
    assert {answer.content for answer in done} == {done[0].content}
    assert Comment.objects.count() == 1
    assert sum(not answer.has_header("Idempotent-Replayed") for answer in done) == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_repeats_at_once_of_an_edit_make_one_revision():
    table = scene()
    secret = caller(table.cast.chair).secret
    there = f"{CHARTER}clauses/{table.first}/"
    body = {"words": {"en": {"text": "Once and for all."}}}
    answers = at_once(TIMES, lambda: Caller(secret).patch(there, body, match=5, key="edit"))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert {a.json()["revision"] for a in answers if a.status_code == 200} == {6}
    assert Revision.objects.filter(charter=table.charter).count() == 6


@pytest.mark.django_db(transaction=True)
def test_the_second_does_the_work_when_the_first_one_fails(monkeypatch):
    table = scene()
    secret = caller(table.cast.chair).secret
    from charter.api import editions

    plain, calls = editions.actions.name_edition, []

    def first_fails(**given):
        calls.append(1)
        made = plain(**given)
        if len(calls) == 1:
            raise RuntimeError("the process dies here")
        return made

    monkeypatch.setattr(editions.actions, "name_edition", first_fails)
    with pytest.raises(RuntimeError):
        Caller(secret).post(EDITIONS, BODY, key="one")
    assert not Edition.objects.exists()
    assert Caller(secret).post(EDITIONS, BODY, key="one").status_code == 201
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_repeat_waits_for_the_first_one_and_not_for_ever(monkeypatch):
    table = scene()
    secret = caller(table.cast.chair).secret
    from charter.actions import repeats
    from charter.api import editions

    monkeypatch.setattr(repeats, "PATIENCE", 200)
    under_way, go_on = Event(), Event()
    plain = editions.actions.name_edition

    def slowly(**given):
        under_way.set()
        go_on.wait(30)
        return plain(**given)

    monkeypatch.setattr(editions.actions, "name_edition", slowly)
    answers = []

    def first() -> None:
        answers.append(Caller(secret).post(EDITIONS, BODY, key="one"))
        connections.close_all()

    thread = Thread(target=first)
    thread.start()
    assert under_way.wait(30)
    busy = Caller(secret).post(EDITIONS, BODY, key="one")
    assert (busy.status_code, problem(busy)["code"]) == (409, "still_busy")
    assert busy["Retry-After"]
    go_on.set()
    thread.join(30)
    assert answers[0].status_code == 201
    again = Caller(secret).post(EDITIONS, BODY, key="one")
    assert again.content == answers[0].content
