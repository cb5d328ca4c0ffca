"""What others did meanwhile to a clause's place, kind and number, and to a principle's entry."""

import pytest

from charter.actions.change_sets import commit_changes
from charter.actions.clauses import change_clause, insert_clause, move_clause, strike_clause
from charter.actions.corrections import correct_clause
from charter.actions.entries import StaleEntry
from charter.actions.operations import Move, Recast
from charter.actions.principles import change_principle
from charter.actions.refusals import NoSuch
from charter.actions.staleness import StaleClause
from charter.actions.values import Spot, Words
from charter.models import Clause, Principle, Wording
from tests.builders import FIRST, Scene, insert, principle, scene, stand_at

pytestmark = pytest.mark.django_db

BASE = 5  # of the scene


@pytest.fixture
def laid() -> Scene:
    return scene()


def said(laid: Scene, who: str = "drafter", **more):
    return {"actor": getattr(laid.cast, who), "charter": laid.charter, "base": BASE, **more}


def row(clause) -> Clause:
    return Clause.objects.get(pk=clause)


def test_a_clause_that_somebody_moved_is_not_moved_unseen(laid: Scene):
    move_clause(**said(laid, "chair"), clause=laid.second, parent=laid.other)
    with pytest.raises(StaleClause) as stale:
        move_clause(**said(laid), clause=laid.second, parent=None)
    assert (stale.value.part, stale.value.head) == ("place", 6)
    assert stale.value.base == Spot(laid.article, laid.first)
    assert stale.value.theirs == Spot(laid.other, None)
    assert stale.value.yours == Spot(None, laid.other)
    assert row(laid.second).parent_id == laid.other
    move_clause(**said(laid, base=6), clause=laid.second, parent=None)
    assert row(laid.second).parent_id == laid.root


def test_a_move_among_its_siblings_is_one_too(laid: Scene):
    third = insert(laid.charter, laid.cast.chair, "paragraph", "A third.", parent=laid.article)
    move_clause(**said(laid, "chair", base=6), clause=third, parent=None, before=laid.first)
    with pytest.raises(StaleClause) as stale:
        move_clause(**said(laid, base=6), clause=third, parent=None, after=laid.first)
    assert stale.value.base == Spot(laid.article, laid.second)
    assert stale.value.theirs == Spot(laid.article, None)


def test_the_same_move_twice_is_no_conflict_and_no_second_revision(laid: Scene):
    move_clause(**said(laid, "chair"), clause=laid.second, parent=laid.other)
    assert move_clause(**said(laid), clause=laid.second, parent=laid.other).revision is None


def test_what_came_went_or_was_moved_beside_it_has_not_moved_it(laid: Scene):
    chair = said(laid, "chair")
    insert_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        kind="paragraph",
        words={},
        before=laid.first,
    )
    move_clause(**chair, clause=laid.first, parent=laid.other)
    change_clause(**chair, clause=laid.second, words={"en": Words(text="Others.")})
    done = move_clause(**said(laid), clause=laid.second, parent=laid.other)
    assert done.revision.number == 9
    assert row(laid.second).parent_id == laid.other


def test_ranks_that_were_spread_anew_have_moved_nobody(laid: Scene, monkeypatch):
    monkeypatch.setattr("charter.actions.trees.LONG_RANK", 0)
    before = row(laid.second).rank
    insert(laid.charter, laid.cast.chair, "paragraph", "Between.", after=laid.first)
    assert row(laid.second).rank != before
    monkeypatch.undo()
    move_clause(**said(laid), clause=laid.second, parent=laid.other)
    assert row(laid.second).parent_id == laid.other


def test_a_move_and_other_changes_of_the_clause_combine(laid: Scene):
    change_clause(**said(laid, "chair"), clause=laid.second, numeral="9", kind="point")
    move_clause(**said(laid), clause=laid.second, before=laid.first, parent=None)
    change_clause(**said(laid), clause=laid.second, words={"en": Words(text="Others.")})
    now = row(laid.second)
    assert (now.numeral, now.kind, now.rank < row(laid.first).rank) == ("9", "point", True)
    assert Wording.objects.get(clause=laid.second, language="en").text == "Others."


@pytest.mark.parametrize(
    ("part", "base", "theirs", "yours"),
    [
        ("numeral", None, "9", "7"),
        ("numeral", None, "", "7"),
        ("kind", "paragraph", "point", "section"),
    ],
)
def test_a_kind_or_number_that_somebody_changed_is_not_overwritten(
    laid: Scene, part, base, theirs, yours
):
    clause = laid.second
    change_clause(**said(laid, "chair"), clause=clause, **{part: theirs})
    with pytest.raises(StaleClause) as stale:
        change_clause(**said(laid), clause=clause, **{part: yours})
    found = stale.value
    assert (found.part, found.base, found.theirs, found.yours) == (part, base, theirs, yours)
    assert getattr(row(clause), part) == theirs


def test_a_number_and_a_kind_that_both_give_alike_are_no_conflict(laid: Scene):
    change_clause(**said(laid, "chair"), clause=laid.second, numeral="9", kind="point")
    done = change_clause(**said(laid), clause=laid.second, numeral="9", kind="point")
    assert done.revision is None


def test_a_number_and_a_kind_that_are_left_as_they_were_give_way(laid: Scene):
    change_clause(**said(laid, "chair"), clause=laid.second, numeral="9")
    change_clause(**said(laid), clause=laid.second, numeral=None, kind="point")
    assert (row(laid.second).numeral, row(laid.second).kind) == ("9", "point")


