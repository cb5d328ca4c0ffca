"""Abbreviations that end in a full stop, as legal texts have them: "Art. 5", "Abs. 2", "ст. 5".

A table of the standard ones, since ICU's word rules know none and its suppressions are for whole
sentences. What is a word of its own in another language counts in its own languages only: "art" is
an article in French and ends a sentence in English.
"""

import re
from collections.abc import Container
from functools import lru_cache

# One table for texts in any language, or in none that is known.
_ANYWHERE = """
    etc cf ibid viz vs esp pp vol vols ff Dr Prof Art Artt ART Arts No Nos Mr Mrs Ms Ltd Inc Corp
    Rev Corr Sec Secs subpara subparas Para Paras approx
    Nr Nrn nr nrs Abs Ziff Bst Buchst Kap Abschn Anh Anl Halbs Rn Rz Aufl Bd Bde
    vgl bzw ggf usw usf evtl insb sog zzgl inkl Mio Mrd
    párr párrs núm núms pág págs chap réf lett cpv pagg ecc cfr bijv enz hfdst rozdz poz tzn itd itp
    ст пп ч чч гл т тт п г гг д др проч напр подп абз разд прил рис табл стр утв
    см ср соотв доп обл тыс млн млрд руб коп розд підп див чл вж
"""

_OWN = {
    "en": "Ch ch Cl cl para paras sec secs Fig Figs Add St Jan Feb Aug Sept Oct Nov Dec p ed eds",
    "de": "lit gem S f z d h u ca Hs Fn Tab Hrsg max min exkl entspr",
    "fr": "art arts al par sect ann p ex éd env obs suiv M MM Cie no nos",
    "es": "art arts inc incs cap caps lit par ap p ej Sr Sra Dra Ud Uds EE UU ss",
    "it": "art artt co n nn cap capp par all pag p es sig dott avv ss lit",
    "pt": "art arts al inc n cap caps p ex Sr Sra Dra par ss",
    "nl": "art jo blz resp ca par incl excl dhr mw",
    "pl": "art ust pkt lit zob tj np par str wg r",
    "ro": "art alin lit pct nr pag",
    "ru": "е к р н э пр изд ред ул пос тел",
    "uk": "р рр е ін ред вул грн стор",
    "bg": "ал",
}

# Those that often are the last word of a sentence, whose full stop then is theirs.
_CLOSING = {
    *("etc", "usw", "usf", "ff", "ecc", "enz", "itd", "itp", "Ltd", "Inc", "Corp"),
    *("д", "др", "пр", "проч", "т.д", "т.п"),
}

# Letters between which no word ends, and a full stop and those before it, read backwards.
_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ʯЀ-ҁҊ-ԯ]")
_DROW = re.compile(rf"\.({_LETTER.pattern}+)")

# Letters with full stops between them, of alphabets that are not among those.
_INITIALS = re.compile(r"\.(?<=[^\W\d_]\.)[^\W\d_]\.")


@lru_cache(maxsize=64)
def abbreviations(language: str = "") -> frozenset[str]:
    """The abbreviations of a language, a BCP 47 tag, without their full stops."""
    own = _OWN.get(language.replace("_", "-").partition("-")[0].lower(), "")
    words = (_ANYWHERE + own).split()
    return frozenset([*words, *(word.capitalize() for word in words if len(word) > 1)])


@lru_cache(maxsize=64)
def _backwards(language: str) -> frozenset[str]:
    """The abbreviations backwards, and single letters, which may stand for words too: "U.S."."""
    singles = filter(_LETTER.fullmatch, map(chr, range(0x530)))
    return frozenset([*singles, *(word[::-1] for word in abbreviations(language))])


def may_be_held(text: str, language: str = "") -> bool:
    """Whether any full stop of a text may belong to the word before it: a quick look.

    The text is read backwards, so that only what stands before full stops is looked at.
    """
    before_stops = _DROW.findall(text[::-1])
    if not _backwards(language).isdisjoint(before_stops):
        return True
    return not text.isascii() and _INITIALS.search(text) is not None


def compounded(word: str, known: Container[str]) -> bool:
    """Whether a word that is not of letters alone ends in an abbreviation.

    So do single letters with full stops between them ("U.S", "т.е"), an abbreviation after another
    one ("ст.ст"), and one after an elision ("l'art").
    """
    if "." in word:
        parts = word.split(".")
        return all(part.isalpha() and (len(part) == 1 or part in known) for part in parts)
    return word.replace("’", "'").rpartition("'")[2] in known


def closes(word: str, following: str) -> bool:
    """Whether the full stop of an abbreviation ends a sentence too: "etc." before a capital."""
    return word[-1:] == "." and word[:-1] in _CLOSING and following[:1].isupper()
