import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader

from charter.formats import pdf
from charter.formats.document import PLAIN, Document, Options
from charter.formats.pages import layout
from charter.formats.typesetting import Typesetter, TypesettingFailed
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from tests.formats.texts import AFTER, AT, BEFORE, article, clean, one, paragraph, redline

SENTENCES = {
    "en": "The Parties affirm the indivisibility of security, efficient offices, and good faith. ",
    "ru": "Стороны подтверждают неделимость безопасности, суверенное равенство и добрую волю. ",
    "zh": "各缔约方重申安全不可分割的原则，尊重“主权平等”，不干涉内政。",
    "ar": "تؤكد الأطراف عدم تجزئة الأمن واحترام السيادة والمساواة بين الدول. ",
}


def reader(document: Document, options: Options = PLAIN) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.write(document, options)))


def words(found: PdfReader) -> str:
    """The text as it copies, page by page, without running heads and feet, white space as one."""
    pages = []
    for page in found.pages:
        lines = page.extract_text().splitlines()
        pages.append("\n".join(lines if page is found.pages[0] else lines[1:-1]))
    return " ".join("\n".join(pages).split())


def long(articles: int, language: str = "en") -> Outline:
    sentence = SENTENCES[language]
    return Outline(
        "A long charter",
        tuple(
            article(f"a{at}", f"Subject {at}", *(_paragraph(at, n, sentence) for n in range(3)))
            for at in range(articles)
        ),
        language,
    )


def _paragraph(at: int, n: int, sentence: str) -> Clause:
    return paragraph(f"a{at}p{n}", (sentence * 3 + f"{at}.{n}").strip())


