"""What a plain text prints of a clause: its words without marks, its number before its heading."""

import re
from collections.abc import Iterator, Mapping

from charter.text.inline import Bracketed, Footnote, Link, Nodes, Reference, Words, parse
from charter.text.kinds import Kind
from charter.text.laid import TITLED

# "Article 5", "§ 3", "第五条", but not "5." or "(a)".
WORDY = re.compile(r"[^\W\d_]{2}|§|[\u3400-\u9fff]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = re.compile(r"[\\`*_\[\]^]")


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
    if not _MARKS.search(text):
        return text
    return "".join(_said(parse(text), places, notes))


def _said(nodes: Nodes, places: Mapping[str, str], notes: list[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Words):
            yield node.text
        elif isinstance(node, Reference):
            yield places.get(node.clause, "…")
        elif isinstance(node, Footnote):
            at = len(notes)
            mark = str(at + 1).translate(_SUPERSCRIPT)
            notes.append(mark)
            yield mark
            notes[at] = f"{mark} {''.join(_said(node.children, places, notes))}"
        elif isinstance(node, Link):
            words = "".join(_said(node.children, places, notes))
            yield words if words == node.target else f"{words} <{node.target}>"
        else:
            inner = "".join(_said(node.children, places, notes))
            yield f"[{inner}]" if isinstance(node, Bracketed) else inner
