"""The languages of texts, apart from the interface's: which a page is in, what they are called."""

from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from charter.formats.languages import direction
from charter.models import Charter


def chosen_language(request: HttpRequest, charter: Charter) -> str:
    """The one asked for by `?language=`, else the interface's, else the working language."""
    for wanted in (request.GET.get("language"), get_language()):
        if wanted in charter.languages:
            return wanted
    return charter.working_language


def name(code: str) -> str:
    """A language in the interface's language; the code where nobody has told us."""
    return _capital(_info(code, "name_translated"))


def own_name(code: str) -> str:
    """What its speakers call a language; the code where nobody has told us."""
    return _capital(_info(code, "name_local"))


def isolated(words: str, language: str) -> str:
    """Words of a text for a sentence of the interface, kept from turning it around."""
    if not words or direction(language) == "ltr":
        return words
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def choices() -> list[tuple[str, str]]:
    """The languages a charter can be drafted in, by name."""
    codes = [code for code, info in LANG_INFO.items() if "fallback" not in info]
    return sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1])


def languages_of(charter: Charter) -> list[tuple[str, str]]:
    """The charter's languages with their names, the working language first."""
    codes = sorted(charter.languages, key=lambda code: code != charter.working_language)
    return [(code, own_name(code)) for code in codes]


def _info(code: str, key: str) -> str:
    try:
        return get_language_info(code)[key]
    except KeyError:
        return code


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
