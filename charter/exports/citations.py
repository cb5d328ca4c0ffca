"""How a sentence of the interface cites a clause."""

from uuid import UUID

from charter.exports.languages import isolated
from charter.models import Charter
from charter.queries.texts import text_at
from charter.text.numbering import citations


def citation_of(charter: Charter, clause: UUID, language: str) -> str:
    """How a sentence cites the clause as it stands now; "" when it is not in the text."""
    outline = text_at(charter, None, language)
    pairs = zip(outline.walk(), citations(outline), strict=True)
    said = next((said for (_, one), said in pairs if one.id == str(clause)), "")
    return isolated(said, language)
