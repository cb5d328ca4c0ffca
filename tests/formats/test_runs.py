from hypothesis import given
from hypothesis import strategies as st

from charter.formats.runs import Run, places, plain, runs
from charter.text import inline
from charter.text.diff import diff
from charter.text.redline import Span, Spans, after, before
from tests.formats.texts import redline

NAMES = {"scope": "Article 1", "means": "Article 2"}

PIECES = st.sampled_from(
    [
        *("word", "other", "слово", "第五条", ".", " ", " ", "*", "**", "_", "`", "\\"),
        *("[", "]", "^[", "](https://a.org)", "[](#scope)", "[](#means)", "[](#gone)"),
    ]
)
SPANS = st.lists(
    st.tuples(
        st.sampled_from(["equal", "insert", "delete"]), st.lists(PIECES, min_size=1).map("".join)
    )
).map(lambda found: tuple(Span(*one) for one in found))


def words(found: tuple[Run, ...], without: str) -> str:
    """What a reader of one side reads, notes in place."""
    return "".join(
        words(run.note, without) if run.note is not None else run.text
        for run in found
        if run.op != without
    )


def printed(text: str) -> str:
    """The words of a wording, its notes in place."""

    def said(nodes: inline.Nodes) -> str:
        out = ""
        for node in nodes:
            if isinstance(node, inline.Words):
                out += node.text
            elif isinstance(node, inline.Reference):
                out += NAMES.get(node.clause, "…")
            elif isinstance(node, inline.Bracketed):
                out += f"[{said(node.children)}]"
            else:
                out += said(node.children)
        return out

    return said(inline.parse(text))


def visible(found: tuple[Run, ...]) -> bool:
    return any(run.op != "equal" or (run.note and visible(run.note)) for run in found)


@given(SPANS)
def test_each_side_reads_as_its_own_text_whatever_the_spans_cut_through(spans: Spans):
    found = runs(spans, NAMES)

    literal = tuple(Run(span.text, span.op) for span in spans)
    if found != literal:
        assert words(found, "delete") == printed(after(spans))
        assert words(found, "insert") == printed(before(spans))


@given(SPANS)
def test_a_change_is_never_invisible(spans: Spans):
    assert visible(runs(spans, NAMES)) == any(span.op != "equal" for span in spans)


@given(st.lists(PIECES).map("".join))
def test_a_clean_wording_reads_in_order_as_its_marks_say(text: str):
    spans = (Span("equal", text),) if text else ()

    assert words(runs(spans, NAMES), "delete") == printed(text)


def test_a_changed_word_keeps_the_emphasis_around_it():
    assert runs(diff("The *quick brown* fox", "The *quick red* fox"), {}) == (
        Run("The "),
        Run("quick ", emphasis=True),
        Run("brown", "delete", emphasis=True),
        Run("red", "insert", emphasis=True),
        Run(" fox"),
    )


def test_a_word_that_became_emphasised_is_shown_as_replaced():
    assert runs(diff("a quick fox", "a *quick* fox"), {}) == (
        Run("a "),
        Run("quick", "delete"),
        Run("quick", "insert", emphasis=True),
        Run(" fox"),
    )


def test_a_reference_prints_the_number_and_changes_as_a_whole():
    found = runs(diff("see [](#scope).", "see [](#means)."), NAMES)

    assert found == (
        Run("see "),
        Run("Article 1", "delete", clause="scope"),
        Run("Article 2", "insert", clause="means"),
        Run("."),
    )


def test_a_footnote_that_came_is_wholly_new_and_one_that_stayed_shows_what_changed_in_it():
    came = runs(diff("a b", "a^[see here] b"), {})
    stayed = runs(diff("a^[see here] b", "a^[see there] b"), {})

    assert came[1] == Run("", "insert", note=(Run("see here", "insert"),))
    assert stayed[1] == Run("", note=(Run("see "), Run("here", "delete"), Run("there", "insert")))


def test_square_brackets_are_words():
    assert runs((Span("equal", "[not [agreed]] yet"),), {}) == (Run("[not [agreed]] yet"),)


def test_plain_words_of_a_heading_have_neither_marks_nor_notes():
    assert plain((Span("equal", "Use of *force*^[Or threat.]"),)) == "Use of force"


def test_a_reference_prints_the_new_citation_and_for_a_struck_clause_the_old_one():
    named = places(redline().redline)

    assert named["scope"] == "Article 3"
    assert named["final"] == "Article 3"
    assert named["means-a"] == "Article 1(2)(a)"
