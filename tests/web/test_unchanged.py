"""A page is sent again only when it would read otherwise, and never an old one or another's."""

from collections.abc import Callable
from datetime import timedelta
from time import sleep

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from charter.actions.charters import change_charter
from charter.actions.editions import name_edition, rename_edition, withdraw_edition
from charter.actions.members import change_member, remove_member
from charter.actions.parties import add_delegation, add_party, change_party
from charter.actions.party_members import add_party_member
from charter.actions.silence import extend_silence, open_silence
from charter.actions.threads import (
    open_thread,
    reanchor_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from charter.models import Membership, Role
from tests.builders import Scene, insert, principle, reword
from tests.cast import person

pytestmark = pytest.mark.django_db

NAMES = ("text", "compare", "history")


@pytest.fixture
def reader(table: Scene, signed_in: Callable[..., Client]) -> Client:
    """The drafter, whose browser has the secret of its forms."""
    client = signed_in(table.cast.drafter)
    client.get(address(table))
    return client


@pytest.fixture
def thread(table: Scene):
    return open_thread(
        actor=table.cast.chair,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        start=4,
        end=11,
        text="Which ones?",
    )


def address(table: Scene, name: str = "text", **query: object) -> str:
    return reverse(name, args=[table.charter.slug], query=query)


def seat_of(table: Scene, someone) -> int:
    return Membership.objects.get(charter=table.charter, person=someone).pk


def ask(client: Client, where: str, tag: str = "", **headers: str):
    return client.get(where, headers={"If-None-Match": tag, **headers} if tag else headers)


def sent_again(client: Client, where: str, act: Callable[[], object]) -> bool:
    """Whether the page is sent anew after `act`; that it would not have been before is checked."""
    tag = ask(client, where)["ETag"]
    assert ask(client, where, tag).status_code == 304
    act()
    answer = ask(client, where, tag)
    assert answer.status_code in (200, 304)
    assert (answer.status_code == 200) == (answer.get("ETag") != tag)
    return answer.status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_has_not_changed_is_not_sent_again(table: Scene, reader: Client, name: str):
    first = ask(reader, address(table, name))
    again = ask(reader, address(table, name), first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]


def test_nor_is_a_revision_or_the_past_of_a_clause_or_of_the_text(table: Scene, reader: Client):
    for where in (
        reverse("revision", args=[table.charter.slug, 2]),
        reverse("clause_history", args=[table.charter.slug, table.first]),
        address(table, at=2),
    ):
        assert ask(reader, where, ask(reader, where)["ETag"]).status_code == 304


@pytest.mark.parametrize("name", NAMES)
def test_a_new_revision_sends_it_again(table: Scene, reader: Client, name: str):
    chair, charter = table.cast.chair, table.charter
    where = address(table, name)
    assert sent_again(reader, where, lambda: reword(charter, chair, table.first, "Other words."))
    assert sent_again(reader, where, lambda: insert(charter, chair, "article", "More."))
    assert sent_again(reader, where, lambda: principle(charter, chair, "balance"))


def test_the_page_sent_again_has_the_new_words(table: Scene, reader: Client):
    tag = ask(reader, address(table))["ETag"]
    reword(table.charter, table.cast.chair, table.first, "Entirely other words.")
    assert "Entirely other words." in ask(reader, address(table), tag).content.decode()


def test_whatever_happens_to_a_thread_sends_it_again(table: Scene, reader: Client, thread):
    chair, charter, where = table.cast.chair, table.charter, address(table)
    said = {"actor": chair, "charter": charter, "thread": thread.pk}
    again = [
        sent_again(reader, where, act)
        for act in (
            lambda: reply(**said, text="These."),
            lambda: reanchor_thread(**said, base=charter.head, start=0, end=3),
            lambda: resolve_thread(**said),
            lambda: reopen_thread(**said),
            lambda: open_thread(
                actor=chair,
                charter=charter,
                clause=table.other,
                language="en",
                base=charter.head,
                text="And here?",
            ),
        )
    ]
    assert again == [True] * 5


def test_a_comment_in_another_charter_does_not(table: Scene, reader: Client):
    from charter.actions.charters import create_charter

    chair = table.cast.chair
    other = create_charter(actor=chair, title="Another", slug="another")
    clause = insert(other, chair, "article", "Words.")
    other.refresh_from_db()

    def elsewhere() -> None:
        open_thread(
            actor=chair,
            charter=other,
            clause=clause,
            language="en",
            base=other.head,
            text="Elsewhere.",
        )

    assert not sent_again(reader, address(table), elsewhere)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_editions_send_it_again(table: Scene, reader: Client, name: str):
    said = {"actor": table.cast.chair, "charter": table.charter}
    where = address(table, name)
    made = []
    assert sent_again(
        reader, where, lambda: made.append(name_edition(**said, number=2, name="Rev.1"))
    )
    edition = made[0].pk
    assert sent_again(reader, where, lambda: rename_edition(**said, edition=edition, name="Rev.2"))
    assert sent_again(reader, where, lambda: withdraw_edition(**said, edition=edition))


def test_another_role_sends_it_again_with_other_tools(table: Scene, reader: Client):
    seat = seat_of(table, table.cast.drafter)
    tag = ask(reader, address(table))["ETag"]
    change_member(actor=table.cast.chair, charter=table.charter, member=seat, role=Role.OBSERVER)
    answer = ask(reader, address(table), tag)
    assert answer.status_code == 200
    assert 'data-may-edit="no"' in answer.content.decode()


def test_a_delegation_and_its_name_send_it_again(table: Scene, reader: Client, thread):
    said = {"actor": table.cast.chair, "charter": table.charter}
    party = add_party(**said, kind="state", code="BY", names={"en": "Belarus"})
    team = add_delegation(**said, party=party.pk, standing="initiator")

    def seated() -> None:
        change_member(
            **said, member=seat_of(table, table.cast.chair), role=Role.CHAIR, delegation=team.pk
        )

    assert sent_again(reader, address(table), seated)
    renamed = {"party": party.pk, "code": "BY", "names": {"en": "Belarus, Republic of"}}
    assert sent_again(reader, address(table), lambda: change_party(**said, kind="state", **renamed))


def test_who_belongs_to_an_organisation_sends_it_again(table: Scene, reader: Client):
    said = {"actor": table.cast.chair, "charter": table.charter}
    body, state = (
        add_party(**said, kind=kind, code=code, names={"en": code}).pk
        for kind, code in (("organisation", "SCO"), ("state", "BY"))
    )

    def joined() -> None:
        add_party_member(**said, organisation=body, member=state)

    assert sent_again(reader, address(table, "convergence"), joined)


def test_the_stage_of_the_charter_sends_it_again(table: Scene, reader: Client):
    said = {"actor": table.cast.chair, "charter": table.charter}
    assert sent_again(reader, address(table), lambda: change_charter(**said, stage="consultation"))


def test_a_person_removed_from_the_table_gets_nothing_for_a_good_tag(table: Scene, reader: Client):
    tag = ask(reader, address(table))["ETag"]
    seat = seat_of(table, table.cast.drafter)
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat)
    assert ask(reader, address(table), tag).status_code == 404


