"""Which of the charter's languages a page is in, apart from the interface's language."""

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from charter.models import Charter


def chosen_language(request: HttpRequest, charter: Charter) -> str:
    """The one asked for by `?language=`, else the interface's, else the working language."""
    for wanted in (request.GET.get("language"), get_language()):
        if wanted in charter.languages:
            return wanted
    return charter.working_language


def language_name(code: str) -> str:
    """What its speakers call a language; the code where nobody has told us."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def languages_of(charter: Charter) -> list[tuple[str, str]]:
    """The charter's languages with their names, the working language first."""
    codes = sorted(charter.languages, key=lambda code: code != charter.working_language)
    return [(code, language_name(code)) for code in codes]