def test_who_has_seen_the_other_number_may_decide_and_keeps_the_words_of_others(laid: Scene):
    theirs = FIRST.replace("each", "every")
    words = {"en": Words(text=theirs)}
    change_clause(**said(laid, "chair"), clause=laid.first, numeral="9", words=words)
    mine = {"en": Words(text=FIRST)}
    more = {"clause": laid.first, "numeral": "7", "words": mine}
    change_clause(**said(laid), **more, seen={"numeral": 6})
    assert row(laid.first).numeral == "7"
    assert Wording.objects.get(clause=laid.first, language="en").text == theirs


def test_tags_of_both_are_combined(laid: Scene):
    for slug in ("openness", "peace", "order"):
        principle(laid.charter, laid.cast.chair, slug)
    change_clause(**said(laid, base=8), clause=laid.first, principles=["order"])
    change_clause(**said(laid, "chair", base=9), clause=laid.first, principles=["order", "peace"])
    change_clause(**said(laid, base=9), clause=laid.first, principles=["openness"])
    served = Principle.objects.filter(tags__withdrawn=False)
    assert set(served.values_list("slug", flat=True)) == {"openness", "peace"}


def test_a_change_set_is_refused_as_a_whole_and_says_which_operation(laid: Scene):
    move_clause(**said(laid, "chair"), clause=laid.second, parent=laid.other)
    work = [Recast(laid.first, None, "3"), Move(laid.second, None)]
    with pytest.raises(StaleClause) as stale:
        commit_changes(**said(laid), operations=work)
    assert stale.value.operation == 1
    assert row(laid.first).numeral is None


def test_operations_of_one_change_set_are_no_others(laid: Scene):
    insert(laid.charter, laid.cast.chair, "article", "Elsewhere.")
    work = [
        Recast(laid.second, "point", "3"),
        Recast(laid.second, "paragraph", "4"),
        Move(laid.second, laid.other),
        Move(laid.second, laid.article, before=laid.first),
    ]
    commit_changes(**said(laid), operations=work)
    now = row(laid.second)
    assert (now.kind, now.numeral, now.parent_id) == ("paragraph", "4", laid.article)


def test_a_correction_of_a_number_that_was_corrected_meanwhile_asks(laid: Scene):
    stand_at(laid.charter, laid.cast.chair, "adopted")
    work = {"clause": laid.second, "reason": "A slip"}
    correct_clause(**said(laid, "chair"), **work, numeral="9")
    with pytest.raises(StaleClause):
        correct_clause(**said(laid, "chair"), **work, numeral="7")


def test_a_clause_that_was_not_there_is_not_moved_by_that_revision(laid: Scene):
    late = insert(laid.charter, laid.cast.chair, "article", "Late.")
    with pytest.raises(NoSuch):
        move_clause(**said(laid), clause=late, parent=None, before=laid.article)


def test_a_moved_clause_may_be_struck(laid: Scene):
    move_clause(**said(laid, "chair"), clause=laid.second, parent=laid.other)
    strike_clause(**said(laid), clause=laid.second)
    assert row(laid.second).struck


class TestEntries:
    """Of the vocabulary: each name, each definition, the colour and the place for itself."""

    @pytest.fixture
    def slug(self, laid: Scene) -> str:
        for one in ("peace", "order"):
            principle(laid.charter, laid.cast.chair, one)
        return principle(laid.charter, laid.cast.chair, "openness")

    def change(self, laid: Scene, slug: str, **more):
        change_principle(actor=laid.cast.chair, charter=laid.charter, principle=slug, **more)
        return Principle.objects.get(slug=slug)

    def test_different_parts_combine(self, laid: Scene, slug: str):
        self.change(laid, slug, names={"en": "Open doors"}, base=8)
        self.change(laid, slug, colour="#000000", after=None, base=8)
        more = {"en": "Openness", "ru": "Открытость"}
        found = self.change(laid, slug, names=more, base=8)
        assert found.names == {"en": "Open doors", "ru": "Открытость"}
        assert found.colour == "#000000"

    def test_the_same_part_asks(self, laid: Scene, slug: str):
        self.change(laid, slug, names={"en": "Open doors"}, colour="#000000", base=8)
        with pytest.raises(StaleEntry) as stale:
            self.change(laid, slug, names={"en": "Open seas"}, colour="#000000", base=8)
        assert stale.value.base == {"names.en": "Openness"}
        assert stale.value.theirs == {"names.en": "Open doors"}
        assert stale.value.yours == {"names.en": "Open seas"}
        assert self.change(laid, slug, names={"en": "Open seas"}, base=9).names["en"] == "Open seas"

    def test_a_name_that_was_taken_out_and_one_that_was_changed_ask(self, laid: Scene, slug: str):
        both = {"en": "Openness", "ru": "Открытость"}
        self.change(laid, slug, names=both)
        self.change(laid, slug, names={"en": "Openness"}, base=9)
        with pytest.raises(StaleEntry):
            self.change(laid, slug, names=both | {"ru": "Гласность"}, base=9)

    def test_so_does_its_place(self, laid: Scene, slug: str):
        self.change(laid, slug, after=None, base=8)
        with pytest.raises(StaleEntry) as stale:
            self.change(laid, slug, after="peace", base=8)
        assert stale.value.theirs == {"after": None}
        assert stale.value.yours == {"after": "peace"}

    def test_an_entry_that_was_not_there_then_is_not_changed(self, laid: Scene, slug: str):
        with pytest.raises(NoSuch):
            self.change(laid, slug, colour="#000000", base=5)
