"""Runs the typesetter in a short-lived process of its own, with limits on memory and time.

A text that needs too much of either, or that breaks the typesetter, costs its reader one sentence
and the server nothing. A few work at once; who asks for more waits for a place.
"""

import json
import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_CHILDREN = Path(__file__).resolve().parent / "typst"

MEMORY = 3 * 1024**3  # bytes of address space; 1,000 articles take about a fifth of it
SECONDS = 60
PATIENCE = 30  # seconds to wait for a place
AT_ONCE = min(4, max(2, os.cpu_count() or 2))  # typesetters of this process

_places = threading.BoundedSemaphore(AT_ONCE)


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
    """A typesetter for one document; a context manager, so that none is left behind.

    Entering raises TypesettingFailed when no place becomes free within `patience` seconds.
    """

    process: subprocess.Popen[bytes]

    def __init__(
        self,
        child: str = "typeset.py",
        template: str = "charter.typ",
        *,
        memory: int = MEMORY,
        seconds: int = SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self.seconds, self.patience = seconds, patience
        limits = [str(memory), str(seconds)]
        program = str(_CHILDREN / child)
        self.command = [sys.executable, "-I", "-S", program, _packages(), *limits, template]

    def __enter__(self) -> "Typesetter":
        if not _places.acquire(timeout=self.patience):
            raise TypesettingFailed(_("Too many PDFs are being made just now: try again shortly."))
        try:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={"LC_ALL": "C.UTF-8"},
            )
        except BaseException:
            _places.release()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        try:
            if self.process.poll() is None:
                self.process.kill()
            self.process.communicate()
        finally:
            _places.release()

    def typeset(self, data: dict[str, Any], fonts: tuple[str, ...], timestamp: int = 0) -> bytes:
        """The PDF of `data`, what the template reads, set in the fonts of these folders.

        `timestamp` (seconds since 1970, UTC) becomes the PDF's date, so that one revision gives
        one file. Raises TypesettingFailed when the limits are reached or the typesetter breaks.
        """
        return self.run(f"{' '.join([str(timestamp), *fonts])}\n{json.dumps(data)}".encode())

    def run(self, job: bytes) -> bytes:
        """What the child makes of its input. Raises TypesettingFailed as `typeset` does."""
        try:
            made, said = self.process.communicate(job, self.seconds)
        except subprocess.TimeoutExpired as error:
            raise TypesettingFailed(
                _("The PDF took longer than %(seconds)d seconds and was given up."),
                seconds=self.seconds,
            ) from error
        if self.process.returncode == 0:
            return made
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
