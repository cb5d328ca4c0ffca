"""The languages of texts, apart from the interface's: which there are, and which there may be."""

from django.conf.locale import LANG_INFO

from charter.exports.languages import name, own_name
from charter.models import Charter


def choices() -> list[tuple[str, str]]:
    """The languages a charter can be drafted in, by name."""
    codes = [code for code, info in LANG_INFO.items() if "fallback" not in info]
    return sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1])


def languages_of(charter: Charter) -> list[tuple[str, str]]:
    """The charter's languages with their names, the working language first."""
    codes = sorted(charter.languages, key=lambda code: code != charter.working_language)
    return [(code, own_name(code)) for code in codes]
