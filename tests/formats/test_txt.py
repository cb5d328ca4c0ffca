from charter.formats import txt
from charter.formats.document import PLAIN, Document, Options
from charter.text.outline import Outline
from tests.formats.texts import AT, BEFORE, clean, one, redline


def text(document: Document, options: Options = PLAIN) -> str:
    return txt.write(document, options).decode()


def test_a_clean_text_is_the_words_of_the_charter_with_their_numbers_and_nothing_else():
    assert text(clean()) == (
        "A Charter\n\n"
        "Preamble\n\n"
        "The Parties,\n\n"
        "Article 1. Scope\n\n"
        "1. This Charter applies to all States [of Eurasia].\n\n"
        "2. See the site <https://example.org/charter> for the list.\n\n"
        "Article 2. Peaceful means\n\n"
        "1. Disputes are settled only by peaceful means.\n\n"
        "2. The Parties shall:\n\n"
        "   (a) consult under Article 1;\n\n"
        "   (b) notify the depositary¹ in writing.\n"
        "      ¹ The Government of Belarus.\n\n"
        "Article 3. Entry into force\n\n"
        "It enters into force.\n"
    )


def test_a_redline_marks_words_numbers_and_moves():
    said = text(redline())

    assert "{--A--}{++The++} Charter" in said
    assert "{++Article 2++} {++Openness++}\n\n{++It is open to all States.++}" in said
    assert "{--Article 3--} {--Entry into force--}" in said
    assert "{--Article 2--}{++Article 1++} Peaceful means{++ only++}" in said
    assert "{>>Moved from Article 2<<}" in said
    assert "{--Article 2--}\n   {>>Moved to Article 1<<}" in said


def test_a_redline_opens_with_what_it_compares_and_a_summary():
    said = text(redline())

    assert said.startswith("Changes from Zero draft (Revision 7) to Rev.1 (Revision 12)\n")
    assert "- Article 2: added\n" in said
    assert "- Article 3: struck (numbered as in Zero draft)\n" in said
    assert "- Article 3(1): retagged (+ Respect for sovereignty); reworded\n" in said


def test_a_redline_of_equal_texts_says_that_nothing_changed():
    assert "Nothing changed." in text(redline(BEFORE, BEFORE))


def test_tags_are_shown_when_asked_for():
    assert "Openness" not in text(clean())
    assert "   {>>Openness<<}\n" in text(clean(), Options(principles=True))


def test_a_text_in_russian_is_summarised_in_russian():
    said = text(redline(one("Старое слово.", language="ru"), one("Новое слово.", language="ru")))

    assert said.startswith("Изменения: Zero draft (Версия № 7) → Rev.1 (Версия № 12)")
    assert "{--Старое--}{++Новое++} слово." in said


def test_a_link_is_followed_by_its_address_once_however_many_marks_are_in_it():
    assert "a b c <https://a.org>." in text(clean(one("[a *b* c](https://a.org).")))


def test_an_empty_charter_is_an_empty_file():
    assert txt.write(Document(Outline(), AT)) == b""