def test_nor_does_somebody_who_signed_out(table: Scene, reader: Client):
    tag = ask(reader, address(table))["ETag"]
    reader.post(reverse("accounts:sign_out"))
    answer = ask(reader, address(table), tag)
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_the_tag_of_one_person_is_not_that_of_another(table: Scene, reader: Client):
    """Even in one browser, with one secret and one role."""
    tag = ask(reader, address(table))["ETag"]
    seat = seat_of(table, table.cast.reviewer)
    change_member(actor=table.cast.chair, charter=table.charter, member=seat, role=Role.DRAFTER)
    other = Client()
    other.force_login(table.cast.reviewer)
    other.cookies["csrftoken"] = reader.cookies["csrftoken"].value
    answer = ask(other, address(table), tag)
    assert answer.status_code == 200
    assert answer["ETag"] != tag


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "ru"), ("appearance", "dark"), ("name", "Somebody Else")],
)
def test_what_a_person_prefers_sends_it_again(table: Scene, reader: Client, field: str, value: str):
    drafter = table.cast.drafter

    def prefers() -> None:
        setattr(drafter, field, value)
        drafter.save()

    assert sent_again(reader, address(table), prefers)


def test_the_name_of_an_author_sends_it_again(table: Scene, reader: Client):
    chair = table.cast.chair

    def renamed() -> None:
        chair.name = "The Chair of All"
        chair.save()

    assert sent_again(reader, address(table), renamed)


