"""Rules of the house that are written in no other checker's language."""

import re
import subprocess

from charter.data import ROOT


def test_pages_the_api_and_live_rooms_touch_no_table_themselves():
    touches = re.compile(r"\.objects\b|\.save\(|\.delete\(\)|_base_manager|django\.db import conn")
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ("web", "api", "live", "templatetags")
        for path in (ROOT / "charter" / room).rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if touches.search(line)
    ]
    assert guilty == []


def test_the_top_level_holds_what_it_shall_and_nothing_more():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {name.split("/")[0] for name in listed if name and not name.startswith(".")}
    assert top == {
        "charter", "accounts", "templates", "static", "tests", "manage.py", "pyproject.toml",
        "README.md",
    }  # fmt: skip
