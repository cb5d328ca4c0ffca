"""A rolling text as HTML: open places in brackets, each alternative with who stands behind it.

The base and every rival are parsed for themselves, and what stands in a run is cut out of the one
it belongs to, so that marks of emphasis, links and references come out as in each wording alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.formats import languages
from charter.formats.numbered import lined_html
from charter.queries.rolling import Behind, RollingPage
from charter.text.bracketed import Agreed, Alternative, Bracket, Rolling, Runs
from charter.text.destination import destination
from charter.text.redline import Row
from charter.text.rolled import Proposal, RolledClause
from charter.web.pieces import HEADED, Look, Pieces
from charter.web.words import Leaf, Mark, Shown, WordsHtml, Writing, leaves_of

_BASE = -1
_BETWEEN = " <!---->"  # whole alternatives, and nothing else
# White space at the ends of words, behind the tags that open there or ahead of those that close.
_FIRST_SPACE = re.compile(r"^((?:<[^>]*>)*)\s+")
_LAST_SPACE = re.compile(r"\s+((?:</[^>]*>)*)$")


class RolledWords(WordsHtml):
    """Writes the wordings of clauses, which it knows by their ids, with all that is open."""

    def __init__(
        self,
        places: Mapping[str, str],
        page: RollingPage,
        address: str,
        *,
        attributed: bool = True,
        lined: bool = False,
    ) -> None:
        super().__init__(places)
        self.page, self.address, self.attributed, self.lined = page, address, attributed, lined
        self.clauses = {one.clause.id: one for _depth, one in page.rolled.walk()}

    def of(self, text: str, marks: tuple[Mark, ...] = (), key: str = "") -> Shown:
        one = self.clauses[key]
        shown = self.written(one.text, key)
        shown = self._proposed(shown, one, by=True) if one.planted and text else shown
        return self._lined(shown, whole=one.text.whole)

    def heading(self, text: str, key: str = "") -> Shown:
        one = self.clauses[key]
        shown = self.written(one.heading, f"{key}-h")
        by = not one.clause.text
        shown = self._proposed(shown, one, by=by) if one.planted and text else shown
        # A heading that words run on from shares their line.
        return self._lined(shown) if one.clause.kind in HEADED else shown

    def _lined(self, shown: Shown, *, whole: bool = False) -> Shown:
        """In lines, if that is asked for; whole alternatives have lines of their own."""
        if not self.lined:
            return shown
        parts = shown.html.split(_BETWEEN) if whole else [shown.html]
        return replace(shown, html=_BETWEEN.join(map(lined_html, parts)))

    def written(self, rolling: Rolling, key: str) -> Shown:
        """One wording with its alternatives."""
        return in_place(rolling, self.places, key, self.behind)

    def behind(self, labels: Sequence[str]) -> str:
        """Who stands behind words: each amendment, a link, with its sponsors."""
        if not self.attributed:
            return ""
        return ", ".join(self._link(self.page.behind[label]) for label in labels)

    def _link(self, one: Behind) -> str:
        where = f"{self.address}amendments/{one.uuid}/"
        title = f' title="{escape(one.title)}"' if one.title else ""
        by = escape(", ".join(one.by))
        return f'<a href="{where}"{title}>{escape(one.symbol)}</a> {by}'

    def _proposed(self, shown: Shown, one: RolledClause, *, by: bool) -> Shown:
        said = by_whom(self.behind(one.proposed_by)) if by else ""
        html = f'<span class="alternative">[{shown.html}{said}]</span>'
        return replace(shown, html=_place(html) if by else html)


def by_whom(names: str) -> str:
    """What follows words that somebody stands behind; "" where nobody is named."""
    return f'<span class="behind">: {names}</span>' if names else ""


def in_place(
    rolling: Rolling,
    places: Mapping[str, str],
    key: str,
    behind: Callable[[Sequence[str]], str],
) -> Shown:
    """A rolling wording; `behind` writes, as HTML, who stands behind words by their labels, or "".

    `places` is what references print, `key` keeps the ids of its footnotes apart on the page.
    """
    return _Voices(rolling, Writing(places, (), key, placed=False), behind).shown()


class _Voices:
    """One rolling wording on its way to HTML; `at` is how far each voice has been read."""

    def __init__(self, rolling: Rolling, writing: Writing, behind) -> None:
        self.rolling, self.writing, self.behind = rolling, writing, behind
        self.texts = {_BASE: rolling.take()}
        self.texts |= {number: rival.text for number, rival in enumerate(rolling.rivals)}
        self.at = dict.fromkeys(self.texts, 0)
        self.depth = 0  # of brackets around what is being written

    def shown(self) -> Shown:
        if self.rolling.whole:
            html = _BETWEEN.join(map(_place, self._alternatives()))
        else:
            html = self._runs(self.rolling.runs, frozenset(self.texts))
        return Shown(html, self.writing.listed())

    def _alternatives(self) -> Iterator[str]:
        """Whole wordings, each a line of its own with its number."""
        words = languages.words(get_language() or "en")
        for number, one in enumerate(self.rolling.alternatives, 1):
            html = self._runs(one.runs, self._among(one, frozenset(self.texts)))
            names = "" if one.retained else self.behind(self._labels(one))
            said = words["alternative_of" if names else "alternative"]
            names = f'<span class="behind">{names}</span>'
            head, tail = said.format(number=number, names=names, words="\0").split("\0")
            retained = " retained" if one.retained else ""
            yield (
                f'<span class="alternative whole{retained}">[<span class="nth">{head}</span>'
                f"{html or _left_out()}{tail}]</span>"
            )

    def _runs(self, runs: Runs, voices: frozenset[int]) -> str:
        return "".join(
            self._agreed(run, voices) if isinstance(run, Agreed) else self._bracket(run, voices)
            for run in runs
        )

    def _agreed(self, run: Agreed, voices: frozenset[int]) -> str:
        first = min(voices)
        start = self.at[first]
        end = start + len(run.text)
        for voice in voices:
            self.at[voice] += len(run.text)
        return self.writing.html(tuple(_cut(leaves_of(self.texts[first]), start, end)))

    def _bracket(self, bracket: Bracket, voices: frozenset[int]) -> str:
        """The alternatives one after another; the space at their edges stands outside.

        An open place can be gone to; what is open inside of it is a part of it.
        """
        words = []
        self.depth += 1
        for one in bracket.alternatives:
            mine = self._among(one, voices)
            words.append(self._runs(one.runs, mine) if mine else "")
        self.depth -= 1
        sides = [
            self._alternative(one, _LAST_SPACE.sub(r"\1", _FIRST_SPACE.sub(r"\1", html)))
            for one, html in zip(bracket.alternatives, words, strict=True)
        ]
        before = " " if any(_FIRST_SPACE.match(html) for html in words) else ""
        after = " " if any(_LAST_SPACE.search(html) for html in words) else ""
        html = " ".join(side for side in sides if side)
        return before + (html if self.depth else _place(html)) + after

    def _alternative(self, one: Alternative, html: str) -> str:
        if one.retained:
            return f'<span class="alternative retained">[{html}]</span>' if html else ""
        by = by_whom(self.behind(self._labels(one)))
        return f'<span class="alternative">[{html or _left_out()}{by}]</span>'

    def _among(self, one: Alternative, voices: frozenset[int]) -> frozenset[int]:
        """The voices that say the words of an alternative."""
        return voices & frozenset((*one.rivals, *((_BASE,) if one.retained else ())))

    def _labels(self, one: Alternative) -> list[str]:
        return [self.rolling.rivals[number].label for number in one.rivals]


def _left_out() -> str:
    said = escape(_("left out"))
    return f'<span class="left-out">{said}</span>'


def _place(html: str) -> str:
    return f'<span class="place" tabindex="-1">{html}</span>'


def _cut(leaves: Sequence[Leaf], start: int, end: int) -> Iterator[Leaf]:
    """The leaves between two places of the source; what is printed whole goes with its start."""
    for leaf in leaves:
        if leaf.clause or leaf.note is not None:
            if start <= leaf.start < end:
                yield leaf
        elif leaf.start < end and leaf.end > start:
            at, until = max(leaf.start, start), min(leaf.end, end)
            yield replace(leaf, text=leaf.said(at, until), start=at, end=until)


class RolledPieces(Pieces):
    """The clauses of a rolling text, each with what is asked of it as a whole below its words."""

    def __init__(self, rows: tuple[Row, ...], look: Look, words: RolledWords) -> None:
        self.rolled_words = words
        super().__init__(rows, look, words)

    def beside(self, row: Row) -> str:
        one = self.rolled_words.clauses[row.id]
        asks = [
            *(self._ask(_("Leave out"), ask) for ask in one.strikes),
            *(self._ask(self._where(ask), ask) for ask in one.moves),
            *(self._misfit(ask) for ask in one.misfits),
        ]
        if not asks:
            return ""
        return f'<ul class="asks" lang="{get_language()}">{"".join(asks)}</ul>'

    def _where(self, ask: Proposal) -> str:
        words = languages.words(get_language() or "en")
        said = destination(ask, self.rolled_words.places).said(words)
        return said[:1].upper() + said[1:]

    def _ask(self, what: str, ask: Proposal) -> str:
        return f"<li>{self._open(what, ask)}</li>"

    def _misfit(self, ask: Proposal) -> str:
        words = " ".join(self.words.plain(part) for part in (ask.heading, ask.text) if part)
        said = escape(_("written against words that have changed since"))
        return f'<li class="misfit">{self._open(words, ask)} <span>{said}</span></li>'

    def _open(self, words: str, ask: Proposal) -> str:
        by = by_whom(self.rolled_words.behind((ask.label,)))
        return _place(f'<span class="alternative">[{escape(words)}{by}]</span>')
