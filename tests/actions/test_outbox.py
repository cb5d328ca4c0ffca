"""What happens is written down for the webhooks, with the change or not at all."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from charter.actions.amendment_threads import open_amendment_thread
from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.charters import change_charter, create_charter
from charter.actions.editions import name_edition, rename_edition, withdraw_edition
from charter.actions.ladder import set_rung
from charter.actions.members import add_member, change_member, remove_member
from charter.actions.parties import (
    add_delegation,
    add_party,
    change_delegation,
    change_party,
    remove_delegation,
    remove_party,
)
from charter.actions.party_members import (
    add_party_member,
    change_party_member,
    remove_party_member,
    set_party_members,
)
from charter.actions.proposals import propose_rewording
from charter.actions.register import import_register, preview_register
from charter.actions.silence import call_off_silence, open_silence
from charter.actions.statements import make_statement, withdraw_statement
from charter.actions.threads import (
    open_thread,
    reanchor_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from charter.actions.values import Words
from charter.actions.webhooks import OFFERED, add_webhook, change_webhook, withdraw_webhook
from charter.formats import register
from charter.models import Delivery, EventName, Membership, OutboxEntry, Webhook
from charter.queries.webhook_messages import message_of
from tests.builders import FIRST, SECOND, insert, principle, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db

URL = "https://example.org/told"


@pytest.fixture
def laid():
    return scene()


@pytest.fixture
def hook(laid) -> Webhook:
    return listening(laid)


def listening(laid, *events: str) -> Webhook:
    made, _secret = add_webhook(
        actor=laid.cast.chair, charter=laid.charter, url=URL, events=events or OFFERED
    )
    return made


def told() -> list[dict]:
    return [message_of(entry) for entry in OutboxEntry.objects.order_by("pk")]


def test_where_nobody_listens_nothing_is_written(laid):
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert not OutboxEntry.objects.exists()


def test_a_revision_is_told_with_its_clauses_cited_and_none_of_their_words(laid, hook):
    reword(laid.charter, laid.cast.drafter, laid.second, "Secret new words.", message="Said aside")
    (entry,) = OutboxEntry.objects.all()
    message = message_of(entry)
    charter, drafter = laid.charter, laid.cast.drafter
    charter.refresh_from_db()
    assert message["type"] == "revision.committed"
    assert message["timestamp"] == entry.created_at.isoformat()
    assert message["data"] == {
        "charter": {"id": str(charter.uuid), "slug": "eurasia"},
        "by": {"id": str(drafter.uuid), "name": "Drafter"},
        "revision": 6,
        "committed_at": charter.revisions.get(number=6).committed_at.isoformat(),
        "cause": "edit",
        "digest": charter.digest,
        "clauses_changed": 1,
        "clauses": [
            {
                "id": str(laid.second),
                "citation": "Article 1(2)",
                "changes": ["reworded"],
                "languages": ["en"],
            }
        ],
    }


def test_the_citation_is_the_one_the_clause_had_in_that_revision(laid, hook):
    reword(laid.charter, laid.cast.drafter, laid.second, "Other words.")
    insert(laid.charter, laid.cast.drafter, "article", "Before all.", before=laid.article)
    assert told()[0]["data"]["clauses"][0]["citation"] == "Article 1(2)"


def everything(laid) -> None:
    """Each kind of thing that is told of, once or more, with words in all of them."""
    chair, charter = laid.cast.chair, laid.charter
    reword(charter, laid.cast.drafter, laid.first, "Whispered words.", message="Whispered why")
    principle(charter, chair, "whispered")
    charter.refresh_from_db()
    said = {"actor": chair, "charter": charter}
    thread = open_thread(
        **said, clause=laid.second, language="en", base=charter.head, text="Whispered doubts"
    ).pk
    reply(**said, thread=thread, text="Whispered answer")
    reanchor_thread(**said, thread=thread, base=charter.head, start=0, end=3)
    resolve_thread(**said, thread=thread)
    reopen_thread(**said, thread=thread)
    stranger = add_member(**said, person=laid.cast.stranger, role="observer")
    change_member(**said, member=stranger.pk, role="reviewer")
    remove_member(**said, member=stranger.pk)
    edition = name_edition(**said, number=2, name="Rev.1", symbol="EC/1")
    rename_edition(**said, edition=edition.pk, name="Rev.2")
    withdraw_edition(**said, edition=edition.pk)
    change_charter(**said, stage="negotiation", title="A whispered title")


def test_everything_that_happens_is_told_in_its_order(laid, hook):
    everything(laid)
    names = [(message["type"], message["data"].get("change", "")) for message in told()]
    assert names == [
        ("revision.committed", ""),
        ("revision.committed", ""),
        ("thread.changed", "opened"),
        ("thread.changed", "answered"),
        ("thread.changed", "anchored"),
        ("thread.changed", "resolved"),
        ("thread.changed", "reopened"),
        ("membership.changed", "gained"),
        ("membership.changed", "changed"),
        ("membership.changed", "lost"),
        ("edition.named", ""),
        ("edition.named", ""),
        ("edition.withdrawn", ""),
        ("charter.changed", ""),
    ]
    assert Delivery.objects.count() == len(names)


def test_no_message_has_a_word_of_the_text_or_of_the_discussion(laid, hook):
    everything(laid)
    said = json.dumps(told())
    stored = json.dumps(list(OutboxEntry.objects.values_list("payload", flat=True)))
    for words in ("hisper", FIRST, SECOND, "sovereignty", "A charter of tests", "Openness"):
        assert words not in said + stored


def test_a_thread_is_told_with_its_clause(laid, hook):
    charter = laid.charter
    charter.refresh_from_db()
    thread = open_thread(
        actor=laid.cast.reviewer,
        charter=charter,
        clause=laid.second,
        language="en",
        base=charter.head,
        text="Why?",
    )
    (message,) = told()
    data = message["data"]
    assert (data["thread"], data["language"]) == (thread.pk, "en")
    assert data["clause"] == {"id": str(laid.second), "citation": "Article 1(2)"}
    assert data["by"]["name"] == "Reviewer"


def test_a_thread_on_an_amendment_is_told_of_unless_it_is_of_a_draft(laid, hook):
    author = {"actor": laid.cast.chair, "charter": laid.charter}
    made = tabled(laid.charter, laid.cast.chair, laid.first, "Other words.")
    draft = draft_amendment(**author)
    before = len(told())
    open_amendment_thread(**author, amendment=draft.uuid, text="A whisper.")
    assert len(told()) == before
    thread = open_amendment_thread(**author, amendment=made.uuid, text="Why?")
    message = told()[-1]
    assert (message["type"], message["data"]["change"]) == ("thread.changed", "opened")
    assert message["data"]["thread"] == str(thread.uuid)
    assert message["data"]["amendment"] == {"id": str(made.uuid), "number": 1}
    assert "amendment_thread" not in message["data"] and "Why" not in json.dumps(message)


def test_an_amendment_is_told_of_once_it_is_on_the_table_and_a_draft_never(laid, hook):
    author = {"actor": laid.cast.chair, "charter": laid.charter}
    draft = draft_amendment(**author, title="A whispered title")
    propose_rewording(
        **author,
        amendment=draft.uuid,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words(text="Whispered words."),
    )
    assert told() == []
    table_amendment(**author, amendment=draft.uuid)
    (message,) = told()
    assert message["type"] == "amendment.changed"
    assert message["data"]["id"] == str(draft.uuid)
    assert (message["data"]["number"], message["data"]["status"]) == (1, "tabled")
    assert "hisper" not in json.dumps(message)
    assert "amendment" not in message["data"]  # a row's key counts the drafts of others


def test_one_is_told_only_of_what_one_listens_for(laid):
    editions, all_ = listening(laid, "edition.named"), listening(laid)
    everything(laid)
    assert {one.entry.event for one in editions.deliveries.all()} == {"edition.named"}
    assert all_.deliveries.count() > editions.deliveries.count() == 2
    shared = OutboxEntry.objects.filter(event="edition.named").first()
    assert shared.deliveries.count() == 2


@pytest.mark.parametrize("how", ["off", "stopped", "withdrawn"])
def test_one_that_is_off_is_told_nothing(laid, hook, how):
    said = {"actor": laid.cast.chair, "charter": laid.charter, "webhook": hook.pk}
    if how == "off":
        change_webhook(**said, url=URL, events=OFFERED, active=False)
    elif how == "stopped":
        Webhook.objects.update(stopped_at=hook.created_at)
    else:
        withdraw_webhook(**said)
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert not OutboxEntry.objects.exists()


def test_another_charters_webhooks_are_told_nothing(laid, hook):
    other = scene_elsewhere(laid)
    reword(other, laid.cast.chair, insert(other, laid.cast.chair, "article", "One."), "Two.")
    assert not OutboxEntry.objects.exists()


def scene_elsewhere(laid):
    return create_charter(actor=laid.cast.chair, title="Another", slug="another")


def test_a_silence_procedure_is_told_by_its_number_and_without_what_was_said(laid):
    listening(laid, "silence.changed")
    deadline = timezone.now().replace(microsecond=0) + timedelta(days=2)
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    open_silence(**act, clauses=[laid.first], deadline=deadline, invitation="Secret words.")
    call_off_silence(**act, silence=1, note="Secret reason.")
    opened, called_off = told()
    assert opened["type"] == called_off["type"] == "silence.changed"
    assert {key: opened["data"][key] for key in ("change", "number", "kind", "deadline")} == {
        "change": "opened",
        "number": 1,
        "kind": "clauses",
        "deadline": deadline.isoformat(),
    }
    assert (called_off["data"]["change"], called_off["data"]["state"]) == ("called_off",) * 2
    assert "silence" not in opened["data"], "no key of the database's own"
    assert "Secret" not in json.dumps([opened, called_off])


def test_statements_are_told_without_their_words(laid):
    listening(laid, "statement.changed")
    seated(laid.charter, laid.cast.chair, laid.cast.drafter, "KAZ")
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = make_statement(**act, kind="declaration", text="Secret words.", clause=laid.other)
    withdraw_statement(**act, statement=made.uuid, note="Secret reason.")
    stated, withdrawn = told()
    assert stated["data"] == {
        **withdrawn["data"],
        "change": "made",
        "id": str(made.uuid),
        "number": 1,
        "kind": "declaration",
        "delegation": "KAZ",
        "clause": str(laid.other),
    }
    assert withdrawn["data"]["change"] == "withdrawn"
    assert "Secret" not in json.dumps([stated, withdrawn])
    assert "statement" not in stated["data"], "no key of the database's own"


def test_a_step_on_the_ladder_is_told(laid):
    listening(laid, "rung.changed")
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    set_rung(**act, clause=laid.first, rung="agreed", note="Secret reason.")
    (one,) = told()
    said = {key: one["data"][key] for key in ("clause", "rung", "revision")}
    assert said == {"clause": str(laid.first), "rung": "agreed", "revision": 5}
    assert "step" not in one["data"], "no key of the database's own"
    assert "Secret" not in json.dumps(one)


def test_each_change_of_the_register_is_told_by_the_codes_of_its_parties(laid):
    listening(laid, "register.changed")
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    state, holder, spare = (
        add_party(**act, kind=kind, code=code, names={"en": code}).pk
        for kind, code in (("state", "KAZ"), ("organisation", "CSTO"), ("state", "UZB"))
    )
    team = add_delegation(**act, party=state, standing="participant").pk
    change_delegation(**act, delegation=team, standing="observer")
    held = add_party_member(**act, organisation=holder, member=state).pk
    change_party_member(**act, membership=held, since=date(1992, 5, 15), until=None)
    remove_party_member(**act, membership=held)
    set_party_members(**act, organisation=holder, members=[state])
    change_party(**act, party=spare, kind="state", code="UZ", names={"en": "Uzbekistan"})
    remove_party(**act, party=spare)
    remove_delegation(**act, delegation=team)
    assert [one["data"]["parties"] for one in told()] == [
        *(["KAZ"], ["CSTO"], ["UZB"], ["KAZ"], ["KAZ"]),
        *(["CSTO", "KAZ"],) * 3,
        *(["CSTO"], ["UZ", "UZB"], ["UZ"], ["KAZ"]),
    ]


def test_a_register_from_a_file_is_told_once_and_its_trial_never(laid):
    listening(laid, "register.changed")
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    read = register.read(b"code,kind,name_en\nKAZ,state,Kazakhstan\nUZB,state,Uzbekistan\n").entries
    preview_register(**act, read=read)
    assert told() == []
    import_register(**act, read=read)
    import_register(**act, read=read)
    assert [one["data"]["parties"] for one in told()] == [["KAZ", "UZB"]]


def test_what_is_taken_back_is_not_told(laid, hook):
    with pytest.raises(RuntimeError), transaction.atomic():
        reword(laid.charter, laid.cast.drafter, laid.first, "Never said.")
        assert OutboxEntry.objects.exists()
        raise RuntimeError
    assert not OutboxEntry.objects.exists()
    laid.charter.refresh_from_db()
    assert laid.charter.head == 5


def test_a_change_that_cannot_be_written_down_is_not_made(laid, hook, monkeypatch):
    def full(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(OutboxEntry.objects, "create", full)
    seats = Membership.objects.count()
    with pytest.raises(OSError, match="no room"):
        add_member(
            actor=laid.cast.chair, charter=laid.charter, person=laid.cast.stranger, role="observer"
        )
    assert Membership.objects.count() == seats


def test_a_long_list_of_clauses_is_cut_and_counted(laid, hook, monkeypatch):
    monkeypatch.setattr("charter.queries.webhook_messages.CLAUSES", 0)
    reword(laid.charter, laid.cast.drafter, laid.second, "Other words.")
    data = told()[0]["data"]
    assert (data["clauses"], data["clauses_changed"]) == ([], 1)


def test_every_event_has_its_name():
    assert {name.value for name in EventName} - {"webhook.tested"} == {
        name.value for name in OFFERED
    }
