"""All that the page of a charter's text shows, composed for one viewer.

The number of queries depends neither on the clauses nor on the history nor on the discussion.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from charter.access import Seat
from charter.models import (
    Charter,
    Clause,
    ClausePrinciple,
    Edition,
    Principle,
    Revision,
    Wording,
)
from charter.queries.keeping import LaidText, laid_text
from charter.queries.past_threads import threads_then
from charter.queries.threads import ShownThread, counts, threads_of
from charter.text.outline import Outline
from charter.text.redline import Redline


@dataclass(frozen=True, slots=True)
class TextPage:
    """The text of a charter in one language as of a revision, with what is said about it.

    `number` is the revision shown; `current` says whether it is the head. `threads` are by clause,
    those of an earlier text as they stood then. `changed` are the clauses that changed since
    `edition`, the last one named before the revision shown.
    """

    charter: Charter
    language: str
    number: int
    current: bool
    revision: Revision | None
    editions: tuple[Edition, ...]
    edition: Edition | None
    text: LaidText
    principles: tuple[Principle, ...]
    threads: Mapping[UUID, tuple[ShownThread, ...]]
    open_threads: int
    resolved_threads: int
    changed: frozenset[UUID]

    @property
    def root(self) -> UUID:
        return self.text.root

    @property
    def outline(self) -> Outline:
        return self.text.outline

    @property
    def redline(self) -> Redline:
        return self.text.redline


def text_page(
    seat: Seat,
    language: str,
    at: int | None = None,
    *,
    resolved: bool = False,
    discussed: bool = True,
) -> TextPage:
    """The page of the charter's text at revision `at` (None: the head).

    With `resolved` the resolved threads of the current text come too, without `discussed` none do.
    `at` must be a revision of the charter.
    """
    charter = seat.charter
    current = at is None or at == charter.head
    number = charter.head if at is None else at
    revision = charter.revisions.select_related("author").filter(number=number).first()
    text = laid_text(charter, revision, language)
    editions = tuple(charter.editions.select_related("revision"))
    edition = _last_edition(editions, number)
    open_, closed = counts(charter)
    threads: Mapping[UUID, tuple[ShownThread, ...]] = {}
    if discussed and current:
        threads = _by_clause(charter, language, resolved)
    elif discussed and revision is not None:
        threads = threads_then(charter, revision, language, text.redline.rows)
    return TextPage(
        charter=charter,
        language=language,
        number=number,
        current=current,
        revision=revision,
        editions=editions,
        edition=edition,
        text=text,
        principles=tuple(charter.principles.filter(withdrawn=False)),
        threads=threads,
        open_threads=open_,
        resolved_threads=closed,
        changed=_changed(charter, language, edition, number),
    )


def _last_edition(editions: tuple[Edition, ...], number: int) -> Edition | None:
    """The last edition before what is shown; an edition is not compared with itself."""
    past = [edition for edition in editions if edition.revision.number < number]
    return past[-1] if past else None


def _by_clause(
    charter: Charter, language: str, resolved: bool
) -> dict[UUID, tuple[ShownThread, ...]]:
    found = defaultdict(list)
    for thread in threads_of(charter, language, resolved=None if resolved else False):
        found[thread.clause].append(thread)
    return {clause: tuple(threads) for clause, threads in found.items()}


def _changed(
    charter: Charter, language: str, edition: Edition | None, number: int
) -> frozenset[UUID]:
    if edition is None:
        return frozenset()
    since = {
        "revision__charter": charter,
        "revision__number__gt": edition.revision.number,
        "revision__number__lte": number,
    }
    moved = Clause.history.filter(**since).values_list("id")
    reworded = Wording.history.filter(language=language, **since).values_list("clause_id")
    tagged = ClausePrinciple.history.filter(**since).values_list("clause_id")
    return frozenset(clause for (clause,) in moved.union(reworded, tagged))


def languages_of(charter: Charter) -> tuple[str, ...]:
    """The charter's languages, the working language first."""
    others = [language for language in charter.languages if language != charter.working_language]
    return (charter.working_language, *others)
