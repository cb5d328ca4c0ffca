"""Runs the typesetter in a short-lived process of its own, with limits on memory and time.

A text that needs too much of either, or that breaks the typesetter, costs its reader one sentence
and the server nothing.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_CHILD = Path(__file__).resolve().parent / "typst" / "typeset.py"

MEMORY = 3 * 1024**3  # bytes of address space; 1,000 articles take about a fifth of it
SECONDS = 60


class TypesettingFailed(Exception):
    """The PDF could not be made. `message` is one sentence for the reader."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


def typeset(
    data: dict[str, Any],
    fonts: tuple[str, ...],
    timestamp: int = 0,
    *,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> bytes:
    """The PDF of `data`, what the template reads, set in the fonts of these folders.

    `timestamp` (seconds since 1970, UTC) becomes the PDF's date, so that one revision gives one
    file. Raises TypesettingFailed when the limits are reached or the typesetter breaks.
    """
    job = {"data": json.dumps(data), "fonts": fonts, "timestamp": timestamp}
    command = [sys.executable, "-I", "-S", str(_CHILD), _packages(), str(memory), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=seconds,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingFailed(
            f"The PDF took longer than {seconds} seconds and was given up."
        ) from error
    if done.returncode == 0:
        return done.stdout
    detail = done.stderr.decode(errors="replace").strip()
    if done.returncode == 1 and detail and "Traceback" not in detail:
        raise TypesettingFailed("The PDF could not be typeset.", detail)
    raise TypesettingFailed(
        "The text is too large for the typesetter: its PDF needs more memory or time than it is"
        " allowed.",
        detail,
    )


def _packages() -> str:
    spec = find_spec("typst")
    if spec is None or spec.origin is None:
        raise TypesettingFailed("The typesetter is not installed on this server.")
    return str(Path(spec.origin).parent.parent)
