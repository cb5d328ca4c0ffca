"""Search in each language by that language's own rules, and the index behind it."""

import random

import pytest
from django.db import connection

from charter.actions.charters import create_charter
from charter.actions.clauses import change_clause, insert_clause
from charter.actions.search import catch_up
from charter.actions.threads import open_thread
from charter.actions.values import Words
from charter.models import Charter, SearchState, SoughtChange, SoughtWord, SoughtWording, Wording
from charter.queries.search import Asked, Where, search
from charter.queries.search_past import text_stays, united, word_stays
from charter.queries.search_words import meant_in
from charter.text.hits import holds, reading
from charter.text.seeking import Mode, parse
from tests.builders import Scene, insert, reword, scene

pytestmark = pytest.mark.django_db

TEXTS = {
    "en": "Everyone has the right to life, liberty and security of person; states negotiated this.",
    "ru": "Каждый человек имеет право на жизнь, на свободу и личную неприкосновенность; всё ещё.",
    "zh": "人人有权享有生命、自由和人身安全。世界人权宣言。",
    "ar": "لكل فرد الحق في الحياة والحرية وفي الأمان على شخصه.",
    "fr": "Tout individu a droit à la vie, à la liberté et à la sûreté ; l'égalité déclarée.",
    "de": "Jeder hat das Recht auf Leben, Freiheit und Sicherheit; die Völker erklärten es.",
    "es": "Todo individuo tiene derecho a la vida, a la libertad y a la seguridad.",
    "ja": "すべて人は、生命、自由及び身体の安全に対する権利を有する。",
    "th": "คนทุกคนมีสิทธิในชีวิต เสรีภาพ และความมั่นคงแห่งบุคคล",
    "ka": "ყოველ ადამიანს აქვს სიცოცხლის უფლება.",
}


@pytest.fixture
def tower(db) -> Charter:
    """One clause in ten languages."""
    laid = scene()
    first, *others = TEXTS
    charter = create_charter(
        actor=laid.cast.chair,
        title="A charter of tongues",
        slug="tower",
        working_language=first,
        languages=tuple(others),
    )
    insert_clause(
        actor=laid.cast.chair,
        charter=charter,
        kind="article",
        words={code: Words(heading="", text=text) for code, text in TEXTS.items()},
    )
    charter.refresh_from_db()
    return charter


def found(charter: Charter, said: str, mode: Mode = Mode.WORDS, **more) -> dict[str, list[str]]:
    """The words that are marked, by language."""
    catch_up([charter])
    results = search([charter], Asked(said, mode, **more), "en")
    return {
        hit.language: [piece.text for piece in (*hit.heading, *hit.words) if piece.hit]
        for hit in results.hits
    }


@pytest.mark.parametrize(
    ("said", "language", "marked"),
    [
        ("rights", "en", ["right"]),
        ("negotiations", "en", ["negotiated"]),
        ("negotiating states", "en", ["states", "negotiated"]),
        ("человека", "ru", ["человек"]),
        ("СВОБОДА", "ru", ["свободу"]),
        ("личная неприкосновенности", "ru", ["личную", "неприкосновенность"]),
        ("еще", "ru", ["ещё"]),
        ("ВСЕ", "ru", ["всё"]),
        ("人权", "zh", ["人权"]),
        ("人权宣言", "zh", ["人权宣言"]),
        ("世界宣言", "zh", None),
        ("有权享", "zh", ["有权享"]),
        ("权宣", "zh", ["权宣"]),
        ("由及び", "ja", ["由及び"]),
        ("ความมั่น", "th", ["ความมั่น"]),
        ("生命 安全", "zh", ["生命", "安全"]),
        ("حرية", "ar", ["والحرية"]),
        ("الحياة", "ar", ["الحياة"]),
        ("الحَيَاة", "ar", ["الحياة"]),
        ("libertés", "fr", ["liberté"]),
        ("liberte", "fr", ["liberté"]),
        ("égalité", "fr", ["égalité"]),
        ("egalite", "fr", ["égalité"]),
        ("declarer", "fr", None),
        ("déclarer", "fr", ["déclarée"]),
        ("Volker", "de", ["Völker"]),
        ("Völkern", "de", ["Völker"]),
        ("sicherheiten", "de", ["Sicherheit"]),
        ("derechos", "es", ["derecho"]),
        ("権利", "ja", ["権利"]),
        ("เสรีภาพ", "th", ["เสรีภาพ"]),
        ("უფლება", "ka", ["უფლება"]),
    ],
)
def test_each_language_is_searched_by_its_own_rules(tower, said, language, marked):
    assert found(tower, said).get(language) == marked


