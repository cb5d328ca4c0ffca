"""A small charter before and after a sitting, for the tests of every format."""

from dataclasses import replace
from datetime import UTC, datetime

from charter.formats.document import Document, Point, Principle
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline

SINCE = Point(7, "Zero draft", "CONF.3/L.4", datetime(2025, 2, 19, 9, tzinfo=UTC), "a" * 64)
AT = Point(12, "Rev.1", "CONF.3/L.4/Rev.1", datetime(2025, 3, 19, 12, tzinfo=UTC), "b" * 64)
PRINCIPLES = (
    Principle("sovereignty", "Respect for sovereignty", "#336699"),
    Principle("openness", "Openness", "#993300"),
)


def article(id: str, heading: str, *paragraphs: Clause) -> Clause:
    return Clause(Kind.ARTICLE, heading=heading, id=id, children=paragraphs)


def paragraph(id: str, text: str, *points: Clause, principles: tuple[str, ...] = ()) -> Clause:
    return Clause(Kind.PARAGRAPH, text=text, id=id, principles=principles, children=points)


def point(id: str, text: str) -> Clause:
    return Clause(Kind.POINT, text=text, id=id)


MEANS = article(
    "means",
    "Peaceful means",
    paragraph(
        "means-1", "Disputes are settled *only* by peaceful means.", principles=("openness",)
    ),
    paragraph(
        "means-2",
        "The Parties shall:",
        point("means-a", "consult under [](#scope);"),
        point("means-b", "notify the depositary^[The Government of Belarus.] in writing."),
    ),
)
SCOPE = article(
    "scope",
    "Scope",
    paragraph("scope-1", "This Charter applies to all States [of Eurasia]."),
    paragraph("scope-2", "See [the site](https://example.org/charter) for the list."),
)
FINAL = article("final", "Entry into force", paragraph("final-1", "It enters into force."))

BEFORE = Outline(
    "A Charter",
    (
        Clause(
            Kind.PREAMBLE,
            heading="Preamble",
            id="preamble",
            children=(Clause(Kind.RECITAL, text="The Parties,", id="recital"),),
        ),
        SCOPE,
        MEANS,
        FINAL,
    ),
)
ADDED = article("new", "Openness", paragraph("new-1", "It is open to all States."))
AFTER = replace(
    BEFORE,
    title="The Charter",
    clauses=(
        BEFORE.clauses[0],
        replace(MEANS, heading="Peaceful means only"),
        ADDED,
        SCOPE,
    ),
).replace("scope-1", text="This Charter applies to *all* States.", principles=("sovereignty",))


def clean(outline: Outline = BEFORE) -> Document:
    return Document(outline, AT, principles=PRINCIPLES)


def redline(before: Outline = BEFORE, after: Outline = AFTER) -> Document:
    return Document(after, AT, before, SINCE, PRINCIPLES)


def one(text: str, heading: str = "", language: str = "en") -> Outline:
    """A charter of one article with one paragraph."""
    only = article("only", heading, Clause(Kind.PARAGRAPH, text=text, id="only-1"))
    return Outline("Title", (only,), language)
