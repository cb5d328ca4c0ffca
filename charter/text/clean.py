"""A text on its own as a redline: what is read or printed clean needs none of the engines."""

from charter.text.numbering import numbers
from charter.text.outline import Outline
from charter.text.redline import Redline, Row, Span, Spans


def clean(outline: Outline) -> Redline:
    """A text on its own, as a redline in which nothing changed."""
    rows = tuple(
        Row(
            id=clause.id,
            kind=clause.kind,
            depth=depth,
            label=number.label,
            heading=same(clause.heading),
            text=same(clause.text),
            label_before=number.label,
            citation=number.citation,
            kind_before=clause.kind,
            principles=clause.principles,
            principles_before=clause.principles,
        )
        for (depth, clause), number in zip(outline.walk(), numbers(outline), strict=True)
    )
    return Redline(same(outline.title), rows, outline.language, outline.scheme)


def same(text: str) -> Spans:
    """Words in which nothing changed."""
    return (Span("equal", text),) if text else ()
