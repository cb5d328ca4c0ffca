"""The tree that a wording's inline marks make. Positions are code points of its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, equal to `source[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: "Nodes"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Strong:
    children: "Nodes"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `target`, an address that passed `is_address`."""

    target: str
    children: "Nodes"
    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    children: "Nodes"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Prints the current number of the clause with this id."""

    clause: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bracketed:
    """Words in square brackets; `children` is what stands between the two."""

    children: "Nodes"
    start: int
    end: int


Node = Words | Emphasis | Strong | Link | Footnote | Reference | Bracketed
Nodes = tuple[Node, ...]
