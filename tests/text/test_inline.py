"""The inline grammar: what a wording shows, and that nothing in it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.inline import (
    Bracketed,
    Emphasis,
    Footnote,
    Link,
    Nodes,
    Plain,
    Reference,
    Strong,
    Words,
    escaped,
    parse,
    plain,
    references,
)


def shape(nodes: Nodes) -> object:
    """Nodes as tuples that read well in a test: ("em", "words")."""
    out = []
    for node in nodes:
        if isinstance(node, Words):
            out.append(node.text)
        elif isinstance(node, Reference):
            out.append(("ref", node.clause))
        else:
            names = {Emphasis: "em", Strong: "strong", Footnote: "note", Bracketed: "[]"}
            name = node.target if isinstance(node, Link) else names[type(node)]
            out.append((name, *shape(node.children)))
    return tuple(out)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("plain words", ("plain words",)),
        ("*a* and **b**", (("em", "a"), " and ", ("strong", "b"))),
        ("_a_ but snake_case_word", (("em", "a"), " but snake_case_word")),
        ("***both***", (("em", ("strong", "both")),)),
        ("**_majority of the [fixed](#composition)_**",
         (("strong", ("em", "majority of the ", ("#composition", "fixed"))),)),
        ("[words](https://example.org/a_(b))", (("https://example.org/a_(b)", "words"),)),
        ('[words](mailto:a@b.org "title")', (("mailto:a@b.org", "words"),)),
        ("see [](#1f-2).", ("see ", ("ref", "1f-2"), ".")),
        ("is^[so *they* say [now]] true",
         ("is", ("note", "so ", ("em", "they"), " say ", ("[]", "now")), " true")),
        ("[not [yet] agreed]", (("[]", "not ", ("[]", "yet"), " agreed"),)),
        ("[a] (b)", (("[]", "a"), " (b)")),
        ("[a [b](https://x.org) c](https://y.org)",
         (("[]", "a ", ("https://x.org", "b"), " c"), "(https://y.org)")),
        (r"\*no\* \[no\](x)", ("*no", "* ", "[no", "](x)")),
        ("`a*b*c` d", ("`a*b*c` d",)),
    ],
)  # fmt: skip
def test_marks_mean_what_they_mean(source, shown):
    assert shape(parse(source)) == shown


@pytest.mark.parametrize(
    "source",
    ["un[closed", "clo]sed", "*open", "a * b * c", "5 * 3", "^[open", "[](", "**", "2_000_000",
     "[](https://x.org)", "`", "\\", "*a **b", "§ 5 [", "<b>"],
)  # fmt: skip
def test_what_does_not_close_is_words(source):
    assert plain(source).body == source


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "vbscript:x", "data:text/html;base64,x", "//example.org", "/etc/x",
     "JaVaScRiPt:x", "ftp://x", "\u200bhttps://x.org"],
)  # fmt: skip
def test_links_lead_nowhere_but_to_known_places(target):
    nodes = parse(f"[words]({target})")
    assert not any(isinstance(node, Link) for node in nodes)
    assert plain(f"[words]({target})").body == f"[words]({target})"


def test_plain_words_have_numbers_for_references_and_marks_for_notes():
    source = "under [](#a)^[see [](#b)], but[](#c)^[second]"
    numbers = {"a": "Article 5", "b": "Article 6"}
    assert plain(source, numbers.get) == Plain(
        "under Article 5¹, but…²", ("see Article 6", "second")
    )
    assert plain(source, numbers.get, first=9).body == "under Article 5⁹, but…¹⁰"
    assert references(source) == ("a", "b", "c")


pieces = [*'ab *_[]()^`\\#:/.!-\n"', "é", "中", "https://x.org", "](", "^[", "](#a)"]
marked = st.lists(st.sampled_from(pieces)).map("".join)


def leaves(nodes: Nodes) -> list[Words]:
    out = []
    for node in nodes:
        if isinstance(node, Words):
            out.append(node)
        elif not isinstance(node, Reference):
            out += leaves(node.children)
    return out


@given(marked)
def test_words_stand_in_the_source_where_they_say_and_in_order(source):
    words = leaves(parse(source))
    assert all(source[one.start : one.end] == one.text for one in words)
    assert [one.start for one in words] == sorted(one.start for one in words)


@given(st.text(alphabet="ab *_[]^`\\\n"))
def test_no_letter_is_lost(source):
    shown = "".join(one.text for one in leaves(parse(source)))
    assert [sign for sign in shown if sign in "ab"] == [sign for sign in source if sign in "ab"]


@given(marked)
def test_escaped_words_are_words(words):
    assert plain(escaped(words)) == Plain(words)


@pytest.mark.parametrize(
    "source",
    ["[" * 50_000, "*a " * 30_000 + "b* " * 30_000, "[](" * 30_000, "(*" * 20_000 + "*)" * 20_000,
     "^[" * 30_000 + "]" * 30_000, "".join("`" * n + " " for n in range(300)), "_a* " * 30_000],
)  # fmt: skip
def test_hostile_marks_are_read_without_delay_or_depth(source):
    assert plain(source) is not None
