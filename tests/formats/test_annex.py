"""The annex of statements: behind the text where it is asked for, and no word of it otherwise."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from charter.formats import annex, json_, markdown
from charter.formats.document import Document, Statement
from charter.formats.writers import FORMATS, write
from tests.formats.texts import clean, redline

AT = datetime(2025, 3, 20, 9, tzinfo=UTC)
HOSTILE = "# No heading, <b>no markup</b>, *no emphasis* [and no link](https://example.org)"


def statement(number: int, *paragraphs: str, **more) -> Statement:
    given = {
        "number": number,
        "kind": "reservation",
        "party": "Kazakhstan",
        "clause": "scope-1",
        "citation": "Article 2(1)",
        "language": "en",
        "paragraphs": paragraphs,
        "revision": 12,
        "made_at": AT,
    }
    return Statement(**given | more)


STATEMENTS = (
    statement(3, "The text binds all.", clause=None, citation="", kind="declaration"),
    statement(1, "We reserve our position.", HOSTILE),
    statement(2, "Мы понимаем это иначе.", language="ru", kind="interpretation"),
    statement(4, "نتحفظ على ذلك.", language="ar", clause="gone", citation=""),
)


def annexed(document: Document, statements=STATEMENTS) -> Document:
    return replace(document, statements=statements)


@pytest.mark.parametrize("made", [clean, redline])
@pytest.mark.parametrize("name", ["md", "txt"])
def test_the_annex_stands_behind_the_text_which_stays_as_it_is(name, made):
    text, both = write(made(), name), write(annexed(made()), name)
    assert both.startswith(text)
    behind = both.removeprefix(text).decode()
    order = [behind.index(said) for said in ("as a whole", "Article 2(1)", "that is not in this")]
    assert order == sorted(order)
    assert "Kazakhstan: Reservation" in behind
    assert "20 March 2025, Revision 12" in behind
    assert "Мы понимаем это иначе." in behind


def test_a_diff_has_no_place_for_statements():
    assert write(annexed(redline()), "diff") == write(redline(), "diff")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_without_an_annex_no_format_says_anything_of_it(name):
    assert annex.title(clean()).encode() not in write(clean(), name)


def test_in_markdown_no_word_of_a_statement_is_a_mark():
    behind = write(annexed(clean()), "md").decode()
    assert "> \\# No heading, &lt;b&gt;no markup" in behind
    assert "\\*no emphasis\\* \\[and no link\\](https" in behind
    headings = [line for line in behind.splitlines() if line.startswith("#")]
    assert not any("No heading" in line for line in headings)
    assert markdown.read(behind.encode()).title == clean().outline.title


def test_in_html_words_are_escaped_and_speak_their_own_language():
    page = write(annexed(clean()), "html").decode()
    assert "&lt;b&gt;no markup&lt;/b&gt;" in page
    assert '<blockquote lang="ar" dir="rtl">' in page
    assert page.index('class="statements"') > page.index('id="clause-final-1"')


def test_json_gives_them_back():
    data = write(annexed(clean()), "json")
    assert json.loads(data)["statements"][1]["text"] == f"We reserve our position.\n\n{HOSTILE}"
    assert json_.read(data).statements == STATEMENTS
    assert json_.read(write(clean(), "json")).statements is None


def test_the_pdf_prints_them_in_every_script():
    pages = PdfReader(io.BytesIO(write(annexed(clean()), "pdf"))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Statements of delegations" in said
    assert "Kazakhstan: Interpretative declaration statement 2" in said
    assert "Мы понимаем это иначе." in said
    assert "# No heading, <b>no markup</b>" in said


@pytest.mark.parametrize("name", ["md", "txt", "html", "pdf"])
def test_an_annex_that_was_asked_for_says_that_nothing_stands(name):
    data = write(annexed(clean(), ()), name)
    if name == "pdf":
        data = PdfReader(io.BytesIO(data)).pages[-1].extract_text().encode()
    assert b"No statement stands." in data
