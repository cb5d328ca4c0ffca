"""A redline in Markdown: `<ins>` and `<del>`, which CommonMark passes through and people can read.

A clean text is written by `markdown.py`, which reads its own output back. This is for reading only.
"""

import re
from collections.abc import Iterator
from html import escape

from charter.formats import annex, languages
from charter.formats.document import PLAIN, Document, Options
from charter.formats.lines import guarded
from charter.formats.runs import Run, places, runs
from charter.formats.shape import Shape, number_spans, shapes, titled
from charter.formats.summary import changes_line, remarks, retagged, summary
from charter.text.redline import Change, Spans

_TAGS = {"insert": "<ins>{}</ins>", "delete": "<del>{}</del>", "equal": "{}"}
_SPECIAL = re.compile(r"([\\`*_\[\]^])")


def write(document: Document, options: Options = PLAIN) -> bytes:
    """UTF-8, ending in one newline."""
    text = "\n\n".join(_blocks(document, options)) + "\n"
    return text.encode() + annexed(document)


def annexed(document: Document) -> bytes:
    """The annex of statements behind a text, each quoted; nothing where the document has none."""
    if document.statements is None:
        return b""
    blocks = [f"## {_escaped(annex.title(document))}"]
    for group in annex.groups(document):
        blocks.append(f"### {_escaped(group.about)}")
        for entry in group.entries:
            said = "\n>\n".join(f"> {_literal(one)}" for one in entry.statement.paragraphs)
            blocks += [f"**{_escaped(entry.title)}**, {_escaped(entry.made)}", said]
    if not document.statements:
        blocks.append(_escaped(annex.none(document)))
    return ("\n\n".join(["", *blocks]).removeprefix("\n") + "\n").encode()


def _literal(text: str) -> str:
    """A paragraph that stays one, and whose words stay as they are."""
    return guarded(_escaped(text))


def _blocks(document: Document, options: Options) -> Iterator[str]:
    words, redline = languages.words(document.language), document.redline
    named = places(redline)
    if title := _said(redline.title, named):
        yield f"# {title}"
    yield _escaped(changes_line(document))
    if not redline.changed:
        yield words["unchanged"]
    else:
        found = summary(document)
        entries = (f"- {_escaped(entry.where)}: {_escaped(entry.what)}" for entry in found.entries)
        yield f"**{words['summary']}**"
        yield "\n".join([", ".join(found.counts), "", *entries]).strip()
    yield "---"
    for shape in shapes(redline):
        yield from _row(shape, document, options, named)


def _row(
    shape: Shape, document: Document, options: Options, named: dict[str, str]
) -> Iterator[str]:
    row = shape.row
    heading, text = _said(row.heading, named), _said(row.text, named)
    number = "".join(_TAGS[op].format(_escaped(label)) for op, label in number_spans(row))
    if shape.heading:
        yield f"{'#' * min(shape.level + 1, 6)} {titled(number, heading)}"
        if text:
            yield text
    elif words := " ".join(part for part in (number, heading, text) if part):
        yield words
    said = [*remarks(row, document.language)]
    if Change.RETAGGED in row.changes:
        said += retagged(row, document)
    elif options.principles:
        said += map(document.principle_name, row.principles)
    if said:
        yield f"*{_escaped('; '.join(said))}*"


def _said(spans: Spans, named: dict[str, str]) -> str:
    return "".join(_run(run) for run in runs(spans, named))


def _run(run: Run) -> str:
    words = _escaped(run.text)
    if run.note is not None:
        words = f"^[{''.join(_run(inner) for inner in run.note)}]"
    if run.emphasis:
        words = f"<em>{words}</em>"
    if run.strong:
        words = f"<strong>{words}</strong>"
    if run.address:
        words = f"[{words}]({run.address})"
    return _TAGS[run.op].format(words)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", escape(text, quote=False))