def test_the_wish_of_a_browser_for_another_language_sends_it_again(table: Scene, reader: Client):
    drafter = table.cast.drafter
    drafter.language = ""
    drafter.save()
    where = address(table)
    tag = ask(reader, where, **{"Accept-Language": "en"})["ETag"]
    assert ask(reader, where, tag, **{"Accept-Language": "en"}).status_code == 304
    assert ask(reader, where, tag, **{"Accept-Language": "ru"}).status_code == 200


def test_each_question_has_its_own_tag(table: Scene, reader: Client):
    asked = ({}, {"language": "ru"}, {"at": 2}, {"at": 3}, {"resolved": 1}, {"principle": "a"})
    tags = {ask(reader, address(table, **query))["ETag"] for query in asked}
    assert len(tags) == len(asked)


def test_a_page_with_a_message_is_shown_once(table: Scene, reader: Client):
    where, tag = address(table), ask(reader, address(table))["ETag"]
    reader.post(
        reverse("clause_strike", args=[table.charter.slug, table.other]),
        {"base": table.charter.head},
    )
    with_message = ask(reader, where, tag)
    assert with_message.status_code == 200
    assert '<p class="success">' in with_message.content.decode()
    assert "ETag" not in with_message
    after = ask(reader, where)
    assert '<p class="success">' not in after.content.decode()
    assert "ETag" in after


def test_the_forms_of_a_kept_page_can_be_sent(table: Scene):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(table.cast.drafter)
    strict.get(address(table))
    kept = ask(strict, address(table))
    assert ask(strict, address(table), kept["ETag"]).status_code == 304
    token = kept.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = reverse("thread_open", args=[table.charter.slug, table.first])
    typed = {"language": "en", "base": table.charter.head, "text": "Which ones?"}
    answer = strict.post(form, {**typed, "start": "", "end": "", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_another_secret_of_forms_sends_the_page_again(table: Scene, reader: Client):
    def rotated() -> None:
        reader.cookies["csrftoken"] = "x" * 32

    assert sent_again(reader, address(table), rotated)


def test_without_a_secret_there_is_no_tag(table: Scene, reader: Client):
    tag = ask(reader, address(table))["ETag"]
    del reader.cookies["csrftoken"]
    answer = ask(reader, address(table), tag)
    assert answer.status_code == 200
    assert "ETag" not in answer


def test_a_question_that_is_refused_has_no_tag(table: Scene, reader: Client):
    answer = ask(reader, address(table, at=99))
    assert answer.status_code == 404
    assert "ETag" not in answer


def test_finding_out_takes_three_queries_however_much_there_is(
    table: Scene, reader: Client, django_assert_num_queries
):
    """Session, person, stamp."""
    chair, charter = table.cast.chair, table.charter
    for more in (0, 5):
        for n in range(more):
            clause = insert(charter, chair, "article", f"Words {n}.")
            charter.refresh_from_db()
            open_thread(
                actor=chair,
                charter=charter,
                clause=clause,
                language="en",
                base=charter.head,
                text="Why?",
            )
        tag = ask(reader, address(table))["ETag"]
        with django_assert_num_queries(3):
            assert ask(reader, address(table), tag).status_code == 304


def test_a_stranger_with_a_tag_learns_nothing(table: Scene, reader: Client):
    tag = ask(reader, address(table))["ETag"]
    stranger = Client()
    stranger.force_login(person("another"))
    assert ask(stranger, address(table), tag).status_code == 404


def test_a_deadline_that_passes_sends_it_again_before_anybody_ends_the_silence(
    table: Scene, reader: Client
):
    deadline = timezone.now() + timedelta(seconds=1)
    open_silence(
        actor=table.cast.chair,
        charter=table.charter,
        clauses=[table.other],
        deadline=deadline,
        at=timezone.now() - timedelta(days=1),
    )

    def passes() -> None:
        while timezone.now() <= deadline:
            sleep(0.05)

    assert sent_again(reader, address(table), passes)


def test_an_extended_deadline_sends_it_again(table: Scene, reader: Client):
    said = {"actor": table.cast.chair, "charter": table.charter}
    soon = timezone.now() + timedelta(days=3)
    silence = open_silence(**said, clauses=[table.other], deadline=soon)
    later = soon + timedelta(days=1)
    assert sent_again(
        reader,
        address(table),
        lambda: extend_silence(**said, silence=silence.number, deadline=later),
    )