def test_small_words_count_only_among_themselves(tower):
    assert found(tower, "the right of the life")["en"] == ["right", "life"]
    assert found(tower, "of the")["en"] == ["the", "of"]
    assert "en" not in found(tower, '"of the"')
    assert found(tower, '"the right"')["en"] == ["the right"]
    assert found(tower, "=of")["en"] == ["of"]


def test_the_beginning_of_a_word_needs_no_accents(tower):
    assert found(tower, "egal*")["fr"] == ["égalité"]
    assert found(tower, "неприк", Mode.PREFIX)["ru"] == ["неприкосновенность"]
    assert found(tower, "volk*")["de"] == ["Völker"]
    assert found(tower, "حر*")["ar"] == ["والحرية"]


def test_as_written_keeps_its_accents(tower):
    assert found(tower, "=liberte") == {}
    assert found(tower, "=LIBERTÉ")["fr"] == ["liberté"]
    assert found(tower, "=rights") == {}


def test_a_comment_is_found_in_any_language_of_its_charter(tower):
    clause = Wording.objects.filter(charter=tower, language="en").exclude(text="").get().clause_id
    open_thread(
        actor=tower.created_by,
        charter=tower,
        clause=clause,
        language="en",
        base=tower.head,
        text="О свободах человека, s'il vous plaît: libertés!",
    )
    for said in ("свобода", "liberté", "LIBERTE", '"свободы человек"'):
        assert found(tower, said, where=Where.DISCUSSION), said
    assert not found(tower, "hegemony", where=Where.DISCUSSION)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("libertty", "liberty"), ("секуритет", None), ("свободду", "свободу"), ("libetré", "liberté")],
)
def test_a_typing_error_is_mended_in_its_language(tower, typed, meant):
    catch_up([tower])
    guesses = search([tower], Asked(typed), "en").guesses
    assert (guesses[0][1][0] if guesses else None) == meant


def test_a_run_of_signs_that_stands_nowhere_is_mended_by_its_longest_parts(tower):
    catch_up([tower])
    mended = search([tower], Asked("生命 人有权享由"), "en")
    assert mended.total == 0
    assert mended.guesses == (("人有权享由", ("人有权享", "人有权", "有权享", "人有", "有权")),)
    assert mended.again[0] == "生命 人有权享"
    assert search([tower], Asked(mended.again[0]), "en").total == 1
    assert search([tower], Asked("人杈宣言"), "en").again == ("宣言",)
    assert search([tower], Asked("=人有权享由"), "en").again == ()
    assert search([tower], Asked("ความมั่นตง"), "en").guesses[0][1][0] == "ความมั่น"


def test_no_mending_is_offered_that_would_find_nothing(tower):
    charter, chair = tower, tower.created_by
    article = (
        Wording.objects.filter(charter=charter, language="en").exclude(text="").get().clause_id
    )
    reword(charter, chair, article, TEXTS["en"].replace("liberty", "freedom"))
    catch_up([charter])
    assert "liberty" not in search([charter], Asked("libertty"), "en").again
    assert search([charter], Asked("libertty", where=Where.HISTORY), "en").again[0] == "liberty"
    assert search([charter], Asked("freedomm hegemony"), "en").again == ()
    both = search([charter], Asked("Freedomm and securitty"), "en")
    assert both.again[0] == "freedom and security"
    assert both.guesses[0] == ("freedomm", ("freedom",))
    named = Asked("freedomm", chosen={"language": "ru"})
    assert search([charter], named, "en").again == ()


# --- what is kept -------------------------------------------------------------------------------


@pytest.fixture
def table(db) -> Scene:
    return scene()


def test_what_is_kept_grows_with_what_changed(table):
    reword(table.charter, table.cast.drafter, table.other, "This Charter is open to all of us.")
    catch_up([table.charter])
    change = SoughtChange.objects.filter(clause=table.other).latest("number")
    own = f"'{table.charter.pk}/"
    assert change.came.replace(own, "'") == "'all of' 'of us' 'us'"
    assert change.gone.replace(own, "'") == (
        "'all states' 'eurasia' 'of eurasia' 'states' 'states of'"
    )


def test_no_charter_is_kept_under_the_words_of_another(table):
    other = create_charter(actor=table.cast.chair, title="Another", slug="another")
    insert(other, table.cast.chair, "article", "Sovereignty.")
    other.refresh_from_db()
    catch_up([table.charter, other])
    for charter in (table.charter, other):
        kept = [*SoughtWording.objects.filter(charter=charter).values_list("words", flat=True)]
        kept += SoughtWord.objects.filter(charter=charter).values_list("trigrams", flat=True)
        lexemes = [lexeme for words in kept for lexeme in words.split("' ") if lexeme]
        assert all(lexeme.lstrip("'").startswith(f"{charter.pk}/") for lexeme in lexemes)


