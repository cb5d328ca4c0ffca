import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter.formats import diff_, txt
from charter.formats.document import Document
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from tests.formats.texts import AFTER, AT, BEFORE, SINCE, clean, redline

needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")


def patched(folder: Path, base: Outline, diff: bytes) -> bytes:
    """The plain text of `base` with the diff applied by `patch`."""
    file = folder / "text.txt"
    file.write_bytes(txt.write(Document(base, SINCE)))
    subprocess.run(["patch", "--fuzz=0", "-s", file], input=diff, check=True, timeout=20)
    return file.read_bytes() if file.exists() else b""


@needs_patch
@pytest.mark.parametrize(
    ("base", "new"),
    [(BEFORE, AFTER), (AFTER, BEFORE), (Outline(), AFTER), (BEFORE, Outline())],
    ids=["forth", "back", "from nothing", "to nothing"],
)
def test_patch_makes_the_later_text_of_the_earlier_one(tmp_path: Path, base: Outline, new: Outline):
    diff = diff_.write(redline(base, new))

    assert patched(tmp_path, base, diff) == txt.write(Document(new, AT))


PARAGRAPHS = st.lists(st.sampled_from("abcdefg"), max_size=30).map(
    lambda words: Outline(
        "Title", tuple(Clause(Kind.RECITAL, text=f"{word} words") for word in words)
    )
)


@needs_patch
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=PARAGRAPHS, new=PARAGRAPHS)
def test_patch_accepts_the_diff_of_any_two_texts(tmp_path: Path, base: Outline, new: Outline):
    diff = diff_.write(redline(base, new))

    assert patched(tmp_path, base, diff) == txt.write(Document(new, AT))


@needs_patch
def test_without_an_earlier_revision_the_diff_makes_the_text_out_of_nothing(tmp_path: Path):
    diff = diff_.write(clean())

    assert diff.startswith(b"--- /dev/null\t")
    assert patched(tmp_path, Outline(), diff) == txt.write(clean())


def test_the_header_names_both_revisions_and_their_times():
    first, second = diff_.write(redline()).decode().split("\n")[:2]

    assert first == "--- revision-7.txt\t2025-02-19 09:00:00.000000000 +0000"
    assert second == "+++ revision-12.txt\t2025-03-19 12:00:00.000000000 +0000"


def test_equal_texts_differ_in_nothing():
    assert diff_.write(redline(BEFORE, BEFORE)) == b""


def test_changes_far_apart_are_hunks_of_their_own():
    base = [f"paragraph {number}" for number in range(40)]
    new = [*base]
    new[2], new[35] = "changed", "changed too"
    texts = [
        Outline("", tuple(Clause(Kind.RECITAL, text=text) for text in side)) for side in (base, new)
    ]

    diff = diff_.write(redline(*texts)).decode()

    assert re.findall(r"^@@.*", diff, re.M) == ["@@ -2,7 +2,7 @@", "@@ -68,7 +68,7 @@"]
