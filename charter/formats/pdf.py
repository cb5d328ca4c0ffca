"""A document as PDF: laid out here, typeset in a process of its own.

Tagged for PDF/UA-1 and archival as PDF/A-2a, in the fonts of `fonts/` alone, so that a revision
gives the same pages on every machine.
"""

from charter.formats.document import PLAIN, Document, Options
from charter.formats.pages import layout
from charter.formats.typesetting import Typesetter


def write(document: Document, options: Options = PLAIN) -> bytes:
    """The PDF. TypesettingFailed when it needs more memory or time than it is allowed."""
    with Typesetter() as typesetter:  # it starts while the text is laid out
        data = layout(document, options)
        moment = document.at.committed_at
        return typesetter.typeset(data, data["folders"], int(moment.timestamp()) if moment else 0)
