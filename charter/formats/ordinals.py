"""Ordinals as legal texts spell them out at their units: "Article premier", "Глава вторая".

Each table is a pattern; with the rest of `labels.py` it is matched without regard to case.
"""

_ENGLISH = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty"
    "|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
)
_FRENCH = (
    "premier|première|second|seconde|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz"
    "|treiz|quatorz|quinz|seiz|dix-sept|dix-huit|dix-neuv|vingt)ième"
)
_SPANISH = (
    "(?:(?:décimo|vigésimo|trigésimo)s?[ ]?)?(?:primer|primer[oa]|segund[oa]|tercer|tercer[oa]"
    "|cuart[oa]|quint[oa]|sext[oa]|séptim[oa]|octav[oa]|noven[oa])"
    "|décim[oa]|undécim[oa]|duodécim[oa]|vigésim[oa]|trigésim[oa]"
)
_ROMANCE = (  # Italian and Portuguese
    "prim[oa]|second[oa]|terz[oa]|quart[oa]|settim[oa]|ottav[oa]|nono|decimo|primeir[oa]|terceir[oa]"
    "|sétim[oa]|oitav[oa]|non[oa]"
)
_RUSSIAN = (
    "(?:(?:двадцать|тридцать|сорок|пятьдесят) )?(?:(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм"
    "|девят)(?:ая|ый|ой|ое)|трет(?:ья|ий|ье))"
    "|(?:десят|одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат"
    "|восемнадцат|девятнадцат|двадцат|тридцат)(?:ая|ый|ое)"
)
GERMAN = (
    "(?:erst|zweit|dritt|viert|fünft|sechst|siebent|siebt|acht|neunt|zehnt|elft|zwölft|dreizehnt"
    "|vierzehnt|fünfzehnt|sechzehnt|siebzehnt|achtzehnt|neunzehnt|zwanzigst)(?:er|e|es)"
)
_PERSIAN = (
    "(?:(?:بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود) ?و ?)?"
    "(?:یکم|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم)"
    "|دهم|یازدهم|دوازدهم|سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|نوزدهم|بیستم|سی ?ام|سی‌ام"
)
SPELLED = f"{_PERSIAN}|{_ENGLISH}|{_FRENCH}|{_SPANISH}|{_ROMANCE}|{_RUSSIAN}"
# Those that stand before the word: "Erster Abschnitt", "Première partie", "Primera parte".
LEADING = f"{GERMAN}|{_FRENCH}|{_SPANISH}|{_RUSSIAN}"
# Figures with the ending of an ordinal: "1er", "Ier", "2e", "1°", "1.º".
ENDED = r"(?:\d+|(?-i:I))(?:er|re|ère)(?![^\W_])|\d+(?:e|ème|nde?)(?![^\W_])|\d+\.?[°ºª]"
# "L. 211-1": the codes of France number by the rank of what made the article.
CODED = r"(?-i:[LRDA])\*?(?:\.\s?)?\d+(?:-\d+)*"
