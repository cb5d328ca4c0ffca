"""Search: over the current text or that of a revision, over history, and over the discussion.

The number of queries depends on none of them. `charters` are those that whoever asks may see; what
is in no one of them is neither found nor counted nor guessed at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from accounts.models import Person
from charter.models import Charter, Clause
from charter.models.clauses import ROOT
from charter.queries.search_facets import Facet, Values, facet, narrowed
from charter.queries.search_found import (
    Found,
    in_discussion,
    in_past,
    in_text,
    in_text_at,
    spans_of,
)
from charter.queries.search_hits import Hit, shown
from charter.queries.search_past import Span
from charter.queries.search_trees import Tree, Trees
from charter.queries.search_words import Meant, guesses, meant_in, partly_there
from charter.text.seeking import Mode, Query, parse
from charter.text.spelling import is_unspaced, words

A_PAGE = 20
STRUCK = "struck"  # in the place of a part: what is not in the text now


class Where(StrEnum):
    """What is looked through."""

    TEXT = "text"
    HISTORY = "history"
    DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. `at` is a revision of the one charter it is in, None for the current text.

    `chosen` are the values of facets, by name. `order` is "rank", or "place" for reading order.
    """

    said: str
    mode: Mode = Mode.WORDS
    where: Where = Where.TEXT
    at: int | None = None
    order: str = "rank"
    chosen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: `total` places, of which `hits` are those of one page.

    `spans`, in one charter's history: the revisions whose text held it. `guesses`: for words that
    are nowhere, the likest that are; `again` is the query with those in their place. Both hold only
    what this search finds something with. `more`: a word of the query has further forms than were
    looked for. `last` is the key of the last hit of the page when others follow, else "".
    """

    asked: Asked
    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    spans: tuple[Span, ...] = ()
    guesses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    again: tuple[str, ...] = ()
    more: bool = False
    last: str = ""


class NoSuchHit(LookupError):
    """What a page was to begin behind is not found any more."""


def search(
    charters: Sequence[Charter],
    asked: Asked,
    language: str,
    *,
    page: int = 1,
    limit: int = A_PAGE,
    after: str = "",
) -> Results:
    """One page of what is found in these charters; `language` is the one places are cited in.

    More than one charter is searched as it is now, whatever `at` says. A page past the last one is
    empty. `after` is the `last` of the page before, in the place of its number; raises NoSuchHit.
    """
    query = parse(asked.said, asked.mode)
    meant = meant_in(charters, query)
    seen = _Seen(charters, language, asked)
    found, counts = narrowed(seen.found(meant), seen.values, asked.chosen)
    start = _behind(found, after) if after else (page - 1) * limit
    here = found[start : start + limit]
    mended = {} if found else dict(_mended(charters, asked, query, seen))
    return Results(
        asked=asked,
        query=query,
        total=len(found),
        hits=shown(here, meant, seen.trees),
        facets=tuple(seen.facets(counts)),
        spans=tuple(spans_of(found)) if len(charters) == 1 else (),
        guesses=_by_word(mended.values()),
        again=tuple(mended),
        more=meant.more,
        last=here[-1].key if start + limit < len(found) else "",
    )


_Mending = Mapping[str, str]  # words that are nowhere, and what stands in their place


def _mended(
    charters: Sequence[Charter], asked: Asked, query: Query, seen: "_Seen"
) -> Iterator[tuple[str, _Mending]]:
    """The query with its unknown words mended, as far as that finds something, and how.

    Several unknown words are mended together, each by its likest, then each by the next. At most
    `GUESSES` are tried. Where all words are known, runs of signs are mended by parts of them.
    """
    unknown = guesses(charters, query) or partly_there(charters, query)
    for nth in range(max((len(likes) for _word, likes in unknown), default=0)):
        mending = {word: likes[min(nth, len(likes) - 1)] for word, likes in unknown}
        again = _with(asked.said, mending)
        meant = meant_in(charters, parse(again, asked.mode))
        if narrowed(seen.found(meant), seen.values, asked.chosen)[0]:
            yield again, mending


def _with(said: str, mending: _Mending) -> str:
    """What was typed, with these words in the place of others, these runs of signs likewise."""
    for run in mending:
        if is_unspaced(run):
            said = said.replace(run, mending[run])
    for place in reversed(words(said)):
        if place.form in mending:
            said = f"{said[: place.start]}{mending[place.form]}{said[place.end :]}"
    return said


def _by_word(mendings: Iterable[_Mending]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each word the likest that lead somewhere, the likest first."""
    found: dict[str, dict[str, None]] = {}
    for mending in mendings:
        for word, like in mending.items():
            found.setdefault(word, {})[like] = None
    return tuple((word, tuple(likes)) for word, likes in found.items())


