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


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; the page that says it translates it."""
    return sentence


class TypesettingFailed(Exception):
    """The PDF could not be made; the message is one sentence for the reader.

    `sentence` is the message before `values` are put in, as the catalogue has it.
    """

    def __init__(self, sentence: str, detail: str = "", **values: int) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values
        self.detail = detail


class Typesetter:
    """A typesetter for one document; a context manager, so that none is left behind."""

    def __init__(self, *, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self.seconds = seconds
        command = [sys.executable, "-I", "-S", str(_CHILD), _packages(), str(memory), str(seconds)]
        self.process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8"},
        )

    def __enter__(self) -> "Typesetter":
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def typeset(self, data: dict[str, Any], fonts: tuple[str, ...], timestamp: int = 0) -> bytes:
        """The PDF of `data`, what the template reads, set in the fonts of these folders.

        `timestamp` (seconds since 1970, UTC) becomes the PDF's date, so that one revision gives
        one file. Raises TypesettingFailed when the limits are reached or the typesetter breaks.
        """
        job = f"{' '.join([str(timestamp), *fonts])}\n{json.dumps(data)}".encode()
        try:
            pdf, said = self.process.communicate(job, self.seconds)
        except subprocess.TimeoutExpired as error:
            raise TypesettingFailed(
                _("The PDF took longer than %(seconds)d seconds and was given up."),
                seconds=self.seconds,
            ) from error
        if self.process.returncode == 0:
            return pdf
        detail = said.decode(errors="replace").strip()
        if self.process.returncode == 1 and detail and "Traceback" not in detail:
            raise TypesettingFailed(_("The PDF could not be typeset."), detail)
        raise TypesettingFailed(
            _(
                "The text is too large for the typesetter: its PDF needs more memory or time than"
                " it is allowed."
            ),
            detail,
        )


def _packages() -> str:
    spec = find_spec("typst")
    if spec is None or spec.origin is None:
        raise TypesettingFailed(_("The typesetter is not installed on this server."))
    return str(Path(spec.origin).parent.parent)
