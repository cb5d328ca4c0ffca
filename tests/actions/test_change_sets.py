"""Change sets: many operations, one revision or none."""

from uuid import uuid4

import pytest

from charter.actions.change_sets import MOST, commit_changes
from charter.actions.clauses import strike_clause
from charter.actions.operations import (
    Insert,
    Move,
    New,
    Recast,
    Restore,
    Reword,
    Strike,
    Tag,
)
from charter.actions.refusals import (
    AlreadyThere,
    IsStruck,
    Missing,
    NoSuch,
    StaleWording,
    TooLong,
    WouldNotNest,
)
from charter.actions.threads import open_thread
from charter.actions.values import Words
from charter.models import Cause, Clause, Revision, Wording
from charter.queries.history import revision_of
from charter.queries.texts import text_at
from charter.queries.verification import verify
from charter.text.numbering import labels
from tests.builders import FIRST, SECOND, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return scene()


def commit(table, *operations, base=None, **more):
    table.charter.refresh_from_db()
    return commit_changes(
        actor=table.cast.drafter,
        charter=table.charter,
        base=table.charter.head if base is None else base,
        operations=operations,
        **more,
    )


def said(text, heading=""):
    return {"en": Words(heading, text)}


def printed(table):
    outline = text_at(table.charter)
    return [
        (label, clause.heading or clause.text)
        for label, (_depth, clause) in zip(labels(outline), outline.walk(), strict=True)
    ]


def test_all_operations_are_one_revision(table):
    slug = principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    head = table.charter.head
    done = commit(
        table,
        Insert("article", said("", "Peace"), before=table.other, name="peace"),
        Insert("paragraph", said("Peace is kept."), parent=New("peace"), name="kept"),
        Insert("paragraph", said("War is not."), parent=New("peace"), before=New("kept")),
        Move(table.second, parent=New("peace")),
        Reword(table.first, said("The Parties shall respect each other.")),
        Recast(New("kept"), numeral="1 bis"),
        Tag(New("kept"), (slug,)),
        Strike(table.other),
        message="All at once",
    )
    assert done.revision.number == head + 1
    assert Revision.objects.filter(charter=table.charter).count() == head + 1
    assert printed(table) == [
        ("Article 1", "Principles"),
        ("", "The Parties shall respect each other."),
        ("Article 2", "Peace"),
        ("1.", "War is not."),
        ("1 bis.", "Peace is kept."),
        ("2.", SECOND),
    ]
    kept = text_at(table.charter).find(str(done.named["kept"]))
    assert kept.principles == (slug,)
    assert len(done.clauses) == 8 and done.clauses[1] == done.named["kept"]
    assert verify(table.charter).ok
    touched = revision_of(table.charter, head + 1).touched
    assert len(touched) == 6


def test_one_refusal_undoes_all_and_says_which_it_was(table):
    before, head = printed(table), table.charter.head
    with pytest.raises(WouldNotNest) as refused:
        commit(
            table,
            Reword(table.first, said("Something else.")),
            Insert("preamble", said("In the wrong place"), parent=table.article),
        )
    assert refused.value.operation == 1
    assert printed(table) == before
    table.charter.refresh_from_db()
    assert table.charter.head == head


def test_what_was_given_twice_is_held_against_the_first(table):
    done = commit(
        table,
        Reword(table.first, said("First thought.")),
        Reword(table.first, said("Second thought.")),
    )
    assert Wording.objects.get(clause=table.first).text == "Second thought."
    assert Wording.history.filter(revision=done.revision).count() == 1


def test_an_edit_of_others_survives_two_operations_on_the_same_words(table):
    base = table.charter.head
    reword(
        table.charter,
        table.cast.chair,
        table.first,
        FIRST.replace("sovereignty", "full sovereignty"),
    )
    done = commit(
        table,
        Reword(table.first, said(FIRST.replace("shall respect", "respect"))),
        Reword(
            table.first, said(FIRST.replace("The Parties shall respect", "All Parties respect"))
        ),
        base=base,
    )
    assert done.merged
    assert Wording.objects.get(clause=table.first).text == (
        "All Parties respect the full sovereignty of each Party."
    )


