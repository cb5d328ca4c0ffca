"""Two texts compared clause by clause."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.ascent import heaviest_ascent
from charter.text.compare import clean, compare, standing
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from charter.text.redline import Change, Redline, Row, after, before

ONE = "The Parties shall settle their disputes by peaceful means."
TWO = "No Party shall resort to the threat of force against another."


def article(id: str, *children: Clause, text: str = "", **fields: object) -> Clause:
    return Clause(Kind.ARTICLE, text or f"Words of {id}.", id=id, children=children, **fields)


def paragraph(id: str, text: str = "", **fields: object) -> Clause:
    return Clause(Kind.PARAGRAPH, text or f"Words of {id}.", id=id, **fields)


def text(*clauses: Clause, title: str = "Charter") -> Outline:
    return Outline(title, clauses)


def changes(redline: Redline) -> dict[str, set[str]]:
    return {row.id: {str(one) for one in row.changes} for row in redline.rows if row.changes}


def row(redline: Redline, id: str) -> Row:
    return next(row for row in redline.rows if row.id == id and not row.left_for)


def test_a_text_against_itself_shows_nothing():
    same = text(article("a", paragraph("p")), article("b"))
    redline = compare(same, same)
    assert not redline.changed
    assert redline == clean(same)


def test_an_added_and_a_struck_clause_stand_in_their_places():
    redline = compare(text(*map(article, "abc")), text(*map(article, "axc")))
    assert [(row.id, *sorted(row.changes)) for row in redline.rows] == [
        ("a",),
        ("b", Change.STRUCK),
        ("x", Change.ADDED),
        ("c",),
    ]
    assert [span.op for span in row(redline, "b").text] == ["delete"]
    assert [span.op for span in row(redline, "x").text] == ["insert"]


def test_an_insertion_renumbers_what_follows():
    redline = compare(text(*map(article, "ab")), text(*map(article, "xab")))
    assert changes(redline) == {"x": {"added"}, "a": {"renumbered"}, "b": {"renumbered"}}
    assert (row(redline, "b").label_before, row(redline, "b").label) == ("Article 2", "Article 3")


def test_one_clause_moved_is_one_move():
    redline = compare(text(*map(article, "abcd")), text(*map(article, "bcda")))
    moved = row(redline, "a")
    assert Change.MOVED in moved.changes
    assert (moved.moved_from, moved.citation) == ("Article 1", "Article 4")
    assert redline.count(Change.MOVED) == 1
    assert [span.op for span in moved.text] == ["equal"]


def test_the_place_a_clause_left_says_where_it_went():
    redline = compare(text(*map(article, "abcd")), text(*map(article, "bcda")))
    left = redline.rows[0]
    assert (left.id, left.left_for, left.text) == ("a", "Article 4", ())


def test_another_parent_is_a_move_with_all_it_holds():
    old = text(article("a", paragraph("p"), paragraph("q")), article("b"))
    new = text(article("a", paragraph("q")), article("b", paragraph("p", "Other words of p.")))
    redline = compare(old, new)
    assert row(redline, "p").changes >= {Change.MOVED, Change.REWORDED}
    assert row(redline, "p").moved_from == "Article 1(1)"
    assert Change.STRUCK not in row(redline, "p").changes


def test_what_a_struck_clause_held_and_survives_has_moved():
    old = text(article("a", paragraph("p")), article("b"))
    redline = compare(old, text(article("b", paragraph("p"))))
    assert changes(redline)["a"] == {"struck"}
    assert "moved" in {str(change) for change in row(redline, "p").changes}


def shape(outline: str) -> Outline:
    """ "P[a b] c": articles in small letters, Parts in capitals, paragraphs as figures."""
    line: list[Clause] = []
    open_lines: list[tuple[str, list[Clause]]] = []
    for sign in outline.replace(" ", ""):
        if sign == "[":
            name = line.pop().id
            open_lines.append((name, line))
            line = []
        elif sign == "]":
            name, around = open_lines.pop()
            kind = Kind.PART if name.isupper() else Kind.ARTICLE
            around.append(Clause(kind, f"Words of {name}.", id=name, children=tuple(line)))
            line = around
        else:
            kind = Kind.PART if sign.isupper() else Kind.ARTICLE
            kind = Kind.PARAGRAPH if sign.isdigit() else kind
            line.append(Clause(kind, f"Words of {sign}.", id=sign))
    return text(*line)


def told(old: str, new: str) -> dict[Change, str]:
    """Which clauses were added, struck and moved."""
    rows = [row for row in compare(shape(old), shape(new)).rows if not row.left_for]
    kinds = (Change.ADDED, Change.STRUCK, Change.MOVED)
    found = {kind: "".join(sorted(r.id for r in rows if kind in r.changes)) for kind in kinds}
    return {kind: ids for kind, ids in found.items() if ids}


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("a b c d", "P[a b c d]", "P"),
        ("a b c d", "P[a b] Q[c d]", "PQ"),
        ("a b c d", "a P[b c] d", "P"),
        ("a b c d", "P[Q[a b] R[c]] d", "PQR"),
        ("a b", "P[a x b]", "Px"),
        ("P[a b c d]", "P[Q[a b] R[c d]]", "QR"),
        ("P[a b c d]", "P[a b] Q[c d]", "Q"),
        ("P[Q[a b c]]", "P[Q[a]] R[b c]", "R"),
        ("P[a b c d]", "P[a] Q[b] R[c d]", "QR"),
        ("a[1 2 3] b", "a[1] x[2 3] b", "x"),
    ],
)
def test_a_heading_put_over_clauses_moves_none_of_them(old, new, added):
    assert told(old, new) == {Change.ADDED: added}
    assert told(new, old) == {Change.STRUCK: added}


@pytest.mark.parametrize("words", [ONE, "The Parties shall settle disputes by peaceful means."])
def test_articles_of_a_file_without_ids_are_known_within_new_parts(words):
    old = text(*(Clause(Kind.ARTICLE, said) for said in (ONE, TWO)))
    new = text(
        Clause(Kind.PART, heading="Peace", children=(Clause(Kind.ARTICLE, words),)),
        Clause(Kind.PART, heading="Force", children=(Clause(Kind.ARTICLE, TWO),)),
    )
    rows = compare(old, new).rows
    assert [row.kind for row in rows] == [Kind.PART, Kind.ARTICLE, Kind.PART, Kind.ARTICLE]
    assert [set(row.changes) for row in rows] == [
        *({Change.ADDED}, {Change.REWORDED} if words != ONE else set()),
        *({Change.ADDED}, set()),
    ]


def test_nor_do_headings_that_give_way_to_others():
    assert told("P[a b c] Q[d]", "R[a] S[b c d]") == {Change.ADDED: "RS", Change.STRUCK: "PQ"}


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("a b c d", "P[a b] c d", {Change.ADDED: "P"}),
        ("a b c d", "P[a c] b d", {Change.ADDED: "P", Change.MOVED: "c"}),
        ("a b c d", "P[d a b c]", {Change.ADDED: "P", Change.MOVED: "d"}),
        ("a b c d e", "a d e P[b] c", {Change.ADDED: "P", Change.MOVED: "bc"}),
        ("P[a b] Q[c]", "P[a] Q[c] R[b]", {Change.ADDED: "R", Change.MOVED: "b"}),
        ("P[a b] Q[c]", "P[a] R[b c] Q", {Change.ADDED: "R", Change.MOVED: "c"}),
        ("P[a b] Q[c]", "P[b] Q[c] a", {Change.MOVED: "a"}),
        ("P[a b] Q[c]", "P[a] b Q[c]", {Change.MOVED: "b"}),
        ("P[a b c]", "P[a c] Q[b]", {Change.ADDED: "Q", Change.MOVED: "b"}),
        ("P[a] Q[b] c", "P[a] c b", {Change.STRUCK: "Q", Change.MOVED: "b"}),
        ("a b c d e", "e P[a b c d]", {Change.ADDED: "P", Change.MOVED: "e"}),
        ("a[1 2] b[3]", "b[3] x[1 2]", {Change.ADDED: "x", Change.STRUCK: "a", Change.MOVED: "12"}),
        ("a b[1]", "a x[2 1]", {Change.ADDED: "2x", Change.STRUCK: "b", Change.MOVED: "1"}),
    ],
)
def test_a_clause_out_of_its_order_or_from_elsewhere_has_moved_into_a_new_part(old, new, changes):
    assert told(old, new) == changes


def test_what_is_struck_within_a_new_part_stands_at_the_depth_of_what_stood_beside_it():
    rows = compare(shape("a b c"), shape("P[a c]")).rows
    assert [(row.id, row.depth) for row in rows] == [("P", 0), ("a", 1), ("b", 1), ("c", 1)]
    rows = compare(shape("P[a b c] d"), shape("a c d")).rows
    assert [(row.id, row.depth) for row in rows] == [
        *[("P", 0), ("a", 0), ("b", 0), ("c", 0), ("d", 0)]
    ]


def test_a_unit_that_took_its_clauses_over_was_split_from_the_one_before_it():
    redline = compare(shape("P[a b c d]"), shape("P[a b] Q[c d]"))
    assert row(redline, "Q").split_from == "Part I"
    assert row(compare(shape("P[a b] Q[c d]"), shape("P[a b c d]")), "Q").joined_into == "Part I"
    assert row(compare(shape("P[a b]"), shape("Q[P[a b]]")), "Q").split_from == ""


def test_rewording_shows_the_words():
    old, new = article("a", text="No Party may act."), article("a", text="No Party shall act.")
    reworded = row(compare(text(old), text(new)), "a")
    assert reworded.changes == {Change.REWORDED}
    assert [(span.op, span.text.strip()) for span in reworded.text][1:3] == [
        ("delete", "may"),
        ("insert", "shall"),
    ]


def test_a_new_heading_is_a_rewording():
    redline = compare(text(article("a", heading="Aims")), text(article("a", heading="Purposes")))
    assert changes(redline) == {"a": {"reworded"}}


def test_tags_and_kinds_are_compared_and_the_order_of_tags_is_nothing():
    old = text(paragraph("p", principles=("x", "y")), paragraph("q", principles=("x",)))
    new = text(
        paragraph("p", principles=("y", "x")),
        Clause(Kind.POINT, "Words of q.", id="q", principles=("z",)),
    )
    assert "p" not in {
        id for id, kinds in changes(compare(old, new)).items() if "retagged" in kinds
    }
    assert changes(compare(old, new))["q"] >= {"retagged", "recast"}


def test_the_title_is_compared():
    redline = compare(text(title="Draft charter"), text(title="Charter"))
    assert redline.changed
    assert (before(redline.title), after(redline.title)) == ("Draft charter", "Charter")


def test_clauses_without_ids_are_paired_by_their_words():
    old = text(Clause(Kind.ARTICLE, "The Parties shall cooperate in good faith."))
    new = text(
        Clause(Kind.ARTICLE, "Something entirely new stands here."),
        Clause(Kind.ARTICLE, "The Parties shall cooperate in good faith."),
    )
    first, second = compare(old, new).rows
    assert first.changes == {Change.ADDED}
    assert second.changes == {Change.RENUMBERED}


def test_a_clause_split_in_two_says_what_it_was_part_of():
    old = text(paragraph("p", f"{ONE} {TWO}"), paragraph("q"))
    new = text(paragraph("p", ONE), paragraph("new", TWO), paragraph("q"))
    assert row(compare(old, new), "new").split_from == "Paragraph 1"
    assert row(compare(new, old), "new").joined_into == "Paragraph 1"


def test_a_clause_that_is_only_new_was_split_from_nothing():
    old = text(paragraph("p", ONE), paragraph("q"))
    new = text(paragraph("p", "The Parties shall talk."), paragraph("new", TWO), paragraph("q"))
    assert row(compare(old, new), "new").split_from == ""


def test_the_longest_run_in_order_stands():
    assert standing([3, 0, 1, 2]) == {1, 2, 3}
    assert standing([]) == set()
    assert standing([2, 1, 0]) in ({0}, {1}, {2})


@st.composite
def trees(draw: st.DrawFn) -> Outline:
    """A text of some of twelve clauses, each once, in any order and nesting."""
    ids = draw(st.lists(st.integers(0, 11), unique=True))
    clauses: list[Clause] = []
    for id in ids:
        words = draw(st.sampled_from(["", "one two three", "four five", "one five three"]))
        size = draw(st.integers(0, len(clauses)))
        inside = tuple(clauses[len(clauses) - size :])
        del clauses[len(clauses) - size :]
        kind = draw(st.sampled_from([Kind.SECTION, Kind.ARTICLE, Kind.PARAGRAPH]))
        clauses.append(Clause(kind, words, id=str(id), children=inside))
    return Outline("T", tuple(clauses))


@given(trees(), trees())
def test_a_redline_holds_both_texts_whole(old, new):
    redline = compare(old, new)
    standing_now = [row for row in redline.rows if not row.left_for]
    assert {
        row.id: before(row.text) for row in standing_now if Change.ADDED not in row.changes
    } == {clause.id: clause.text for _, clause in old.walk()}
    assert [
        (row.id, row.depth, row.kind, after(row.text))
        for row in standing_now
        if Change.STRUCK not in row.changes
    ] == [(clause.id, depth, clause.kind, clause.text) for depth, clause in new.walk()]


@given(trees(), trees())
def test_every_move_has_one_place_left_and_one_arrived_at(old, new):
    redline = compare(old, new)
    left = [row.id for row in redline.rows if row.left_for]
    arrived = [row.id for row in redline.rows if row.moved_from]
    assert sorted(left) == sorted(arrived)
    assert len(set(left)) == len(left)
    assert all(
        (Change.MOVED in row.changes) == bool(row.left_for or row.moved_from)
        for row in redline.rows
    )


@given(trees(), st.data())
def test_a_part_put_around_neighbours_or_dissolved_moves_nobody(old, data):
    line = old.clauses
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    inserted = Clause(Kind.PART, heading="Part", id="new", children=line[start:end])
    new = Outline("T", (*line[:start], inserted, *line[end:]))
    assert compare(old, new).count(Change.MOVED) == 0
    assert compare(new, old).count(Change.MOVED) == 0


@given(trees(), st.data())
def test_a_unit_divided_by_a_new_heading_moves_nobody(old, data):
    cut = data.draw(st.integers(0, 5))
    divided = tuple(
        half
        for at, clause in enumerate(old.clauses)
        for half in (
            Clause(clause.kind, clause.text, id=clause.id, children=clause.children[:cut]),
            Clause(clause.kind, id=f"new {at}", children=clause.children[cut:]),
        )
    )
    assert compare(old, Outline("T", divided)).count(Change.MOVED) == 0
    assert compare(Outline("T", divided), old).count(Change.MOVED) == 0


@given(trees(), trees())
def test_as_many_clauses_move_one_way_as_the_other(old, new):
    assert compare(old, new).count(Change.MOVED) == compare(new, old).count(Change.MOVED)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3)), max_size=9))
def test_the_heaviest_run_in_order_is_the_heaviest_of_all(pairs):
    places, weights = [place for place, _ in pairs], [weight for _, weight in pairs]
    run = heaviest_ascent(places, weights)
    assert all(places[one] < places[other] for one, other in pairwise(run))
    best = [0] * len(pairs)
    for at in range(len(pairs)):
        before = [best[one] for one in range(at) if places[one] < places[at]]
        best[at] = weights[at] + max(before, default=0)
    assert sum(weights[at] for at in run) == max(best, default=0)
