"""The languages of texts, apart from the interface's: which a page is in, which there may be."""

from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.translation import get_language

from charter.exports.languages import name, own_name
from charter.models import Charter


def chosen_language(request: HttpRequest, charter: Charter) -> str:
    """The one asked for by `?language=`, else the interface's, else the working language."""
    for wanted in (request.GET.get("language"), get_language()):
        if wanted in charter.languages:
            return wanted
    return charter.working_language


def choices() -> list[tuple[str, str]]:
    """The languages a charter can be drafted in, by name."""
    codes = [code for code, info in LANG_INFO.items() if "fallback" not in info]
    return sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1])


def languages_of(charter: Charter) -> list[tuple[str, str]]:
    """The charter's languages with their names, the working language first."""
    codes = sorted(charter.languages, key=lambda code: code != charter.working_language)
    return [(code, own_name(code)) for code in codes]