def _behind(found: Sequence[Found], key: str) -> int:
    for at, one in enumerate(found, start=1):
        if one.key == key:
            return at
    raise NoSuchHit(key)


class _Seen:
    """The charters as one search sees them: their trees, and what can be told of a find."""

    def __init__(self, charters: Sequence[Charter], language: str, asked: Asked) -> None:
        self.charters = {charter.pk: charter for charter in charters}
        self.language, self.asked = language, asked
        self.one: Tree | None = None
        at = asked.at if len(charters) == 1 and asked.where is Where.TEXT else None
        self.trees = Trees(self.charters, language, at)
        if len(charters) == 1:
            self.trees.read(self.charters)
            self.one = self.trees[charters[0].pk]
        self.kinds: dict[object, str] = {}

    @property
    def values(self) -> Values:
        """The facets: those of the tree only where there is one tree."""
        common: Values = {
            "person": lambda one: (str(one.person),),
            "language": lambda one: (one.language,),
        }
        tree = self.one
        if tree is None:
            return {"charter": lambda one: (self.charters[one.charter].slug,), **common}
        return {
            "part": lambda one: (tree.part(one.clause) or STRUCK,),
            "principle": lambda one: row.principles if (row := tree.row(one.clause)) else (),
            "kind": lambda one: (self._kind(tree, one),),
            **common,
        }

    def found(self, meant: Meant) -> list[Found]:
        where, tree = self.asked.where, self.one
        if where is Where.HISTORY:
            found = in_past(meant.texts)
        elif where is Where.DISCUSSION:
            found = in_discussion(meant)
        elif tree and self.asked.at is not None:
            found = in_text_at(tree.charter, meant, self.asked.at)
            found = self._ordered([one for one in found if tree.stands(one.clause)])
        else:
            found = self._ordered(in_text(meant))
        self._learn_kinds(found)
        return found

    def _ordered(self, found: list[Found]) -> list[Found]:
        """The best first, or in reading order; what is struck comes last."""
        tree = self.one
        if tree is None:
            titles = {key: charter.title for key, charter in self.charters.items()}
            return sorted(found, key=lambda one: (-one.rank, titles[one.charter], one.clause))
        by_rank = self.asked.order == "rank"
        return sorted(
            found,
            key=lambda one: (
                not tree.stands(one.clause),
                -one.rank if by_rank else 0,
                tree.place(one.clause),
                one.language,
            ),
        )

    def _learn_kinds(self, found: list[Found]) -> None:
        """The kinds of clauses that are not in the text; it is asked for even if there are none."""
        if self.one is not None and found:
            missing = {one.clause for one in found if not self.one.row(one.clause)}
            self.kinds = dict(Clause.objects.filter(pk__in=missing).values_list("pk", "kind"))

    def _kind(self, tree: Tree, one: Found) -> str:
        row = tree.row(one.clause)
        return str(row.kind) if row else self.kinds.get(one.clause, ROOT)

    def facets(self, counts: dict) -> list[Facet]:
        names = self._names(counts)
        return [
            facet(
                name,
                values,
                self.asked.chosen.get(name, ""),
                lambda value, known=names[name]: known.get(value, value),
                self.one.order if self.one and name == "part" else None,
            )
            for name, values in counts.items()
        ]

    def _names(self, counts: dict) -> dict[str, dict[str, str]]:
        """What the values of each facet are called; kinds and languages are the page's to name."""
        people = [int(key) for key in counts["person"]]
        rows = Person.objects.filter(pk__in=people).values_list("pk", "name", "email")
        names: dict[str, dict[str, str]] = {name: {} for name in counts}
        names["person"] = {str(key): name or email for key, name, email in rows}
        if self.one is None:
            names["charter"] = {
                one.slug: one.title_in(self.language) for one in self.charters.values()
            }
            return names
        principles = self.one.charter.principles.all()
        names["principle"] = {one.slug: one.name(self.language) for one in principles}
        names["part"] = {key: self.one.named(key) for key in counts["part"] if key != STRUCK}
        return names
