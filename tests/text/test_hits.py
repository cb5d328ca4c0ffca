"""Where sought words stand in a wording, and what is shown about them."""

from hypothesis import given
from hypothesis import strategies as st

from charter.text.hits import PASSAGES, holds, marked, passages, reading
from charter.text.seeking import Sought


def sought(*runs: str, without: tuple[str, ...] = ()) -> Sought:
    """Runs of words; "a|b" is a word with two forms."""

    def run(said: str):
        return tuple(frozenset(word.split("|")) for word in said.split())

    return Sought(tuple(map(run, runs)), tuple(map(run, without)))


def shown(text: str, what: Sought, **how: int) -> str:
    """The passages, hits in brackets."""
    pieces = passages(reading(text, "en"), what, **how)
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def test_a_hit_is_shown_among_its_neighbours():
    text = " ".join(f"w{n}" for n in range(40))
    assert shown(text, sought("w20"), around=2) == "… w18 w19 [w20] w21 w22 …"
    assert shown(text, sought("w0"), around=2) == "[w0] w1 w2 …"
    assert shown(text, sought("w39"), around=2) == "… w37 w38 [w39]"


def test_a_run_is_one_hit_and_neighbouring_hits_share_a_passage():
    assert shown("No use of force.", sought("use of force|forces")) == "No [use of force]."
    assert shown("a b c d e f g", sought("b", "d"), around=1) == "a [b] c [d] e …"


def test_passages_are_few():
    text = " ".join("hit" if n % 20 == 0 else f"w{n}" for n in range(400))
    assert shown(text, sought("hit"), around=2).count("[hit]") == PASSAGES


def test_without_a_hit_the_beginning_is_shown():
    assert shown("a b c d", sought("x"), around=2) == "a b …"
    assert shown("", sought("x")) == ""


def test_marks_are_gone_notes_come_last_and_numbers_are_shown_but_not_sought():
    one = reading("The *use* of [](#a) force^[As in [](#b).] now", "en", {"a": "Article 5"}.get)
    assert one.text == "The use of Article 5 force¹ now · As in …."
    assert [one.text[word.start : word.end] for word in one.words] == (
        ["The", "use", "of", "force", "now", "As", "in"]
    )
    assert marked(one, sought("article")) == []
    assert marked(one, sought("of force")) == [(2, 4)]


def test_heading_and_text_hold_it_together_but_a_run_stands_in_one():
    heading, text = reading("Use of", "en"), reading("force and arms", "en")
    assert holds((heading, text), sought("use", "arms"))
    assert not holds((heading, text), sought("of force"))
    assert not holds((heading, text), sought("use", without=("arms",)))
    assert holds((heading, text), sought("use", without=("arms and",)))


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_pieces_are_the_text_and_nothing_else(text, said):
    one = reading(text, "en")
    forms = [word.form for word in one.words]
    what = Sought(
        tuple((frozenset((form, *said)),) for form in forms[::7]) or ((frozenset(said),),)
    )
    pieces = passages(one, what)
    kept = "".join(piece.text for piece in pieces if piece.text not in ("… ", " … ", " …"))
    at = 0
    for piece in pieces:
        if piece.text in ("… ", " … ", " …"):
            continue
        at = one.text.find(piece.text, at)
        assert at >= 0
        at += len(piece.text)
    assert len(kept) <= len(one.text)
    assert all(piece.text for piece in pieces)
