"""Every format a document can be taken away in, by name."""

from collections.abc import Callable
from dataclasses import dataclass

from charter.formats import diff_, html_page, json_, markdown, marked, pdf, txt
from charter.formats.document import PLAIN, Document, Options


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in addresses and commands, media type, and file extension with its dot.

    `lined`: it has lines that can be numbered.
    """

    name: str
    media_type: str
    extension: str
    write: Callable[[Document, Options], bytes]
    lined: bool = False


def _markdown(document: Document, options: Options) -> bytes:
    if document.is_redline:
        return marked.write(document, options)
    return markdown.write(document.outline) + marked.annexed(document)


FORMATS = {
    form.name: form
    for form in (
        Format("md", "text/markdown; charset=utf-8", ".md", _markdown),
        Format("txt", "text/plain; charset=utf-8", ".txt", txt.write, lined=True),
        Format("html", "text/html; charset=utf-8", ".html", html_page.write, lined=True),
        Format("pdf", "application/pdf", ".pdf", pdf.write, lined=True),
        Format("json", "application/json", ".json", json_.write),
        Format("diff", "text/x-diff; charset=utf-8", ".diff", diff_.write),
    )
}


LINED = tuple(form.name for form in FORMATS.values() if form.lined)


def write(document: Document, format: str, options: Options = PLAIN) -> bytes:
    """The document in this format. KeyError for no format; TypesettingFailed from the PDF."""
    return FORMATS[format].write(document, options)
