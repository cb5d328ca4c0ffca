"""How legal texts of a language number and cite their clauses: the words, figures and brackets.

Two schemes: "treaty" (Article 5; 2.; (a); (i)) and "statute" (§ 5; (1); 1.; a)). Either may be
followed by "-restarting", where articles start again at 1 in every part, chapter or section.
Russian points are а), б), в); sole annexes and sole paragraphs carry no number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from charter.text.kinds import Kind
from charter.text.numerals import (
    ARABIC,
    CAPITALS,
    DOUBLED,
    HAN,
    LETTERS,
    LETTERS_AR,
    LETTERS_RU,
    ROMAN,
    ROMAN_LOWER,
    Digits,
)


@dataclass(frozen=True, slots=True)
class Form:
    """What is printed around a number, and the figures it is printed in."""

    print: str
    digits: Digits = ARABIC


@dataclass(frozen=True, slots=True)
class Usage:
    """The usage of one language in one scheme.

    `cited` are the forms in which a number continues a citation, `loose` the same after a place
    that has no number of its own ("Membership, paragraph 2"); `counted` names the nth unnumbered
    clause of a kind, "mark" standing for points with a bullet.
    """

    forms: Mapping[Kind, Form]
    points: tuple[Form, ...]
    preamble: str
    annex: str
    cited: Mapping[Kind, str]
    loose: Mapping[Kind, str]
    counted: Mapping[str, str]
    ordinal: Callable[[int], str]
    figure: str = ""  # continues a citation with a point numbered in figures
    restarting: bool = False
    join: str = ", "

    def form(self, kind: Kind, level: int = 0) -> Form | None:
        """How a clause of this kind is numbered; `level` counts the points around a point."""
        if kind is Kind.POINT:
            return self.points[level % len(self.points)]
        return self.forms.get(kind)


def _english_ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _forms(part: str, chapter: str, section: str, article: str, annex: str) -> dict[Kind, Form]:
    return {
        Kind.PART: Form(part, ROMAN),
        Kind.CHAPTER: Form(chapter, ROMAN),
        Kind.SECTION: Form(section),
        Kind.ARTICLE: Form(article),
        Kind.PARAGRAPH: Form("{}."),
        Kind.ANNEX: Form(annex, ROMAN),
    }


def _counted(
    part: str, chapter: str, section: str, article: str, paragraph: str, mark: str, recital: str
) -> dict[str, str]:
    return {
        "part": part,
        "chapter": chapter,
        "section": section,
        "article": article,
        "paragraph": paragraph,
        "point": paragraph,
        "mark": mark,
        "recital": recital,
    }


_BRACKETED = (
    Form("({})", LETTERS),
    Form("({})", ROMAN_LOWER),
    Form("({})", CAPITALS),
    Form("({})", ARABIC),
)
_CLOSED = (Form("{})", LETTERS), Form("{})", ROMAN_LOWER), Form("{})", DOUBLED), Form("{})"))
_STATUTE = (Form("{}."), Form("{})", LETTERS), Form("{})", DOUBLED), Form("({})", ROMAN_LOWER))

_ENGLISH = Usage(
    forms=_forms("Part {}", "Chapter {}", "Section {}", "Article {}", "Annex {}"),
    points=_BRACKETED,
    preamble="Preamble",
    annex="Annex",
    cited={Kind.PARAGRAPH: "({})", Kind.POINT: "({})"},
    loose={Kind.PARAGRAPH: ", paragraph {}", Kind.POINT: ", point ({})"},
    counted=_counted(
        "{} part",
        "{} chapter",
        "{} section",
        "{} article",
        "{} paragraph",
        "{} indent",
        "{} recital",
    ),
    ordinal=_english_ordinal,
)

_RUSSIAN = Usage(
    forms=_forms("Часть {}", "Глава {}", "Раздел {}", "Статья {}", "Приложение {}"),
    points=(Form("{})", LETTERS_RU), Form("{})", ROMAN_LOWER), Form("{})", LETTERS), Form("{})")),
    preamble="Преамбула",
    annex="Приложение",
    cited={Kind.PARAGRAPH: ", пункт {}", Kind.POINT: ", подпункт «{}»"},
    loose={Kind.PARAGRAPH: ", пункт {}", Kind.POINT: ", подпункт «{}»"},
    counted=_counted(
        "{} часть", "{} глава", "{} раздел", "{} статья", "{} абзац", "{} дефис", "{} абзац"
    ),
    ordinal=lambda number: f"{number}-й",
    figure=", подпункт {}",
)

_FRENCH = Usage(
    forms={
        **_forms("Partie {}", "Chapitre {}", "Section {}", "Article {}", "Annexe {}"),
        Kind.ARTICLE: Form(
            "Article {}",
            Digits(
                lambda number: "premier" if number == 1 else str(number),
                lambda text: 1 if text == "premier" else ARABIC.read(text),
            ),
        ),
    },
    points=_CLOSED,
    preamble="Préambule",
    annex="Annexe",
    cited={Kind.PARAGRAPH: ", paragraphe {}", Kind.POINT: ", point {})"},
    loose={Kind.PARAGRAPH: ", paragraphe {}", Kind.POINT: ", point {})"},
    counted=_counted(
        "{} partie", "{} chapitre", "{} section", "{} article", "{} alinéa", "{} tiret",
        "{} considérant",
    ),
    ordinal=lambda number: "1er" if number == 1 else f"{number}e",
)  # fmt: skip

_SPANISH = Usage(
    forms=_forms("Parte {}", "Capítulo {}", "Sección {}", "Artículo {}", "Anexo {}"),
    points=_CLOSED,
    preamble="Preámbulo",
    annex="Anexo",
    cited={Kind.PARAGRAPH: ", párrafo {}", Kind.POINT: ", apartado {})"},
    loose={Kind.PARAGRAPH: ", párrafo {}", Kind.POINT: ", apartado {})"},
    counted=_counted(
        "{} parte", "{} capítulo", "{} sección", "{} artículo", "{} párrafo", "{} guion",
        "{} considerando",
    ),
    ordinal=lambda number: f"{number}.º",
)  # fmt: skip

_GERMAN = Usage(
    forms={
        **_forms("Teil {}", "Kapitel {}", "Abschnitt {}", "Artikel {}", "Anlage {}"),
        Kind.PARAGRAPH: Form("({})"),
    },
    points=(Form("{})", LETTERS), Form("{})", DOUBLED), Form("({})", ROMAN_LOWER), Form("{})")),
    preamble="Präambel",
    annex="Anlage",
    cited={Kind.PARAGRAPH: " Absatz {}", Kind.POINT: " Buchstabe {}"},
    loose={Kind.PARAGRAPH: ", Absatz {}", Kind.POINT: ", Buchstabe {}"},
    counted=_counted(
        "{} Teil", "{} Kapitel", "{} Abschnitt", "{} Artikel", "{} Unterabsatz",
        "{} Gedankenstrich", "{} Erwägungsgrund",
    ),
    ordinal=lambda number: f"{number}.",
    figure=" Nummer {}",
)  # fmt: skip

_CHINESE = Usage(
    forms={
        Kind.PART: Form("第{}部分", HAN),
        Kind.CHAPTER: Form("第{}章", HAN),
        Kind.SECTION: Form("第{}节", HAN),
        Kind.ARTICLE: Form("第{}条", HAN),
        Kind.PARAGRAPH: Form("{}、", HAN),
        Kind.ANNEX: Form("附件{}", HAN),
    },
    points=(Form("（{}）", HAN), Form("{}."), Form("({})"), Form("({})", LETTERS)),
    preamble="序言",
    annex="附件",
    cited={Kind.PARAGRAPH: "第{}款", Kind.POINT: "第（{}）项"},
    loose={Kind.PARAGRAPH: "，第{}款", Kind.POINT: "，第（{}）项"},
    counted=_counted(
        "第{}部分", "第{}章", "第{}节", "第{}条", "第{}款", "第{}项", "第{}段"
    ),
    ordinal=HAN.write,
    join="",
)  # fmt: skip

_ARABIC_ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس",
    "السادس", "السابع", "الثامن", "التاسع", "العاشر",
)  # fmt: skip


def _arabic_ordinal(number: int) -> str:
    within = 0 < number <= len(_ARABIC_ORDINALS)
    return _ARABIC_ORDINALS[number - 1] if within else str(number)


def _arabic_ordinal_value(text: str) -> int | None:
    if text in _ARABIC_ORDINALS:
        return _ARABIC_ORDINALS.index(text) + 1
    return ARABIC.read(text)


_ORDINAL_AR = Digits(_arabic_ordinal, _arabic_ordinal_value)

_ARABIC = Usage(
    forms={
        Kind.PART: Form("الباب {}", _ORDINAL_AR),
        Kind.CHAPTER: Form("الفصل {}", _ORDINAL_AR),
        Kind.SECTION: Form("القسم {}", _ORDINAL_AR),
        Kind.ARTICLE: Form("المادة {}"),
        Kind.PARAGRAPH: Form("{}."),
        Kind.ANNEX: Form("المرفق {}", _ORDINAL_AR),
    },
    points=(Form("({})", LETTERS_AR), Form("({})"), Form("({})", LETTERS), Form("({})")),
    preamble="الديباجة",
    annex="المرفق",
    cited={Kind.PARAGRAPH: " ({})", Kind.POINT: " ({})"},
    loose={Kind.PARAGRAPH: "، الفقرة {}", Kind.POINT: "، النقطة ({})"},
    counted=_counted(
        "الباب {}", "الفصل {}", "القسم {}", "المادة {}", "الفقرة {}", "الشرطة {}",
        "فقرة الديباجة {}",
    ),
    ordinal=str,
    join="، ",
)  # fmt: skip

_LANGUAGES = {
    "en": _ENGLISH,
    "ru": _RUSSIAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "de": _GERMAN,
    "zh": _CHINESE,
    "ar": _ARABIC,
}

SCHEMES = ("treaty", "statute", "treaty-restarting", "statute-restarting")


@cache
def usage(language: str, scheme: str) -> Usage:
    """The usage of a language ("ru", "zh-Hans") in a scheme; English where it is not known."""
    found = _LANGUAGES.get(language.replace("_", "-").split("-")[0].lower(), _ENGLISH)
    style, _, manner = scheme.partition("-")
    if style == "statute":
        found = replace(
            found,
            forms={
                **found.forms,
                Kind.ARTICLE: Form("§ {}"),
                Kind.PARAGRAPH: Form("({})"),
            },
            points=_STATUTE,
        )
    return replace(found, restarting=True) if manner == "restarting" else found
