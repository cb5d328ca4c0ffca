"""The Russian catalogue has every message that a page can say, whole, and its compiled form too.

Messages are found without gettext's tools, which a user's machine does not have: Django turns a
template into calls, and the calls are read from the syntax tree.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import ngettext, override
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "charter" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
RENEW = "see Translations in charter/README.md"

CODE = sorted(
    path
    for app in ("charter", "accounts")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())

# Where a function has its words: context, singular, plural; None where it has none.
PLACES = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(?:n?p?gettext|_)\({_LITERAL}(?:, ?{_LITERAL})*", re.S)

Message = tuple[str, str, str]  # context, singular, plural; "" for none


def messages_of_code(source: str) -> set[Message]:
    found = set()
    for call in _calls(source):
        context, singular, plural = (_said(call, at) for at in PLACES.get(_name(call), (None,) * 3))
        if singular:
            found.add((context, singular, plural))
    return found


def messages_of_template(source: str) -> set[Message]:
    calls = (found.group() + ")" for found in _CALL.finditer(templatize(source)))
    return {message for call in calls for message in messages_of_code(call)}


def _calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _said(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    value = getattr(call.args[place], "value", "")
    return value if isinstance(value, str) else ""


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def said() -> set[Message]:
    found = set()
    for path in CODE:
        found |= messages_of_code(path.read_text())
    for path in TEMPLATES:
        found |= messages_of_template(path.read_text())
    return found


def _key(entry: polib.POEntry) -> Message:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _translations(entry: polib.POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def test_every_message_is_in_the_catalogue(catalogue, said):
    assert len(said) > 400
    assert sorted(said - {_key(entry) for entry in catalogue}) == [], RENEW


def test_the_catalogue_has_no_message_that_nobody_says(catalogue, said):
    assert sorted({_key(entry) for entry in catalogue} - said) == [], RENEW


def test_every_message_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if not all(_translations(entry))] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_a_translation_has_the_placeholders_of_its_message(catalogue):
    wrong = [
        (entry.msgid, translation)
        for entry in catalogue
        for translation in _translations(entry)
        # The form for one is that for 21 as well, which has to be told.
        if set(PLACEHOLDER.findall(translation))
        != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert wrong == []


def test_a_counted_message_has_the_three_forms_of_russian(catalogue):
    assert catalogue.metadata["Plural-Forms"].startswith("nplurals=3;")
    counted = [entry for entry in catalogue if entry.msgid_plural]
    assert counted
    assert [entry.msgid for entry in counted if sorted(entry.msgstr_plural) != [0, 1, 2]] == []


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "положение"), (2, "положения"), (5, "положений"), (11, "положений"), (21, "положение")],
)
def test_russian_counts_as_russians_do(count, words):
    with override("ru"):
        said = ngettext("%(count)s clause", "%(count)s clauses", count) % {"count": count}
    assert said == f"{count} {words}"


def test_the_compiled_catalogue_says_the_same(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    written = {_key(entry): _translations(entry) for entry in catalogue}
    assert {_key(entry): _translations(entry) for entry in compiled} == written, RENEW
    assert compiled.metadata["Plural-Forms"] == catalogue.metadata["Plural-Forms"]


# --- nothing is said past the catalogue ---------------------------------------------------------

# The same in every language.
NAMES = {"PDF", "JSON", "Markdown", "Ctrl", "Enter", "Esc", "CSV", "SVG", "PNG"}
_SILENT = (
    re.compile(r"{%\s*comment.*?endcomment\s*%}", re.S),
    re.compile(r"{% block (?:body_class|attributes(?:_of_form)?) %}.*?{% endblock %}"),
    re.compile(r"<code>.*?</code>"),  # what a file or a program is to say
    re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", re.S),
    re.compile(r"{[%#].*?[%#]}|{{.*?}}", re.S),
)
_SPOKEN_ATTRIBUTE = re.compile(r'\b(?:title|alt|placeholder|aria-label)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>", re.S)
_WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_past_the_catalogue(path):
    source = path.read_text()
    for silent in _SILENT:
        source = silent.sub(" ", source)
    words = [*_SPOKEN_ATTRIBUTE.findall(source), _TAG.sub(" ", source)]
    assert set(_WORD.findall(" ".join(words))) - NAMES == set()


# What a person reads when it is raised or shown, and the names of a field's words.
SPEAKERS = {"ValidationError", "Unreadable", "TypesettingFailed"}
MESSAGES = {"success", "info", "warning", "error"}  # of django.contrib.messages
SPOKEN_KEYWORDS = {"label", "help_text", "empty_label"}
# The schema of the API is one document for programmers, in English, whoever fetches it.
SCHEMA = ROOT / "charter" / "api"
REFUSALS = ROOT / "charter" / "actions" / "refusals.py"


def test_code_says_nothing_past_the_catalogue():
    refusals = {
        node.name for node in ast.parse(REFUSALS.read_text()).body if isinstance(node, ast.ClassDef)
    }
    past = [
        f"{path.relative_to(ROOT)}:{words.lineno}"
        for path in CODE
        for call in _calls(path.read_text())
        for words in _spoken(call, SPEAKERS | refusals, _keywords(path))
        if _written_out(words)
    ]
    assert past == []


def _keywords(path: Path) -> set[str]:
    return set() if path.is_relative_to(SCHEMA) else SPOKEN_KEYWORDS


def _written_out(words: ast.expr) -> bool:
    """Whether there are words in it that the code has written itself."""
    parts = words.values if isinstance(words, ast.JoinedStr) else [words]
    said = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(isinstance(one, str) and _WORD.search(one) for one in said)


def _spoken(call: ast.Call, speakers: set[str], keywords: set[str]) -> Iterator[ast.expr]:
    """The arguments of a call that a person will read."""
    yield from (one.value for one in call.keywords if one.arg in keywords)
    name, owner = _name(call), getattr(getattr(call.func, "value", None), "id", "")
    if owner == "messages" and name in MESSAGES:
        yield from call.args[1:2]
    elif name in speakers:
        yield from call.args[:1]
