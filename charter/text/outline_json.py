"""Outlines as plain JSON values, and back, with everything checked on the way in."""

from typing import Any

from charter.text.kinds import Kind, may_hold
from charter.text.outline import Clause, Outline
from charter.text.usage import SCHEMES

DEPTH = 100  # levels of nesting that a text may have


def encode(outline: Outline) -> dict[str, Any]:
    """The outline as JSON values: language, scheme, title and clauses, defaults left out."""
    return {
        "title": outline.title,
        "language": outline.language,
        "scheme": outline.scheme,
        "clauses": [_encoded(clause) for clause in outline.clauses],
    }


def decode(value: Any) -> Outline:
    """The outline in JSON values. ValueError, naming the place, where they are none.

    Refused: unknown keys, kinds and schemes, a clause inside one that may not hold it, an id used
    twice, and nesting deeper than `DEPTH`.
    """
    fields = _fields(value, "the text", {"title", "language", "scheme", "clauses"})
    scheme = _string(fields, "scheme", "the text", "treaty")
    if scheme not in SCHEMES:
        raise ValueError(f"“{scheme}” is not a numbering scheme: {', '.join(SCHEMES)}.")
    seen: set[str] = set()
    return Outline(
        title=_string(fields, "title", "the text"),
        clauses=_clauses(fields.get("clauses", []), "clauses", None, seen, 0),
        language=_string(fields, "language", "the text", "en"),
        scheme=scheme,
    )


def _encoded(clause: Clause) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": clause.kind.value}
    if clause.id:
        out["id"] = clause.id
    if clause.numeral is not None:
        out["numeral"] = clause.numeral
    if clause.heading:
        out["heading"] = clause.heading
    if clause.text:
        out["text"] = clause.text
    if clause.principles:
        out["principles"] = list(clause.principles)
    if clause.children:
        out["clauses"] = [_encoded(child) for child in clause.children]
    return out


_CLAUSE = {"kind", "id", "numeral", "heading", "text", "principles", "clauses"}


def _clauses(
    value: Any, where: str, parent: Kind | None, seen: set[str], depth: int
) -> tuple[Clause, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list of clauses is expected.")
    if depth > DEPTH:
        raise ValueError(f"{where}: clauses are nested deeper than {DEPTH} levels.")
    return tuple(
        _clause(one, f"{where}[{at}]", parent, seen, depth) for at, one in enumerate(value)
    )


def _clause(value: Any, where: str, parent: Kind | None, seen: set[str], depth: int) -> Clause:
    fields = _fields(value, where, _CLAUSE)
    name = _string(fields, "kind", where)
    if name not in set(Kind):
        raise ValueError(f"{where}: “{name}” is not a kind of clause: {', '.join(Kind)}.")
    kind = Kind(name)
    if not may_hold(parent, kind):
        raise ValueError(f"{where}: a {kind.value} cannot stand inside a {parent}.")
    id = _string(fields, "id", where)
    if id and id in seen:
        raise ValueError(f"{where}: the id “{id}” is used twice.")
    seen.add(id)
    numeral = fields.get("numeral")
    if numeral is not None and not isinstance(numeral, str):
        raise ValueError(f"{where}: “numeral” must be a string or null.")
    return Clause(
        kind=kind,
        text=_string(fields, "text", where),
        heading=_string(fields, "heading", where),
        id=id,
        numeral=numeral,
        principles=_strings(fields, "principles", where),
        children=_clauses(fields.get("clauses", []), f"{where}.clauses", kind, seen, depth + 1),
    )


def _fields(value: Any, where: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: an object is expected.")
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise ValueError(f"{where}: “{unknown[0]}” is not a field here.")
    return value


def _string(fields: dict[str, Any], key: str, where: str, default: str = "") -> str:
    value = fields.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"{where}: “{key}” must be a string.")
    return value


def _strings(fields: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = fields.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{where}: “{key}” must be a list of strings.")
    return tuple(value)
