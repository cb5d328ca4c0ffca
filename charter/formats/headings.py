"""Headings are plain words; only what says more than how words look keeps its marks."""

import re

from charter.formats.labels import named
from charter.text.inline import Bracketed, Emphasis, Nodes, Strong, Words, escaped, parse, plain


def heading_words(text: str) -> str:
    """A heading bare of its marks, unless it has some that say more than how words look."""
    return plain(text).body if _is_bare(parse(text)) else text


def heading_source(heading: str) -> str:
    """Markdown that `heading_words` reads as this heading."""
    source = escaped(heading) if _is_bare(parse(heading)) else heading
    return _ATTRIBUTE.sub(r" \\\1", source)


# "{#place}", which some programs read as the address of a heading.
_ATTRIBUTE = re.compile(r" (\{#[\w:.-]+\})$")
_GUARDED_ATTRIBUTE = re.compile(r" \\(\{#[\w:.-]+\})$")
_ANCHOR = re.compile(r"<a (?:name|id)=[\"']?[\w:.-]+[\"']?\s*(?:/>|>\s*</a>)\s*")
_LINK = re.compile(r"\[([^\[\]]+)\]\(#[^()\s]*\)")
_STRESS = re.compile(r"(\*\*|__|[*_`])(?=\S)([^*_`]+)\1")


def addressed(text: str) -> str:
    """A marked heading without what only says where it is and how its number looks.

    "{#art2}", an empty anchor, a link within the page and stress on the number of a unit.
    """
    if _GUARDED_ATTRIBUTE.search(text):
        return _GUARDED_ATTRIBUTE.sub(r" \1", text)
    text = _ATTRIBUTE.sub("", text)
    if named(text) is not None:
        return text
    for bare in (text, _STRESS.sub(r"\2", text, count=1)):
        bare = _LINK.sub(r"\1", _ANCHOR.sub("", bare), count=1)
        if named(bare) is not None:
            return bare
    return text


def _is_bare(nodes: Nodes) -> bool:
    return all(
        isinstance(node, Words)
        or (isinstance(node, Emphasis | Strong | Bracketed) and _is_bare(node.children))
        for node in nodes
    )
