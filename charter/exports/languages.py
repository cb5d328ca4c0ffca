"""What the languages of texts are called, and how their words stand in a sentence of another."""

from django.utils.translation import get_language_info

from charter.formats.languages import direction


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


def _info(code: str, key: str) -> str:
    try:
        return get_language_info(code)[key]
    except KeyError:
        return code


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
