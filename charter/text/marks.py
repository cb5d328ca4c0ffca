"""Parses the inline grammar (see `inline.py`) in one pass over the marks.

Emphasis follows the delimiter runs of CommonMark 0.31 (section 6.2 and its appendix).
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

from charter.text.nodes import (
    Bracketed,
    Emphasis,
    Footnote,
    Link,
    Node,
    Nodes,
    Reference,
    Strong,
    Words,
)

DEPTH = 40  # marks inside marks; what is nested deeper is words
PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]\^_`{|}~"  # what a backslash may escape
_MARK = re.compile(rf"\\[{PUNCTUATION}]|`+|\*+|_+|\^\[|\[|\]")
_TARGET = re.compile(
    r"\(\s{0,9}(?P<to>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,9})"
    r'(?:\s{1,9}"(?P<title>[^"\n]{0,500})")?\s{0,9}\)'
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|#\S*", re.IGNORECASE)
_CLAUSE = re.compile(r"#[\w.:-]+")
_TICKS = re.compile(r"`+")


def parsed(text: str) -> Nodes:
    """The marks of a wording as a tree."""
    return _Parser(text).nodes()


def loose_brackets(text: str) -> tuple[int, ...]:
    """Where square brackets stand that have no partner, or are nested deeper than `DEPTH`."""
    parser = _Parser(text)
    parser.nodes()
    opened = [parser.items[place].node.start for place in parser.brackets]
    return tuple(sorted((*parser.loose, *opened)))


def is_address(target: str) -> bool:
    """Whether a link may lead there: http, https, mailto or a place in the text."""
    return _ADDRESS.fullmatch(target) is not None and not any(
        unicodedata.category(sign) in ("Cc", "Cf") for sign in target
    )


@dataclass(slots=True)
class _Item:
    """A node, or a run of delimiters or an opening bracket that may yet become part of one."""

    node: Node
    depth: int = 0
    mark: str = ""  # "*", "_", "[" or "^["
    count: int = 0
    opens: bool = False
    closes: bool = False
    active: bool = True  # for "[": may still become a link
    length: int = 0  # of the whole run, before any of it was used


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[_Item] = []
        self.brackets: list[int] = []  # places of opening brackets in `items`
        self.loose: list[int] = []  # brackets in `text` that found no partner

    def nodes(self) -> Nodes:
        self._scan()
        for place in self.brackets:
            self.items[place].mark = ""
        return _nodes(self._emphasised(self.items))

    def _scan(self) -> None:
        text, at = self.text, 0
        ticks: dict[int, list[int]] | None = None
        while at < len(text):
            found = _MARK.search(text, at)
            start = found.start() if found else len(text)
            self._words(at, start)
            if found is None:
                return
            mark, at = found.group(), found.end()
            if mark[0] == "\\":
                self._words(start + 1, at)
            elif mark[0] == "`":
                ticks = _runs_of_ticks(text) if ticks is None else ticks
                at = _closing_ticks(ticks, len(mark), start) or at
                self._words(start, at)
            elif mark[0] in "*_":
                self._delimiters(mark, start)
            elif mark == "]":
                at = self._close(start)
            else:
                self._open(mark, start)

    def _words(self, start: int, end: int) -> None:
        if start < end:
            self.items.append(_Item(Words(self.text[start:end], start, end)))

    def _open(self, mark: str, start: int) -> None:
        self._words(start, start + len(mark))
        if len(self.brackets) < DEPTH:
            self.items[-1].mark = mark
            self.brackets.append(len(self.items) - 1)
        else:
            self.loose.append(start)

    def _close(self, at: int) -> int:
        """Take the bracket at `at` as the end of the innermost open one; where to read on."""
        if not self.brackets:
            self.loose.append(at)
            self._words(at, at + 1)
            return at + 1
        place = self.brackets.pop()
        opening = self.items[place]
        inner = _nodes(self._emphasised(self.items[place + 1 :]))
        depth = 1 + max((item.depth for item in self.items[place + 1 :]), default=0)
        start, end = opening.node.start, at + 1
        if depth > DEPTH:
            self._words(at, end)
            opening.mark = ""
            self.loose += (start, at)
            return end
        node: Node
        if opening.mark == "^[":
            node = Footnote(inner, start, end)
        else:
            node = self._link(opening, inner, at) or Bracketed(inner, start, end)
            if isinstance(node, Link):
                for outer in self.brackets:
                    self.items[outer].active = self.items[outer].mark == "^["
        self.items[place:] = [_Item(node, depth)]
        return node.end

    def _link(self, opening: _Item, inner: Nodes, at: int) -> Node | None:
        found = _TARGET.match(self.text, at + 1) if opening.active else None
        if found is None:
            return None
        target, start, end = found["to"], opening.node.start, found.end()
        if not inner:
            named = _CLAUSE.fullmatch(target) and not found["title"]
            return Reference(target[1:], start, end) if named else None
        if not is_address(target):
            return None
        return Link(target, inner, start, end, found["title"] or "")

    def _delimiters(self, mark: str, start: int) -> None:
        end = start + len(mark)
        before = self.text[start - 1] if start else " "
        after = self.text[end] if end < len(self.text) else " "
        left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
        right = not before.isspace() and (
            not _is_mark(before) or after.isspace() or _is_mark(after)
        )
        self._words(start, end)
        item = self.items[-1]
        item.mark, item.count, item.length = mark[0], len(mark), len(mark)
        if mark[0] == "_":
            item.opens = left and (not right or _is_mark(before))
            item.closes = right and (not left or _is_mark(after))
        else:
            item.opens, item.closes = left, right

    def _emphasised(self, items: list[_Item]) -> list[_Item]:
        """The items with matching delimiters made into emphasis; the rest are words."""
        done: list[_Item] = []
        openers: list[int] = []  # places in `done` of delimiters that may open
        bottoms: dict[tuple[str, bool, int], int] = {}
        for item in items:
            if item.mark not in ("*", "_"):
                done.append(item)
                continue
            while item.closes and item.count:
                key = (item.mark, item.opens, item.length % 3)
                place = _opener(done, openers, item, bottoms.get(key, 0))
                if place is None:
                    bottoms[key] = len(openers)
                    break
                item = self._wrapped(done, openers, place, item)
                bottoms = {k: min(v, len(openers)) for k, v in bottoms.items()}
            if item.count:
                done.append(item)
                if item.opens:
                    openers.append(len(done) - 1)
        return done

    def _wrapped(self, done: list[_Item], openers: list[int], place: int, closer: _Item) -> _Item:
        """Make the items after the opener into one mark; what is left of the closer."""
        opener = done[place]
        used = 2 if opener.count > 1 and closer.count > 1 else 1
        inside = done[place + 1 :]
        depth = 1 + max((item.depth for item in inside), default=0)
        if depth > DEPTH:  # what is open around this stays words, and so does this
            openers.clear()
            return replace(closer, closes=False)
        start, end = opener.node.end - used, closer.node.start + used
        while openers[-1] > place:
            openers.pop()
        kind = Strong if used == 2 else Emphasis
        done[place + 1 :] = [_Item(kind(_nodes(inside), start, end), depth)]
        opener.node = self._cut(opener.node.start, start)
        opener.count -= used
        if not opener.count:
            done.pop(place)
            openers.pop()
        rest = self._cut(end, closer.node.end)
        return replace(closer, node=rest, count=closer.count - used)

    def _cut(self, start: int, end: int) -> Words:
        return Words(self.text[start:end], start, end)


def _opener(done: list[_Item], openers: list[int], closer: _Item, bottom: int) -> int | None:
    for nth in range(len(openers) - 1, bottom - 1, -1):
        opener = done[openers[nth]]
        if opener.mark != closer.mark:
            continue
        both = (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0
        if both and (opener.length % 3 or closer.length % 3):
            continue
        return openers[nth]
    return None


def _nodes(items: list[_Item]) -> Nodes:
    """The nodes of items, with words that touch in the source made one."""
    out: list[Node] = []
    run: list[Words] = []
    for item in items:
        node = item.node
        if isinstance(node, Words):
            if run and run[-1].end != node.start:
                out.append(_joined(run))
                run = []
            run.append(node)
            continue
        if run:
            out.append(_joined(run))
            run = []
        out.append(node)
    if run:
        out.append(_joined(run))
    return tuple(out)


def _joined(run: list[Words]) -> Words:
    return Words("".join(words.text for words in run), run[0].start, run[-1].end)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _runs_of_ticks(text: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for found in _TICKS.finditer(text):
        runs.setdefault(len(found.group()), []).append(found.start())
    return runs


def _closing_ticks(runs: dict[int, list[int]], length: int, start: int) -> int | None:
    """Where the code span that opens at `start` with `length` backticks ends, or None."""
    places = runs.get(length, [])
    nth = bisect_right(places, start)
    return places[nth] + length if nth < len(places) else None