def structure(found: PdfReader) -> Iterator[tuple[str, dict]]:
    """The kind and attributes of every tag, in reading order."""
    todo = [found.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while todo:
        node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            todo.extend(reversed(node))
        elif isinstance(node, dict):
            if "/S" in node:
                attributes = {}
                for one_of in node.get("/A", []):
                    attributes |= one_of.get_object()
                yield node["/S"], attributes
            if "/K" in node:
                todo.append(node["/K"])


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_text_copied_out_is_the_text_of_the_charter(language: str):
    outline = long(12, language)

    copied = words(reader(Document(outline, AT))).replace(" ", "")

    for _, clause in outline.walk():
        assert clause.text.replace(" ", "") in copied


def test_arabic_is_set_right_to_left_and_every_letter_can_be_copied():
    outline = long(3, "ar")
    found = reader(Document(outline, AT))

    copied = Counter(words(found))
    written = Counter("".join(clause.text for _, clause in outline.walk()))
    assert found.trailer["/Root"]["/Lang"] == "ar"
    assert layout(Document(outline, AT), PLAIN)["dir"] == "rtl"
    for letter in set(written) - {" "}:
        assert copied[letter] >= written[letter]


def test_numbers_stand_beside_their_text():
    copied = words(reader(clean()))

    assert "1. Disputes are settled only by peaceful means." in copied
    assert "(a) consult under Article 1;" in copied


def test_it_declares_itself_accessible_and_archival():
    found = reader(redline())

    metadata = found.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert found.metadata["/Title"] == "The Charter"
    assert found.trailer["/Root"]["/Lang"] == "en"
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_title_page_tells_symbol_edition_revision_date_and_digest():
    front = reader(clean()).pages[0].extract_text()

    for fact in (AT.symbol, AT.edition, str(AT.revision), "19 March 2025", AT.digest):
        assert fact in front


def test_every_page_after_the_first_tells_what_it_is_and_how_many_there_are():
    found = reader(clean(long(12)))

    pages = len(found.pages)
    for number, page in enumerate(found.pages[1:], 2):
        text = page.extract_text()
        assert f"Page {number} of {pages}" in text
        assert AT.symbol in text
        assert f"Revision {AT.revision}" in text
    assert "Page 1 of" not in found.pages[0].extract_text()


def test_contents_give_the_pages_where_headings_stand():
    found = reader(clean(long(30)))

    contents = " ".join(found.pages[1].extract_text().split())
    for bookmark in found.outline[1:]:
        page = found.get_destination_page_number(bookmark) + 1
        assert re.search(rf"{re.escape(bookmark.title)} \u2060?{page}\b", contents)
    assert len(found.outline) == 31


def test_bookmarks_nest_as_headings_do():
    part = Clause(Kind.PART, heading="Principles", id="part", children=BEFORE.clauses[1:])
    found = reader(clean(replace(BEFORE, clauses=(part,))))

    assert [entry.title for entry in found.outline if not isinstance(entry, list)] == [
        "Part I. Principles"
    ]
    assert [entry.title for entry in found.outline[1]] == [
        "Article 1. Scope",
        "Article 2. Peaceful means",
        "Article 3. Entry into force",
    ]


def test_a_short_text_has_no_contents():
    assert "Contents" not in words(reader(clean()))


@pytest.mark.parametrize(
    "hostile",
    [
        "#set page(fill: red) #panic() #{1 + 1}",
        "$x^2$ @ref <label> // comment /* c */ = head",
        "- item + enum / term: x -- --- ... ~",
        'a "quoted" \'word\' and #eval("1") \u005cu{41}',
    ],
)
def test_the_typesetters_marks_are_words(hostile: str):
    outline = replace(one(hostile, heading=hostile), title=hostile)
    found = reader(clean(outline))

    printed = hostile.replace(" ", "")
    assert words(found).replace(" ", "").count(printed) == 3


def test_inserted_and_deleted_words_are_both_there_and_tagged_as_such():
    found = reader(redline())

    decorations = Counter(
        attributes["/TextDecorationType"]
        for _, attributes in structure(found)
        if "/TextDecorationType" in attributes
    )
    assert "It enters into force." in words(found)
    assert "It is open to all States." in words(found)
    assert decorations["/Underline"] >= 6
    assert decorations["/LineThrough"] >= 6
    assert not any("/TextDecorationType" in attrs for _, attrs in structure(reader(clean())))


def test_a_redline_opens_with_a_summary_and_shows_moves_as_moves():
    copied = words(reader(redline()))

    assert "Changes from Zero draft (Revision 7) to Rev.1 (Revision 12)" in copied
    assert "Summary of changes" in copied
    assert "Article 2 added" in copied
    assert "Article 3(1) retagged (+ Respect for sovereignty); reworded" in copied
    assert "Moved from Article 2" in copied
    assert "Article 2 Moved to Article 1" in copied
    assert copied.count("Disputes are settled only by peaceful means.") == 1


def test_struck_articles_are_not_in_the_contents():
    before = long(9)
    after = replace(before, clauses=before.clauses[:4] + before.clauses[5:])

    contents = reader(redline(before, after)).pages[1].extract_text()

    assert contents.count("Article") == 8
    assert "Subject 4" not in contents


def test_footnotes_stand_on_the_page_of_their_mark():
    page = reader(clean()).pages[1].extract_text()

    assert page.index("notify the depositary") < page.index("The Government of Belarus.")


def test_lines_are_numbered_in_the_margin_when_asked_for():
    numbered = {"5", "10", "15", "20"}

    plainly = reader(clean(long(3))).pages[1].extract_text().splitlines()
    counted = reader(clean(long(3)), Options(line_numbers=True)).pages[1].extract_text()

    assert not numbered & set(plainly)
    assert numbered <= set(counted.split())


def test_tags_are_shown_when_asked_for():
    assert "Principles: Openness" not in words(reader(clean()))
    assert "Principles: Openness" in words(reader(clean(), Options(principles=True)))


def test_a_document_speaks_the_language_of_its_text():
    copied = reader(redline(one("Старое.", language="ru"), one("Новое.", language="ru")))

    assert "Сводка изменений" in words(copied)
    assert "19 марта 2025 г." in words(copied)
    assert "Страница 2 из 3" in copied.pages[1].extract_text()


def test_a_word_wider_than_the_page_is_broken_and_not_lost():
    text = reader(clean(one("x" * 400))).pages[1].extract_text()

    assert text.count("x") == 400
    assert max(line.count("x") for line in text.splitlines()) < 100


@pytest.mark.parametrize(
    "outline",
    [Outline(), Outline("One", (Clause(Kind.ARTICLE, text="The only clause.", id="1"),))],
    ids=["empty", "one clause"],
)
def test_the_smallest_texts_are_two_pages(outline: Outline):
    assert len(reader(Document(outline, AT)).pages) == 2


def test_points_however_deep_stay_on_the_page():
    inner = Clause(Kind.POINT, text="the innermost", id="p0")
    for depth in range(1, 40):
        inner = Clause(Kind.POINT, text=f"level {depth}", id=f"p{depth}", children=(inner,))
    places = []

    def note(text: str, page: list[float], line: list[float], *rest: object) -> None:
        places.append((page[4] + page[0] * line[4], text))

    for page in reader(clean(Outline("Deep", (article("a", "Deep", inner),)))).pages:
        page.extract_text(visitor_text=note)

    assert any("innermost" in text for _, text in places)
    assert max(at for at, _ in places) < 487  # points: where the column ends


@pytest.mark.parametrize("language", ["", "zh-Hant-TW", "x-none", "tlh"])
def test_any_name_of_a_language_is_taken(language: str):
    assert "words" in words(reader(clean(one("words", language=language))))


def test_notes_may_stand_in_notes_and_in_headings():
    copied = words(reader(clean(one("a^[outer^[inner]]", heading="Head^[above]"))))

    for note in ("outer", "inner", "above"):
        assert note in copied


def test_a_script_without_a_font_loses_no_other_word():
    assert "before and after" in words(reader(clean(one("𐎀𐎁 before and after"))))


def test_one_revision_gives_one_file():
    assert pdf.write(redline(BEFORE, AFTER)) == pdf.write(redline(BEFORE, AFTER))


def test_only_scripts_that_occur_have_their_fonts_read():
    assert layout(clean(), PLAIN)["folders"] == ("serif",)
    assert layout(clean(one("各方", language="zh")), PLAIN)["folders"] == ("serif", "han")
    assert layout(clean(one("أمن", language="ar")), PLAIN)["folders"] == ("serif", "arabic")


@pytest.mark.parametrize(
    ("memory", "seconds", "sentence"),
    [(150 * 2**20, 60, "needs more memory or time"), (2**32, 1, "1 second|memory or time")],
    ids=["memory", "time"],
)
def test_a_text_too_large_is_refused_in_one_sentence(memory: int, seconds: int, sentence: str):
    data = layout(clean(long(3_000)), PLAIN)

    with (
        Typesetter(memory=memory, seconds=seconds) as typesetter,
        pytest.raises(TypesettingFailed, match=sentence),
    ):
        typesetter.typeset(data, data["folders"])

    assert typesetter.process.returncode not in (None, 0)


def test_a_typesetter_that_is_not_used_is_ended():
    with pytest.raises(ZeroDivisionError), Typesetter() as typesetter:
        raise ZeroDivisionError

    assert typesetter.process.returncode is not None


SAID = {
    "hy": "Եվրասիայի անվտանգության խարտիա",
    "ka": "უსაფრთხოების ქარტია",
    "hi": "सुरक्षा का अधिकार-पत्र",
    "bn": "নিরাপত্তার সনদ",
    "pa": "ਸੁਰੱਖਿਆ ਦਾ ਚਾਰਟਰ",
    "gu": "સુરક્ષાનું ખતપત્ર",
    "ta": "பாதுகாப்பு சாசனம்",
    "te": "భద్రతా పత్రం",
    "kn": "ಭದ್ರತಾ ಸನದು",
    "ml": "സുരക്ഷാ ചാർട്ടർ",
    "si": "ආරක්ෂක ප්‍රඥප්තිය",
    "th": "กฎบัตรความมั่นคง",
    "lo": "ກົດບັດຄວາມໝັ້ນຄົງ",
    "km": "ធម្មនុញ្ញសន្តិសុខ",
    "my": "လုံခြုံရေးပဋိညာဉ်",
    "am": "የደህንነት ቻርተር",
    "he": "אמנת הביטחון",
    "kk": "Қауіпсіздік хартиясы",
    "be": "Хартыя бяспекі ў Еўразіі",
    "vi": "Hiến chương an ninh",
    "ar": "ميثاق الأمن",
    "fa": "منشور امنیت",
    "zh": "安全宪章",
}


@pytest.mark.parametrize("language", SAID)
def test_every_letter_is_in_fonts_of_our_own(language: str):
    """PDF/A takes no letter without a font, and fonts of the machine make no PDF/A."""
    found = reader(clean(one(SAID[language], language=language)))
    assert "<pdfaid:part>" in found.trailer["/Root"]["/Metadata"].get_data().decode()