def test_looking_through_twice_changes_nothing(table):
    catch_up([table.charter])
    before = [list(model.objects.values()) for model in (SoughtWording, SoughtChange, SoughtWord)]
    catch_up([table.charter])
    assert before == [
        list(model.objects.values()) for model in (SoughtWording, SoughtChange, SoughtWord)
    ]


def test_what_is_kept_can_be_made_again(table):
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    catch_up([table.charter])

    def kept() -> list:
        rows = SoughtChange.objects.order_by("clause", "language", "number")
        return [
            list(rows.values_list("clause", "language", "number", "came", "gone")),
            sorted(SoughtWording.objects.values_list("clause", "language", "number", "words")),
        ]

    before = kept()
    for model in (SearchState, SoughtWording, SoughtChange, SoughtWord):
        model.objects.all().delete()
    catch_up([table.charter])
    assert kept() == before


def test_history_is_looked_through_in_batches_of_any_size(table, monkeypatch):
    for at in range(7):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
    monkeypatch.setattr("charter.actions.search.BATCH", 2)
    table.charter.refresh_from_db()
    catch_up([table.charter])
    assert SearchState.objects.get(charter=table.charter).number == table.charter.head
    assert SoughtChange.objects.filter(charter=table.charter, clause=table.first).count() == 8


def test_a_save_writes_nothing_for_searching(table, django_assert_num_queries):
    catch_up([table.charter])
    before = SoughtChange.objects.count()
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    assert SoughtChange.objects.count() == before


@pytest.mark.parametrize(
    "text", ["слово " * 8_000, " ".join(f"w{n}" for n in range(8_000)), "人权" * 24_000]
)
def test_the_longest_wording_is_kept(table, text):
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.first,
        base=table.charter.head,
        words={"en": Words(text=text)},
    )
    table.charter.refresh_from_db()
    catch_up([table.charter])
    said = text.split()[0][:6] if " " in text else "人权"
    assert search([table.charter], Asked(said), "en").total == 1


def test_dictionaries_are_those_of_the_languages_and_plain_ones_else():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT charter_dictionary('en-GB')::text, charter_dictionary('ru')::text,"
            " charter_dictionary('zh')::text, charter_dictionary('')::text"
        )
        assert cursor.fetchone() == ("english_stem", "russian_stem", "simple", "simple")


# --- against a plain model ----------------------------------------------------------------------

QUERIES = ("peace", "peace war", '"peace and"', "peace -war", "wa*", '"war and peace"', "=state")


@pytest.mark.parametrize("seed", range(4))
def test_history_says_what_reading_every_revision_says(table, seed):
    """Random rewordings; whatever is sought, the revisions that hold it are those found by eye."""
    chance = random.Random(seed)
    words = ["peace", "war", "and", "state", "states", "wage", "trade"]
    texts: list[tuple[int, str]] = []
    for _ in range(25):
        text = " ".join(chance.choices(words, k=chance.randrange(1, 7)))
        reword(table.charter, table.cast.drafter, table.first, text)
        table.charter.refresh_from_db()
        texts.append((table.charter.head, text))
    catch_up([table.charter])
    head = table.charter.head
    standing = {
        n: next((t for at, t in reversed(texts) if at <= n), "") for n in range(6, head + 1)
    }
    for said in QUERIES:
        meant = meant_in([table.charter], parse(said)).texts
        stays = [s for s in text_stays(word_stays(meant)) if s.clause == table.first]
        there = {
            n for s in stays for n in range(s.came, head + 1 if s.left is None else s.left) if n > 5
        }
        by_eye = {
            n
            for n, text in standing.items()
            for sought in meant.values()
            if n >= texts[0][0] and holds([reading(text, "en")], sought)
        }
        if said.count(" ") < 2:
            assert there - {n for n in there if n < texts[0][0]} == by_eye, said
        else:  # a phrase of three is followed by its pairs
            assert by_eye <= there, said


def test_spans_that_meet_are_one():
    assert united([(5, 7), (1, 3), (3, 4), (6, None), (9, 10)]) == [(1, 4), (5, None)]
    assert united([]) == []


def test_nothing_is_sought_in_a_charter_without_revisions(table):
    empty = create_charter(actor=table.cast.chair, title="Empty", slug="empty")
    insert(empty, table.cast.chair, "article")
    catch_up([empty])
    for where in Where:
        assert search([empty], Asked("peace", where=where), "en").total == 0
    assert search([], Asked("peace"), "en").total == 0
