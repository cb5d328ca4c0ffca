"""A wording as a plain text prints it, piece by piece, with the place of each in its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from charter.text.inline import Bracketed, Footnote, Link, Node, Nodes, Reference, Words, parse

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = str.maketrans("0123456789", SUPERSCRIPTS)


@dataclass(frozen=True, slots=True)
class Piece:
    """What is printed of `source[start:end]`, in the marks `around` it, the outermost first.

    A piece `of` a node is no words of the source: the number of a reference, the address behind a
    link, the mark of a note where it is meant and where it stands.
    """

    said: str
    start: int
    end: int
    around: Nodes
    of: Node | None = None


def flows(source: str, places: Mapping[str, str], notes: int = 0) -> list[list[Piece]]:
    """The pieces of the body, and of each note behind it; their marks count on from `notes`.

    `places` is what a reference to each clause prints.
    """
    found = _Flows(places, notes)
    found.say(parse(source), (), found.flows[0])
    return found.flows


class _Flows:
    def __init__(self, places: Mapping[str, str], notes: int) -> None:
        self.places, self.notes = places, notes
        self.flows: list[list[Piece]] = [[]]

    def say(self, nodes: Nodes, around: Nodes, out: list[Piece]) -> None:
        for node in nodes:
            if isinstance(node, Words):
                out.append(Piece(node.text, node.start, node.end, around))
            elif isinstance(node, Reference):
                said = self.places.get(node.clause, "…")
                out.append(Piece(said, node.start, node.end, around, node))
            elif isinstance(node, Footnote):
                self._note(node, around, out)
            elif isinstance(node, Bracketed):
                out.append(Piece("[", node.start, node.start + 1, around))
                self.say(node.children, around, out)
                out.append(Piece("]", node.end - 1, node.end, around))
            else:
                first = len(out)
                self.say(node.children, (*around, node), out)
                if isinstance(node, Link) and node.target != said_of(out[first:]):
                    said = f" <{node.target}>"
                    out.append(Piece(said, node.end, node.end, (*around, node), node))

    def _note(self, node: Footnote, around: Nodes, out: list[Piece]) -> None:
        mark = str(self.notes + len(self.flows)).translate(_SUPERSCRIPT)
        out.append(Piece(mark, node.start, node.end, around, node))
        inner = [Piece(f"{mark} ", node.start, node.start + 2, (node,), node)]
        self.flows.append(inner)
        self.say(node.children, (node,), inner)


def said_of(found: list[Piece]) -> str:
    """The words of some pieces."""
    return "".join([piece.said for piece in found])
