"""The demonstration as it stands in the database."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts import people
from charter.actions.silence_expiry import end_due
from charter.demo import content
from charter.demo.rehearsal import Text, opening, played
from charter.demo.script import Change, NameEdition, OpenThread, Reply, Resolve, history
from charter.demo.seed import SLUG, seed
from charter.models import AnchorState, Charter, Comment, Party, Rung, Thread
from charter.queries.ladder import rungs_of
from charter.queries.notice_words import sentence
from charter.queries.notices import inbox
from charter.queries.positions import public_positions
from charter.queries.silence import Phase, procedures_of
from charter.queries.stages import steps_of
from charter.queries.statements import statements_of
from charter.queries.texts import text_at
from charter.text.numbering import citations
from charter.text.outline import Outline

pytestmark = pytest.mark.django_db

VOCABULARY_AND_TEXTS = 13  # revisions before the first sitting
LINK = re.compile(r"\]\(#([^)]+)\)")


@pytest.fixture
def charter() -> Charter:
    seed()
    return Charter.objects.get(slug=SLUG)


def final_text() -> Text:
    text = opening(content.zero_draft())
    for step in history():
        if isinstance(step, Change):
            text = played(text, step)
    return text


def plain(outline: Outline) -> list[tuple[str, ...]]:
    """What can be compared without ids: labels, words with the places links lead to, tags."""
    walked = [clause for _, clause in outline.walk()]
    cited = dict(zip((clause.id for clause in walked), citations(outline), strict=True))
    return [
        (
            clause.kind,
            cited[clause.id],
            clause.heading,
            LINK.sub(lambda match: f"→ {cited[match[1]]}", clause.text),
            *sorted(clause.principles),
        )
        for clause in walked
    ]


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_the_charter_reads_as_the_script_says(charter: Charter, language: str) -> None:
    outline = text_at(charter, None, language)
    assert outline.title == content.TITLE[language]
    assert plain(outline) == plain(final_text().outline(language))


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_the_zero_draft_can_be_read_as_it_was(charter: Charter, language: str) -> None:
    number = charter.editions.get(name="Zero draft").revision.number
    outline = text_at(charter, number, language)
    assert plain(outline) == plain(opening(content.zero_draft()).outline(language))


def test_each_change_is_one_revision_by_its_author_at_its_time(charter: Charter) -> None:
    steps = [step for step in history() if isinstance(step, Change)]
    revisions = list(charter.revisions.filter(number__gt=VOCABULARY_AND_TEXTS).order_by("number"))
    emails = {person.key: person.email for person in content.cast()}
    assert [(row.committed_at, row.message, row.author.email) for row in revisions] == [
        (step.at, step.message, emails[step.by]) for step in steps
    ]
    assert charter.head == VOCABULARY_AND_TEXTS + len(steps)
    moments = [row.committed_at for row in charter.revisions.order_by("number")]
    assert moments == sorted(moments)


def test_editions_name_the_text_that_the_sittings_left(charter: Charter) -> None:
    named = [step for step in history() if isinstance(step, NameEdition)]
    editions = list(charter.editions.order_by("revision__number"))
    assert [(row.name, row.symbol) for row in editions] == [
        (step.name, step.symbol) for step in named
    ]
    assert editions[0].revision.number == VOCABULARY_AND_TEXTS
    assert all(row.revision.committed_at < row.named_at for row in editions)
    assert editions[-1].revision.number < charter.head


def test_every_comment_is_there(charter: Charter) -> None:
    said = [step.text for step in history() if isinstance(step, OpenThread | Reply)]
    comments = Comment.objects.filter(thread__charter=charter).order_by("written_at")
    assert [comment.text for comment in comments] == said
    settled = sum(isinstance(step, Resolve) for step in history())
    assert Thread.objects.filter(charter=charter, resolved_at__isnull=False).count() == settled


def test_threads_show_what_became_of_their_words(charter: Charter) -> None:
    threads = list(Thread.objects.filter(charter=charter))
    assert {thread.state for thread in threads} == set(AnchorState.values)
    assert any(thread.quote == "" for thread in threads)
    for thread in threads:
        clause = text_at(charter, None, thread.language).find(str(thread.clause_id))
        if clause and thread.quote and thread.state != AnchorState.ORPHANED:
            assert clause.text[thread.start : thread.end] == thread.quote


def test_the_cast_has_its_seats(charter: Charter) -> None:
    seats = {seat.person.email: seat for seat in charter.memberships.select_related("person")}
    assert set(seats) == {person.email for person in content.cast()}
    for person in content.cast():
        seat = seats[person.email]
        assert seat.person.is_demo
        assert not seat.person.has_usable_password()
        assert seat.role == person.role
        assert (seat.delegation.party.code if seat.delegation else "") == person.party


def test_organisations_have_their_members(charter: Charter) -> None:
    for entry in content.parties():
        party = Party.objects.get(charter=charter, code=entry.code)
        assert {member.code for member in party.members.all()} == set(entry.members)
        assert party.name("ru") == entry.name["ru"]


def test_seeding_again_changes_nothing(charter: Charter) -> None:
    before = (charter.head, charter.digest, Thread.objects.count(), Charter.objects.count())
    people = get_user_model().objects.count()
    seed()
    charter.refresh_from_db()
    assert (charter.head, charter.digest, Thread.objects.count(), Charter.objects.count()) == before
    assert get_user_model().objects.count() == people


def test_what_people_did_since_is_left_alone(charter: Charter) -> None:
    Thread.objects.filter(charter=charter).update(resolved_at=None)
    seed()
    assert not Thread.objects.filter(charter=charter, resolved_at__isnull=False).exists()


def test_cross_references_lead_to_clauses_of_the_charter(charter: Charter) -> None:
    for language in content.LANGUAGES:
        outline = text_at(charter, None, language)
        targets = [UUID(id) for _, clause in outline.walk() for id in LINK.findall(clause.text)]
        assert len(targets) >= 8
        assert {str(target) for target in targets} <= {clause.id for _, clause in outline.walk()}


def test_positions_of_three_delegations_and_some_of_them_stale(charter: Charter) -> None:
    held = public_positions(charter)
    assert {one.code for one in held} == {"BLR", "IND", "KAZ"}
    assert len({one.clause for one in held if one.clause}) >= 12
    stale = sum(one.stale for one in held)
    assert 3 <= stale < len(held) // 2


def test_some_clauses_are_agreed_and_an_edit_brought_some_back(charter: Charter) -> None:
    steps = rungs_of(charter).values()
    assert {step.now for step in steps} == set(Rung)
    assert any(step.fell for step in steps)


def test_one_silence_procedure_runs_and_those_of_the_past_were_kept_and_broken(
    charter: Charter,
) -> None:
    running, *ended = procedures_of(charter)
    assert running.phase(timezone.now()) is Phase.RUNNING
    assert timezone.now() + timedelta(days=5) < running.deadline
    assert [item.citation for item in running.items] == ["A-9"]
    assert [one.state for one in ended] == ["broken", "adopted"]
    assert ended[0].last.delegation
    assert end_due(timezone.now()) == 0, "what runs is not touched"


def test_everybody_follows_something_and_finds_a_little_unread(charter: Charter) -> None:
    for person in people.cast():
        unread = inbox(person, "en", unread=True).notices
        assert 1 <= len(unread) <= 12, person
        assert inbox(person, "en").notices[len(unread) :], "and something that was read"
        for notice in unread:
            assert sentence(notice)
            assert "struck" not in sentence(notice), "what is followed still stands"


def test_delegations_have_made_statements_and_one_withdrew_its_own(charter: Charter) -> None:
    found = statements_of(charter, withdrawn=True)
    assert {one.kind for one in found} == {"reservation", "interpretation", "declaration"}
    assert [one.code for one in found if one.withdrawn] == ["KAZ"]
    assert all(one.citation for one in found if one.clause)


def test_the_charter_is_negotiated_after_a_consultation(charter: Charter) -> None:
    stages = [step.stage for step in reversed(steps_of(charter))]
    assert stages == ["consultation", "negotiation"]
