"""Lays a document out for the typesetter: what is a heading, what hangs, what the front says.

Everything becomes plain data with short keys, so that the template has nothing to decide per
clause. A row: f "h" heading, "p" paragraph, "c" or "l" a place left by a move; n number, h heading,
t words, each a string, a run or a list of them; l level and plain words of a heading; s stacked; g
set large; z struck; i steps of indentation; w whether the number fits its column; y kept with what
follows; b bar in the margin; a remarks; p principles; k the anchor that references lead to. A run:
t text (in pieces, where it may break) or n note, with o "i" or "d", e emphasis, s strong, u
address, r anchor.
"""

import re
from collections.abc import Callable
from typing import Any

from charter.formats import annex, languages
from charter.formats.document import Document, Options
from charter.formats.runs import Run, is_plain, places, plain, runs
from charter.formats.script_fonts import face, is_han, scripts
from charter.formats.shape import Shape, number_spans, shapes, shown_number, titled
from charter.formats.summary import changes_line, facts, remarks, summary
from charter.text.kinds import Kind
from charter.text.redline import Change, Row, Spans

Data = dict[str, Any]

# A word wider than a line would run off the page; it may break after so many characters.
_ENDLESS = re.compile(r"[^\s\u2e80-\u9fff]{50}")
_PIECES = re.compile(r"([^\s\u2e80-\u9fff]{12})(?=[^\s\u2e80-\u9fff]{12})")

_GRAND = frozenset({Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.ANNEX})

_CODE = re.compile(r"[a-z]{2,3}")  # what the typesetter takes for a language

_LONG = 6  # headings from which a text has contents
_HEAD = 70  # characters of a running head
_DEEP = 6  # steps of indentation, after which points stand below one another
_LABEL_FITS = 5  # characters of a number that its column holds
_OP = {"insert": "i", "delete": "d"}


def layout(document: Document, options: Options) -> Data:
    """What the template reads for this document."""
    language, redline = document.language, document.redline
    title = plain(redline.title) or document.stand_in
    rows = _Rows(document, options)
    summed = _summary(document, rows) if document.is_redline else None
    laid_out = rows.laid_out()
    data = {
        "title": title,
        "keywords": [word for word in (document.at.symbol, document.at.digest) if word],
        "heading": rows.words(redline.title) or title,
        "lang": code if _CODE.fullmatch(code := languages.primary(language)) else "und",
        "dir": languages.direction(language),
        "words": languages.words(language),
        "head": _shortened(title),
        "symbol": document.at.symbol,
        "foot": _foot(document),
        "under": [line for line in (changes_line(document) or document.at.edition,) if line],
        "facts": facts(document),
        "contents": sum(row["f"] == "h" for row in laid_out) >= _LONG,
        "summary": summed,
        "lines": options.line_numbers,
        "rows": laid_out,
        "annex": _annex(document),
    }
    folders = scripts(repr(data))
    return data | {"folders": folders} | face(language, folders)


def _shortened(title: str) -> str:
    """A title for the running head, which has one line: cut at a word."""
    wide = is_han(title)
    room = _HEAD // 2 if wide else _HEAD
    if len(title) <= room:
        return title
    kept = title[:room]
    return (kept if wide else kept.rpartition(" ")[0] or kept) + "…"


def _foot(document: Document) -> str:
    at = document.at
    number = languages.words(document.language)["revision"].format(revision=at.revision)
    return f"{number} · {at.digest[:16]}" if at.digest else number


def _annex(document: Document) -> Data | None:
    if document.statements is None:
        return None
    return {
        "title": annex.title(document),
        "none": "" if document.statements else annex.none(document),
        "groups": [
            {"about": group.about, "entries": [_stated(one) for one in group.entries]}
            for group in annex.groups(document)
        ],
    }


def _stated(entry: annex.Entry) -> Data:
    code = languages.primary(entry.statement.language)
    return {
        "title": entry.title,
        "made": entry.made,
        "lang": code if _CODE.fullmatch(code) else "und",
        "rtl": languages.direction(code) == "rtl",
        "said": [_breakable(one) for one in entry.statement.paragraphs],
    }


