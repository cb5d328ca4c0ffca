"""Nothing writes what has history but the actions, and nothing reaches round the door."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = [ROOT / "charter", ROOT / "accounts"]
# Where writing is the trade: the door itself, the tables' own definition, their migrations.
DOOR = (ROOT / "charter" / "actions", ROOT / "charter" / "models")

BULK = {
    "bulk_create",
    "bulk_update",
    "bulk_create_with_history",
    "bulk_update_with_history",
    "bulk_history_create",
    "abulk_create",
    "abulk_update",
    "aupdate",
    "adelete",
    "update_or_create",
    "save_without_historical_record",
    "_raw_delete",
}
WRITING_SQL = re.compile(
    r"^\s*(with\b.*\b)?(insert\s+into|update\s+\S+\s+(as\s+\w+\s+)?set"
    r"|delete\s+from|truncate\s+\w|merge\s+into|copy\s+\w+\s*(\(.*\)\s*)?from\s)",
    re.IGNORECASE | re.DOTALL,
)
REVISED = {"Clause", "Wording", "Principle", "ClausePrinciple", "Revision"}


def files() -> list[Path]:
    found = [path for room in ROOMS for path in sorted(room.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def outside(path: Path) -> bool:
    return not any(path.is_relative_to(room) for room in DOOR)


def offences(tree: ast.AST) -> list[str]:
    """What this code does that only the door may do."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found += _call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if WRITING_SQL.match(node.value):
                found.append(f"{node.lineno}: SQL that writes")
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names = {alias.name for alias in node.names}
            if names & {"SimpleHistoryAdmin"}:
                found.append(f"{node.lineno}: imports {', '.join(sorted(names))}")
    return found


def _call(node: ast.Call) -> list[str]:
    name = node.func.attr
    if name in BULK:
        return [f"{node.lineno}: .{name}("]
    if name in {"update", "delete"} and _is_a_query(node.func.value):
        return [f"{node.lineno}: .{name}( on a query"]
    if name in {"create", "get_or_create"} and _model(node.func.value) in REVISED:
        return [f"{node.lineno}: .{name}( of what has history"]
    return []


def _is_a_query(value: ast.expr) -> bool:
    """Whether a chain of calls and attributes goes through `objects`, `history` or a filter."""
    names = {node.attr for node in ast.walk(value) if isinstance(node, ast.Attribute)}
    return bool(names & {"objects", "history", "filter", "exclude", "all", "_base_manager"})


def _model(value: ast.expr) -> str:
    names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return names[0] if names else ""


# People are no charters: accounts may write its own tables by queries, and does so here alone.
ALLOWED = {
    ROOT / "accounts" / "throttle.py": {".delete( on a query"},
    ROOT / "accounts" / "tokens.py": {".update( on a query"},
}


@pytest.mark.parametrize(
    "path", list(filter(outside, files())), ids=lambda p: str(p.relative_to(ROOT))
)
def test_nothing_outside_the_actions_writes_in_bulk_or_in_sql(path):
    found = offences(ast.parse(path.read_text()))
    allowed = ALLOWED.get(path, set())
    assert [line for line in found if line.split(": ", 1)[1] not in allowed] == []


@pytest.mark.parametrize(
    "code",
    [
        "Clause.objects.filter(pk=1).update(struck=True)",
        "charter.clauses.all().delete()",
        "Wording.objects.bulk_create(rows)",
        "bulk.bulk_create_with_history(rows, Wording)",
        "Wording.history.bulk_history_create(rows)",
        "cursor.execute('UPDATE charter_wording SET text = %s', [text])",
        "cursor.execute('''WITH a AS (SELECT 1) INSERT INTO charter_clause VALUES (1)''')",
        "cursor.execute(f'DELETE FROM {table}')",
        "Revision.objects.create(number=1)",
        "from simple_history.admin import SimpleHistoryAdmin",
    ],
)
def test_the_ban_sees_what_it_bans(code):
    assert offences(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["context.update(more)", "names.delete(1)", "Comment.objects.create(text='')"]
)
def test_the_ban_leaves_the_rest_alone(code):
    assert not offences(ast.parse(code))


def test_only_the_door_itself_writes_what_has_history():
    # Within the actions too there is one room that writes these tables, and one that calls it.
    actions = ROOT / "charter" / "actions"
    kept = r"(\{|charter_(revision|clause|wording|principle|historical))"
    writes = re.compile(rf"INSERT INTO {kept}|UPDATE {kept}|import take_stock, write")
    writers = {
        path.name for path in sorted(actions.glob("*.py")) if writes.search(path.read_text())
    }
    assert writers == {"writing.py", "revisions.py"}
