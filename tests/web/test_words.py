"""Words as HTML: every run says where it stands in the source, and marks lie on their words."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from charter.web.words import Mark, WordsHtml

RUN = re.compile(r'<span data-start="(\d+)">(.*?)</span>', re.S)
SOURCES = st.text(alphabet="ab *_^[]()\\`<&>é𝔓和🕊.\u0301", max_size=60)


def runs(html: str) -> list[tuple[int, str]]:
    return [(int(start), unescape(text)) for start, text in RUN.findall(html)]


@given(SOURCES)
def test_every_run_is_the_source_at_its_place(source: str):
    shown = WordsHtml({}).of(source, key="k")
    for start, text in runs(shown.html + shown.notes):
        assert source[start : start + len(text)] == text


@given(SOURCES, st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_marks_change_no_word_and_cover_exactly_theirs(
    source: str, at: int, length: int, other: int, other_length: int
):
    marks = tuple(
        Mark(start, min(start + span, len(source)), number, number)
        for number, (start, span) in enumerate([(at, length), (other, other_length)], start=1)
        if start < len(source)
    )
    bare, marked = WordsHtml({}).of(source, key="k"), WordsHtml({}).of(source, marks, key="k")

    def said(html: str) -> str:
        return "".join(text for _, text in runs(html))

    assert said(marked.html + marked.notes) == said(bare.html + bare.notes)
    for mark in marks:
        inside = {
            start + offset
            for start, text in runs(_under(marked.html + marked.notes, mark.thread))
            for offset in range(len(text))
        }
        shown = {
            start + offset
            for start, text in runs(bare.html + bare.notes)
            for offset in range(len(text))
        }
        assert inside == shown & set(range(mark.start, mark.end))


def _under(html: str, thread: int) -> str:
    """What stands inside the mark elements of this thread."""
    found, depth, opened = [], 0, []
    for token in re.split(r"(<mark [^>]*>|</mark>)", html):
        if token.startswith("<mark"):
            opened.append(f'data-thread="{thread}"' in token)
            depth += opened[-1]
        elif token == "</mark>":
            depth -= opened.pop()
        elif depth:
            found.append(token)
    return "".join(found)


def test_footnotes_stand_in_a_list_and_lead_there_and_back():
    shown = WordsHtml({}).of("Words.^[A *note*.] More.^[Another.]", key="k")
    assert shown.html.count('<sup class="note"') == 2
    assert 'href="#note-k-2"' in shown.html
    assert 'id="note-k-2"' in shown.notes
    assert "<em>" in shown.notes


def test_a_reference_to_a_clause_that_is_gone_prints_an_ellipsis():
    assert ">…</a>" in WordsHtml({}).of("See [](#gone).").html


def test_a_link_keeps_its_address_and_no_other_scheme_is_one():
    html = WordsHtml({}).of("[here](https://example.org/?a=1&b=2) [there](javascript:x)").html
    assert 'href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow"' in html
    assert "javascript" not in re.sub(r">[^<]*<", "><", html)
