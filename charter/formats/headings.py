"""Headings are plain words; only what says more than how words look keeps its marks."""

from charter.text.inline import Bracketed, Emphasis, Nodes, Strong, Words, escaped, parse, plain


def heading_words(text: str) -> str:
    """A heading bare of its marks, unless it has some that say more than how words look."""
    return plain(text).body if _is_bare(parse(text)) else text


def heading_source(heading: str) -> str:
    """Markdown that `heading_words` reads as this heading."""
    return escaped(heading) if _is_bare(parse(heading)) else heading


def _is_bare(nodes: Nodes) -> bool:
    return all(
        isinstance(node, Words)
        or (isinstance(node, Emphasis | Strong | Bracketed) and _is_bare(node.children))
        for node in nodes
    )
