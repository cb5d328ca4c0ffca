"""Where what is found stands in the text of its charter: its citation, its part, its principles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from charter.models import Charter, Revision
from charter.queries.keeping import LaidText, laid_text
from charter.text.inline import plain
from charter.text.redline import Row, after


@dataclass(slots=True)
class Tree:
    """The text of one charter as of a revision, in each language when it is asked for.

    Texts are kept in memory (`queries.keeping`), so most searches read none.
    """

    charter: Charter
    language: str
    revision: Revision | None
    _texts: dict[str, dict[str, Row]] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)
    _root: UUID | None = None

    def __post_init__(self) -> None:
        laid, part = self._laid(self.language), ""
        self._root = laid.root
        for at, row in enumerate(laid.redline.rows):
            part = row.id if row.depth == 0 else part
            self._parts[row.id] = part
            self._order[row.id] = at

    def _laid(self, language: str) -> LaidText:
        return laid_text(self.charter, self.revision, language)

    def row(self, clause: UUID | str, language: str = "") -> Row | None:
        """The clause in the text, None when it does not stand there."""
        language = language or self.language
        if language not in self._texts:
            rows = self._laid(language).redline.rows
            self._texts[language] = {row.id: row for row in rows}
        return self._texts[language].get(str(clause))

    def citation(self, clause: UUID | str, language: str = "") -> str:
        """As the text cites the clause, "" when it does not stand there."""
        row = self.row(clause, language)
        return row.citation if row else ""

    def stands(self, clause: UUID) -> bool:
        """Whether it is in the text; the title is."""
        return str(clause) in self._order or clause == self._root

    def part(self, clause: UUID) -> str:
        """The id of the top-level unit it stands in, of itself for the title; "" for none."""
        return self._parts.get(str(clause), str(clause) if clause == self._root else "")

    def named(self, part: str) -> str:
        """What a top-level unit is called: its citation and its heading; "" for the title."""
        row = self.row(part)
        if row is None:
            return ""
        heading = plain(after(row.heading)).body
        return f"{row.citation}. {heading}" if heading and heading != row.citation else row.citation

    def place(self, clause: UUID) -> int:
        """Where it comes in reading order, the title first; what is not in the text comes last."""
        if str(clause) in self._order:
            return self._order[str(clause)]
        return -1 if self.stands(clause) else len(self._order)

    @property
    def order(self) -> dict[str, int]:
        """The place of each clause in reading order, by id."""
        return self._order

    def words(self, clause: UUID, language: str) -> tuple[str, str] | None:
        """Heading and text in the text, None for what does not stand there."""
        laid = self._laid(language)
        if clause == laid.root:
            return laid.outline.title, ""
        row = self.row(clause, language)
        return (after(row.heading), after(row.text)) if row else None


class Trees(dict[int, Tree]):
    """The trees of charters by their keys, as of their heads or, of one charter, a revision.

    `language` is the one they are cited in where they have it, else it is the working one.
    """

    def __init__(self, charters: Mapping[int, Charter], language: str, at: int | None) -> None:
        super().__init__()
        self.charters, self.language, self.at = charters, language, at

    def read(self, keys: Iterable[int]) -> None:
        """Read the trees of these charters that are not there yet. One query for their revisions,
        and those of the texts that are not kept in memory."""
        missing = set(keys) - set(self)
        if not missing:
            return
        wanted = F("charter__head") if self.at is None else self.at
        rows = Revision.objects.filter(charter__in=missing, number=wanted)
        revisions = {revision.charter_id: revision for revision in rows}
        for key in missing:
            charter = self.charters[key]
            known = {charter.working_language, *charter.languages}
            language = self.language if self.language in known else charter.working_language
            self[key] = Tree(charter, language, revisions.get(key))
