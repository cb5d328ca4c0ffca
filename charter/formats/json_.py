"""A document as JSON, format "charter/1": the whole of it, readable again without loss.

`text` (and `before`, for a redline) are the outlines; `rows` repeats them as a reader meets them,
with computed numbers and citations and, in a redline, what changed as [operation, words] pairs.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from charter.formats import annex
from charter.formats.document import PLAIN, Document, Options, Point, Principle, Statement
from charter.text.outline_json import decode, encode
from charter.text.redline import Row, Spans

FORMAT = "charter/1"


def write(document: Document, options: Options = PLAIN) -> bytes:
    """UTF-8, indented, ending in a newline."""
    value = {
        "format": FORMAT,
        "name": document.name,
        "at": _point(document.at),
        "since": _point(document.since) if document.since else None,
        "principles": [asdict(principle) for principle in document.principles],
        "text": encode(document.outline),
        "before": encode(document.before) if document.before else None,
        "rows": [_row(row, document.is_redline) for row in document.redline.rows],
    }
    if document.statements is not None:
        value["statements"] = annex.data(document)
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Document:
    """The document that `write` wrote; its rows are computed anew. ValueError where it is none."""
    value = json.loads(data)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(f"This is not a text in the format {FORMAT}.")
    try:
        return Document(
            name=value["name"],
            outline=decode(value["text"]),
            at=_read_point(value["at"]),
            before=decode(value["before"]) if value["before"] else None,
            since=_read_point(value["since"]) if value["since"] else None,
            principles=tuple(Principle(**one) for one in value["principles"]),
            statements=_read_statements(value.get("statements")),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"A text in the format {FORMAT} lacks {error}.") from error


def _point(point: Point) -> dict[str, Any]:
    moment = point.committed_at
    return asdict(point) | {"committed_at": moment.isoformat() if moment else None}


def _read_point(value: dict[str, Any]) -> Point:
    moment = value["committed_at"]
    return Point(**value | {"committed_at": datetime.fromisoformat(moment) if moment else None})


def _read_statements(value: list[dict[str, Any]] | None) -> tuple[Statement, ...] | None:
    if value is None:
        return None
    return tuple(
        Statement(
            paragraphs=tuple(one.pop("text").split("\n\n")),
            made_at=datetime.fromisoformat(one.pop("made_at")),
            **one,
        )
        for one in map(dict, value)
    )


def _row(row: Row, redline: bool) -> dict[str, Any]:
    data = {
        "id": row.id,
        "kind": row.kind,
        "depth": row.depth,
        "number": row.label,
        "citation": row.citation,
    }
    if not redline:
        return data
    data |= {
        "heading": _pairs(row.heading),
        "text": _pairs(row.text),
        "changes": sorted(row.changes),
        "number_before": row.label_before,
        "kind_before": row.kind_before,
        "principles": row.principles,
        "principles_before": row.principles_before,
        "moved_from": row.moved_from,
        "left_for": row.left_for,
        "split_from": row.split_from,
        "joined_into": row.joined_into,
    }
    return data


def _pairs(spans: Spans) -> list[list[str]]:
    return [[span.op, span.text] for span in spans]
