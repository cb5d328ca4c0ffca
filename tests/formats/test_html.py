from html.parser import HTMLParser

import pytest
from hypothesis import given

from charter.formats import html_page
from charter.formats.document import PLAIN, Document, Options
from charter.formats.html import Notes, wording_html
from charter.text.diff import diff
from charter.text.redline import Span, Spans
from tests.formats.test_runs import NAMES, SPANS
from tests.formats.texts import AT, clean, one, redline

VOID = {"meta", "link", "br"}


class Nesting(HTMLParser):
    """Fails on an element that is closed out of turn; collects the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def piece(spans: Spans) -> str:
    return wording_html(spans, NAMES, Notes())


def page(document: Document, options: Options = PLAIN) -> str:
    return html_page.write(document, options).decode()


@given(SPANS)
def test_elements_never_misnest_whatever_the_spans_cut_through(spans: Spans):
    notes = Notes()

    Nesting(wording_html(spans, NAMES, notes))
    Nesting(notes.html())


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "[x](javascript:alert(1))",
        '[x](https://a.org/"onmouseover="alert(1))',
        "^[<script>alert(1)</script>]",
        "[](#<script>)",
        "</style></title><script>alert(1)</script>",
    ],
)
def test_words_are_never_markup(hostile: str):
    found = Nesting(page(clean(one(hostile, heading=hostile))))

    names = {name for name, _ in found.elements}
    attributes = {name for _, attrs in found.elements for name in attrs}
    assert not names & {"script", "img"}
    assert not any(name.startswith("on") for name in attributes)
    assert not any("javascript" in attrs.get("href", "") for _, attrs in found.elements)


def test_marks_become_elements():
    assert piece((Span("equal", "*a* **b** [c](https://a.org)"),)) == (
        '<em>a</em> <strong>b</strong> <a href="https://a.org" rel="noopener nofollow">c</a>'
    )


def test_changed_words_are_inserted_and_deleted_elements():
    assert piece(diff("an *old* word & all", "an *new* word & all")) == (
        "an <del><em>old</em></del><ins><em>new</em></ins> word &amp; all"
    )


def test_a_reference_prints_a_number_and_leads_to_the_clause():
    assert piece((Span("equal", "see [](#scope)"),)) == (
        'see <a class="reference" href="#clause-scope">Article 1</a>'
    )


def test_footnotes_are_numbered_on_and_lead_back():
    notes = Notes()

    first = wording_html((Span("equal", "a^[one]"),), {}, notes)
    second = wording_html((Span("equal", "b^[two *x*]"),), {}, notes)

    assert '<sup class="note" id="note-1-place"><a href="#note-1">1</a></sup>' in first
    assert 'href="#note-2"' in second
    assert '<li id="note-2">two <em>x</em> <a class="back" href="#note-2-place"' in notes.html()


def test_a_page_states_its_language_and_direction():
    assert '<html lang="ar" dir="rtl">' in page(clean(one("نص", language="ar")))
    assert '<html lang="ru" dir="ltr">' in page(clean(one("текст", language="ru")))


def test_a_page_loads_nothing_and_runs_nothing():
    found = Nesting(page(redline()))

    assert not {"script", "link", "img", "iframe"} & {name for name, _ in found.elements}
    assert "url(" not in page(redline())
    assert "@import" not in page(redline())


def test_every_link_within_a_page_leads_somewhere_on_it():
    found = Nesting(page(redline()))

    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    leads = {attrs["href"] for name, attrs in found.elements if name == "a"}
    assert len(ids) == len(set(ids))
    assert {lead[1:] for lead in leads if lead.startswith("#")} <= set(ids)


def test_a_page_names_symbol_revision_and_digest():
    found = Nesting(page(redline()))

    for fact in (AT.symbol, "7 → 12", "19 March 2025", AT.digest):
        assert fact in found.words


def test_tags_are_shown_when_asked_for_and_when_they_changed():
    assert "Openness" not in page(clean())
    assert "Principles: Openness" in page(clean(), Options(principles=True))
    assert "Principles: <ins>Respect for sovereignty</ins>" in page(redline())
