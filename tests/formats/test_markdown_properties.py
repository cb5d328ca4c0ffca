"""Whatever is read is written so that it is read again the same, and no word is lost."""

import re
from collections import Counter
from dataclasses import replace
from itertools import count

from hypothesis import example, given, settings
from hypothesis import strategies as st

from charter.formats import markdown, plaintext
from charter.formats.lines import guarded, unguarded
from charter.text.matching import match
from charter.text.numbering import labels
from charter.text.outline import Outline

# Lines that mean something to the reader, alone or in company.
LINES = r"""
# Title|## Article 5|## Article 5 — Scope|### Section 1. Foo.|Article 7|**Article 8**|Статья 5
## Article 5 bis ##|## \Article 5|§ 3. Foo|第五条 标题|PART ONE|## Part I|# Part II|DONE at Vienna,
#### Chapter 2 -- Foo|Annex I|## Annex — Map|Preamble|## Preamble|## 1.2 Foo|## [l](http://x) h
## a *b* c|##|#hash|\## foo|UPPER CASE|Recalling that,|1. one|2. two|1) x|(a) alpha|(i) iota
(b) beta|- dash|  - nested|   more words|    deep|text here|Ends:|lazy|---|===|***|___|* * *
> quote|>> - q|```|~~~|code [x]|[^1]: note|see[^1] and[^2]|[^2]: two [b]|[^1]|^[inline note]
x^[n [y] z]|[k]: http://e.org/a|[words][k] [k] [k][]||||\- esc|1\. esc|中文|*emph* **bold**
**Bold**|1. **Bold**|   para under|\|a \|1.|(a)|-|<sup>1</sup>|• bullet|– dash|i. x|1.1 decimal
   (a) in|      (i) inn|а) рус|+ plus|1. 2. 3. x|- - x|- (a) y|1234. no|2.5 x|一、甲|（二）乙
5 bis. x|- 1. given|- 1. again|1. anew|**Section 1.** Set off.|Section 2. It goes on in the
"""
lines = [*re.split(r"[|\n]", LINES), "| a | b |", "|---|---|"]
texts = st.lists(st.sampled_from(lines), max_size=10).map("\n".join)
wild = st.text(alphabet="aB1 .)(-*_#>|`[]^:\\\n\t§•中а—", max_size=60)
WORD = re.compile(r"[^\W_]+")


def again(outline: Outline) -> Outline:
    return markdown.read(markdown.write(outline), outline.language)


@settings(max_examples=400, deadline=None)
@given(texts | wild)
@example("[^1]\n\n[^1]: a\n\n[^1]: b")
@example("[^1]: note\n^[inline note]")
@example("a^[ 1] b^[1 ]")
@example("## Part I\n\n### Article 1\n\n---\n\n- x\n\n---\n\ny")
def test_markdown_comes_back(source):
    outline = markdown.read(source.encode())
    assert again(outline) == outline


@settings(max_examples=300, deadline=None)
@given(texts | wild)
def test_plain_text_comes_back_as_markdown(source):
    outline = plaintext.read(source.encode())
    assert again(outline) == outline


def said(outline: Outline) -> str:
    """Everything a reader of the outline meets, in order."""
    parts = [outline.title]
    for (_, clause), label in zip(outline.walk(), labels(outline), strict=True):
        parts += [label, clause.heading, clause.text]
    return "\n".join(parts)


# Scripts without spaces lose no sign, but lines of them are joined into one word.
latin = st.lists(st.sampled_from([line for line in lines if "[" not in line and line.isascii()]))


def words(text: str) -> list[str]:
    """Words in order; the numbers of items aside, which Markdown counts itself."""
    return [word for word in WORD.findall(text) if not word.isdecimal()]


@settings(max_examples=300, deadline=None)
@given(latin.map("\n".join))
def test_no_word_is_lost_or_put_elsewhere(source):
    assert words(said(markdown.read(source.encode()))) == words(source)
    assert words(said(plaintext.read(source.encode()))) == words(source)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_no_word_of_a_text_with_notes_is_lost(source):
    known = Counter(words(said(markdown.read(source.encode()))))
    marks = {"k", "http", "e", "org", "a"}  # keys of links go, addresses come more than once
    lost = Counter(words(source.replace("中文", "").replace("甲", ""))) - known
    assert {word for word in lost if word.isascii()} <= marks


@given(wild.map(lambda text: " ".join(text.split())))
def test_words_that_would_begin_a_block_are_kept_from_it_and_come_back(text):
    assert unguarded(guarded(text)) == unguarded(text)
    if guarded(text) != text:
        assert unguarded(guarded(text)) == text


@settings(max_examples=150, deadline=None)
@given(texts)
@example("## Article 5\n1. one\n- 1. given\n---\n1. one\n1. one")
def test_importing_an_exported_text_again_changes_nothing(source):
    outline = _named(markdown.read(source.encode()))
    assert match(outline, again(outline)) == outline


def _named(outline: Outline) -> Outline:
    """The outline as a charter has it, every clause with an id."""
    numbers = count(1)

    def named(clause):
        own = str(next(numbers))
        return replace(clause, id=own, children=tuple([named(child) for child in clause.children]))

    return replace(outline, clauses=tuple([named(clause) for clause in outline.clauses]))