def test_words_that_meet_are_refused_with_their_operation(table):
    base = table.charter.head
    reword(table.charter, table.cast.chair, table.first, FIRST.replace("sovereignty", "freedom"))
    with pytest.raises(StaleWording) as stale:
        commit(
            table,
            Reword(table.second, said("No Party shall.")),
            Reword(table.first, said(FIRST.replace("sovereignty", "territory"))),
            base=base,
        )
    assert stale.value.operation == 1
    assert stale.value.base.text == FIRST
    assert Wording.objects.get(clause=table.second).text == SECOND


def test_nobody_strikes_words_unseen(table):
    base = table.charter.head
    reword(table.charter, table.cast.chair, table.first, "The Parties shall live in peace.")
    with pytest.raises(StaleWording) as stale:
        commit(table, Strike(table.article), base=base)
    assert stale.value.theirs.text == "The Parties shall live in peace."
    assert stale.value.yours == Words()
    with pytest.raises(StaleWording):
        strike_clause(
            actor=table.cast.drafter, charter=table.charter, clause=table.first, base=base
        )
    table.charter.refresh_from_db()
    commit(table, Strike(table.article))
    assert printed(table) == [("Article 1", "Openness")]


def test_an_operation_meets_what_those_before_it_did(table):
    with pytest.raises(IsStruck):
        commit(table, Strike(table.article), Reword(table.first, said("Too late.")))
    with pytest.raises(WouldNotNest):
        commit(
            table,
            Move(table.article, parent=None, after=table.other),
            Insert("annex", name="annex"),
            Move(New("annex"), parent=table.article),
        )
    done = commit(
        table, Strike(table.article), Restore(table.article), Reword(table.first, said("Back."))
    )
    assert done.revision is not None
    assert Wording.objects.get(clause=table.first).text == "Back."
    assert not Clause.objects.get(pk=table.article).struck


def test_a_clause_cannot_be_moved_into_one_that_was_moved_into_it(table):
    inner = commit(table, Insert("section", parent=None, name="a"), Insert("section", name="b"))
    one, other = inner.named["a"], inner.named["b"]
    with pytest.raises(WouldNotNest):
        commit(table, Move(one, parent=other), Move(other, parent=one))


def test_names_are_those_of_clauses_inserted_before(table):
    with pytest.raises(NoSuch) as refused:
        commit(table, Strike(table.other), Reword(New("nobody"), said("Nothing.")))
    assert refused.value.operation == 1
    with pytest.raises(AlreadyThere):
        commit(table, Insert("article", name="a"), Insert("article", name="a"))
    with pytest.raises(NoSuch):
        commit(table, Strike(uuid4()), Strike(table.other))


def test_a_set_that_changes_nothing_is_no_revision(table):
    done = commit(table, Reword(table.first, said(FIRST)), Tag(table.first, ()))
    assert done.revision is None
    assert not done.merged


def test_the_cause_is_that_of_operations_of_one_kind(table):
    done = commit(table, Insert("article", said("One")), Insert("article", said("Two")))
    assert done.revision.cause == Cause.INSERT
    done = commit(table, Strike(done.clauses[0]), Reword(table.first, said("Two.")))
    assert done.revision.cause == Cause.EDIT


def test_threads_are_carried_through_a_set(table):
    thread = open_thread(
        actor=table.cast.reviewer,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        start=FIRST.index("sovereignty"),
        end=FIRST.index("sovereignty") + len("sovereignty"),
        text="Whose?",
    )
    commit(
        table,
        Move(table.first, parent=None),
        Reword(table.first, said(f"In peace, t{FIRST[1:]}")),
    )
    thread.refresh_from_db()
    now = Wording.objects.get(clause=table.first).text
    assert now[thread.start : thread.end] == "sovereignty"


def test_a_set_is_bounded_and_never_empty(table):
    with pytest.raises(Missing):
        commit(table)
    with pytest.raises(TooLong):
        commit(table, *[Strike(table.other)] * (MOST + 1))


def test_a_set_takes_as_many_queries_for_many_rewordings_as_it_must(
    table, django_assert_max_num_queries
):
    done = commit(table, *[Insert("article", said(f"Text {n}")) for n in range(30)])
    words = [Reword(clause, said(f"Other {n}")) for n, clause in enumerate(done.clauses)]
    with django_assert_max_num_queries(30 + 15):
        commit(table, *words)
