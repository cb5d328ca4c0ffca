"""What a plain text prints of a clause: its words without marks, its number before its heading."""

import re
from collections.abc import Mapping

from charter.text.kinds import Kind
from charter.text.laid import TITLED
from charter.text.pieces import flows, said_of

# "Article 5", "§ 3", "第五条", but not "5." or "(a)".
WORDY = re.compile(r"[^\W\d_]{2}|§|[\u3400-\u9fff]")
MARKS = re.compile(r"[\\`*_\[\]^]")


def heads(kind: Kind, label: str, has_heading: bool) -> bool:
    """Whether a clause has a line of its own for its number and heading.

    Titled units have, unless all they have is a bare number ("5.") that their words run on from.
    """
    return kind in TITLED and (has_heading or bool(WORDY.search(label)))


def titled(name: str, heading: str) -> str:
    """A number and a heading on one line: "Article 5. Peaceful means", "第五条 和平"."""
    if not name or not heading:
        return name or heading
    stop = "" if name.endswith((".", ")", "}")) or "\u3400" <= name[-1] <= "\u9fff" else "."
    return f"{name}{stop} {heading}"


def printed(text: str, places: Mapping[str, str], notes: list[str]) -> str:
    """Words as a plain text has them: a link is followed by its address; notes go to `notes`.

    `places` is what a reference to each clause prints.
    """
    if not MARKS.search(text):
        return text
    body, *behind = flows(text, places, len(notes))
    notes += map(said_of, behind)
    return said_of(body)