def _summary(document: Document, rows: "_Rows") -> Data:
    words, found = languages.words(document.language), summary(document)
    if not document.redline.changed:
        return {"lines": [words["unchanged"]], "entries": []}
    return {
        "lines": [", ".join(found.counts), words["legend"]],
        "entries": [[entry.where, rows.key(entry.row.id), entry.what] for entry in found.entries],
    }


def run_data(run: Run, key: Callable[[str], str]) -> Data | str:
    """A run as the templates take it; `key` gives the anchor of a clause, "" for none."""
    if run == Run(run.text):
        return _breakable(run.text)
    if run.note is not None:
        data: Data = {"n": [run_data(inner, key) for inner in run.note]}
    else:
        data = {"t": _pieces(run.text)}
    if run.op in _OP:
        data["o"] = _OP[run.op]
    if run.emphasis:
        data["e"] = 1
    if run.strong:
        data["s"] = 1
    if run.address:
        data["u"] = run.address
    elif run.clause and key(run.clause):
        data["r"] = key(run.clause)
    return data


class _Rows:
    """The rows of a document, and which of them something else leads to."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.options = document, options
        self.rows = document.redline.rows
        self.places = places(document.redline)
        self.keys: dict[str, str] = {}

    def key(self, clause: str) -> str:
        """The anchor of a clause of this document; "" when it is not in it."""
        if clause not in self.places:
            return ""
        return self.keys.setdefault(clause, f"c{len(self.keys)}")

    def words(self, spans: Spans) -> str | Data | list[Data | str]:
        """Spans as the template takes them: a string where nothing is marked, runs otherwise."""
        if not spans:
            return ""
        if len(spans) == 1 and spans[0].op == "equal" and is_plain(spans[0].text):
            return _breakable(spans[0].text)
        return [self._run(run) for run in runs(spans, self.places)]

    def laid_out(self) -> list[Data]:
        """Every row for the template."""
        laid = [self._row(shape) for shape in shapes(self.document.redline)]
        for row, following, data in zip(self.rows, self.rows[1:], laid, strict=False):
            if following.depth > row.depth:
                data["y"] = 1
        for row, data in zip(self.rows, laid, strict=True):
            if row.id in self.keys and not row.left_for:
                data["k"] = self.keys[row.id]
        return laid

    def _run(self, run: Run) -> Data | str:
        return run_data(run, self.key)

    def _row(self, shape: Shape) -> Data:
        row = shape.row
        data: Data = {"h": self.words(row.heading), "t": self.words(row.text)}
        number = [_marked(label, op) for op, label in number_spans(row)]
        if number:
            data["n"] = number[0] if len(number) == 1 else [number[0], " ", number[1]]
        if row.left_for:
            data["f"] = "c" if shape.titled else "l"
        elif shape.heading:
            data |= {"f": "h", "l": shape.level, "s": shape.stacked}
            if row.kind in _GRAND:
                data["g"] = 1
            data["plain"] = titled(shown_number(row), plain(row.heading))
            if Change.STRUCK in row.changes:
                data["z"] = 1
        else:
            fits = len("".join(label for _, label in number_spans(row))) <= _LABEL_FITS
            data |= {"f": "p", "i": min(shape.indent, _DEEP), "w": fits}
        if row.changes:
            data["b"] = 1
        if said := remarks(row, self.document.language):
            data["a"] = said
        if tags := self._tags(row):
            data["p"] = tags
        return data

    def _tags(self, row: Row) -> list[Data | str]:
        name, old, new = self.document.principle_name, row.principles_before, row.principles
        if Change.RETAGGED not in row.changes:
            return [name(slug) for slug in new or old] if self.options.principles else []
        kept = [_marked(name(slug), "equal" if slug in old else "insert") for slug in new]
        return kept + [_marked(name(slug), "delete") for slug in old if slug not in new]


def _marked(text: str, op: str) -> Data | str:
    return {"t": text, "o": _OP[op]} if op in _OP else text


def _breakable(text: str) -> Data | str:
    return {"t": _pieces(text)} if _ENDLESS.search(text) else text


def _pieces(text: str) -> str | list[str]:
    """A text in pieces between which a line may break, where a word is wider than a line."""
    if not _ENDLESS.search(text):
        return text
    return [piece for piece in _PIECES.split(text) if piece]
