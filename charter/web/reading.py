"""The text as HTML: blocks of clauses with the discussion beside them, and the outline.

Assembled from strings and not by templates, so that a text of a thousand clauses is one join. All
that comes from people passes `escape` or `words`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import chain
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from charter.queries.beside import Beside
from charter.queries.pages import TextPage
from charter.queries.threads import ShownThread
from charter.text.redline import Row
from charter.web.beside import Margin, mark
from charter.web.cards import Cards
from charter.web.pieces import HEADED, opening, pieces_of, text_attributes
from charter.web.words import Mark

__all__ = ["HEADED", "Reading", "interface_attributes", "reading", "text_attributes"]

# Clauses from which on blocks out of sight are not laid out: a page of fewer is quick anyway,
# and one laid out as a whole puts a link's target exactly where it says.
LONG = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page shows: the text, its outline, and how many clauses the filter lets through.

    `text` is UTF-8, for the page is put together from pieces that are. `proposals` counts what
    the amendments beside the clauses ask for.
    """

    text: bytes
    outline: SafeString
    long: bool
    matching: int
    proposals: int = 0


def reading(
    page: TextPage,
    cards: Cards,
    *,
    address: str,
    principle: str = "",
    rungs: Mapping[str, str] | None = None,
    beside: Mapping[str, tuple[Beside, ...]] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Reading:
    """`address` is the page's own; `principle` the slug to filter by, "" for all; `rungs` the
    sign of how far a clause is agreed, as HTML by its id; `beside` the open amendments by the id
    of their clause, "" for the title; `notes` what else stands first in the margin of a clause, as
    HTML by its id."""
    return _Setting(
        page, cards, address, principle, rungs or {}, beside or {}, notes or {}
    ).reading()


class _Setting:
    def __init__(
        self,
        page: TextPage,
        cards: Cards,
        address: str,
        principle: str,
        rungs: Mapping[str, str],
        beside: Mapping[str, tuple[Beside, ...]],
        notes: Mapping[str, str],
    ) -> None:
        self.rungs, self.notes = rungs, notes
        # What was said under an earlier text is read there; it is answered under the current one.
        self.page, self.cards = page, cards if page.current else cards.silent()
        self.pieces = pieces_of(page, address)
        self.matches, self.context = _filtered(page.redline.rows, principle)
        at = self.pieces.at
        # A clause struck a moment ago has threads and no piece.
        self.threads = {at[str(id)]: some for id, some in page.threads.items() if str(id) in at}
        self.changed = {at[str(id)] for id in page.changed if str(id) in at}
        # What is about the title stands beside the first clause.
        self.beside = {at[id]: some for id, some in beside.items() if id in at}
        if "" in beside and at:
            self.beside[0] = (*beside[""], *self.beside.get(0, ()))
        self.margin = Margin(address, page.language)
        self.shown = dict(self._shown())
        self.numbered: dict[int, int] = {}
        for thread in chain.from_iterable(self.shown.values()):
            self.numbered[thread.id] = len(self.numbered) + 1
        edition = page.edition.name if page.edition else ""
        self.say_changed = escape(_("changed since %(edition)s") % {"edition": edition})

    def reading(self) -> Reading:
        return Reading(
            text=b"".join(self._blocks()),
            outline=mark_safe("".join(self._outline())),  # noqa: S308
            long=len(self.pieces.clauses) > LONG,
            matching=len(self.matches or ()),
            proposals=sum(len(found) for found in self.beside.values()),
        )

    def _shown(self) -> Iterator[tuple[int, list[ShownThread]]]:
        """The threads of each clause whose words are shown, in the order of the words."""
        for place in sorted(self.threads):
            if not self._shade(self.pieces.rows[place]):
                found = self.threads[place]
                yield place, sorted(found, key=lambda thread: (thread.start, thread.id))

    def _shade(self, row: Row) -> str:
        if self.matches is None or row.id in self.matches:
            return ""
        return " context" if row.id in self.context else " aside"

    def _blocks(self) -> Iterator[bytes]:
        margin = f'</div><div class="margin" {interface_attributes()}>'.encode()
        bar = f'<span class="changed-mark" title="{self.say_changed}"></span>'.encode()
        talk: list[str] = []
        block = -1
        for place, piece in enumerate(self.pieces.clauses):
            if piece.block != block:
                if block >= 0:
                    yield b"%b%b</div></div>" % (margin, "".join(talk).encode())
                yield b'<div class="block"><div class="clauses">'
                block, talk = piece.block, []
            first, rest = piece.opening, piece.rest
            if self.matches is not None:
                first = opening(piece.row, piece.points, self._shade(piece.row))
            if piece.row.id in self.notes and not self._shade(piece.row):
                talk.append(self.notes[piece.row.id])
            if place in self.beside and not self._shade(piece.row):
                row = piece.row
                talk.append(self.margin.list(self.beside[place], row.id, row.citation))
            if place in self.shown:
                rest = self.pieces.rest(piece.row, piece.level, self._marks(place))
                talk += self._cards(place, piece.row)
            yield first
            if place in self.changed:
                yield bar
            yield rest
        if block >= 0:
            yield b"%b%b</div></div>" % (margin, "".join(talk).encode())

    def _marks(self, place: int) -> tuple[Mark, ...]:
        return tuple(
            Mark(thread.start, thread.end, thread.id, self.numbered[thread.id])
            for thread in self.shown[place]
            if thread.on_words and thread.language == self.page.language
        )

    def _cards(self, place: int, row: Row) -> list[str]:
        return [
            self.cards.card(thread, self.numbered[thread.id], row.citation)
            for thread in self.shown[place]
        ]

    def _outline(self) -> Iterator[str]:
        clauses = self.pieces.clauses
        changed = {clauses[place].entry for place in self.changed}
        delta = (
            f'<span class="delta" title="{self.say_changed}"><span aria-hidden="true">Δ</span>'
            f'<span class="unseen">{self.say_changed}</span></span>'
        )
        talk: Counter[int] = Counter()
        for place, threads in self.threads.items():
            talk[clauses[place].entry] += sum(one.resolved_at is None for one in threads)
        proposed: dict[int, set[UUID]] = defaultdict(set)
        for place, found in self.beside.items():
            proposed[clauses[place].entry].update(one.amendment for one in found if one.symbol)
        for at, entry in enumerate(self.pieces.entries):
            if self._shade(entry.row) != " aside":
                states = entry.dots + (delta if at in changed else "") + _talk(talk[at])
                states += mark(len(proposed[at]))
                states += self.rungs.get(entry.row.id, "")
                states = states and f'<span class="states">{states}</span>'
                yield f"{entry.opening}{states}</a></li>"


def _talk(count: int) -> str:
    return _said_talk(count, get_language()) if count else ""


@lru_cache(maxsize=256)
def _said_talk(count: int, _language: str) -> str:
    """Of the language of the interface, which is the one given."""
    said = ngettext("%(n)s open thread", "%(n)s open threads", count)
    return (
        f'<span class="talk" title="{escape(said % {"n": count})}">{count}'
        f'<span class="unseen"> {escape(said % {"n": ""})}</span></span>'
    )


def interface_attributes() -> SafeString:
    """`lang` and `dir` for what the site itself says in the middle of a text."""
    return text_attributes(get_language() or "en")


def _filtered(rows: tuple[Row, ...], principle: str) -> tuple[set[str] | None, set[str]]:
    """Clauses that carry the principle with all they hold, and those around them; None: all."""
    if not principle:
        return None, set()
    matches: set[str] = set()
    context: set[str] = set()
    path: list[Row] = []
    for row in rows:
        while path and path[-1].depth >= row.depth:
            path.pop()
        if principle in row.principles or (path and path[-1].id in matches):
            matches.add(row.id)
            context.update(above.id for above in path)
        path.append(row)
    return matches, context
