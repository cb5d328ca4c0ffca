"""Who wrote what, read from history: for any revision, alike whether played anew or kept."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.books import keep_books
from charter.actions.charters import change_charter
from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.returning import return_clause
from charter.actions.undoing import undo_revision
from charter.actions.values import Words
from charter.models import Charter, KeptBook
from charter.queries import books, keeping
from charter.queries.blame import NoClause, TextBlame, blame_clause, blame_text
from charter.queries.texts import NoSuchRevision, text_at
from charter.text.blame import Book
from tests.builders import FIRST, OTHER, SECOND, Scene, insert, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


def fresh(laid: Scene) -> Charter:
    return Charter.objects.get(pk=laid.charter.pk)


def told(found: TextBlame, clause, part: str = "text") -> list[tuple[str, int, str]]:
    """The words of each run with the revision and the person they are credited to."""
    wording = getattr(found.clauses[str(clause)], part)
    return [
        (
            wording.text[run.start : run.end].strip(),
            run.revision,
            found.writers[found.revisions[run.revision].person].name,
        )
        for run in wording.runs
        if run.end > run.start
    ]


def anew(act):
    """What `act` gives in a process that has just begun."""
    books.forget()
    keeping.forget()
    return act()


def test_each_word_is_its_author_s(laid: Scene):
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    found = blame_text(fresh(laid), "en")
    assert told(found, laid.first) == [
        ("The Parties shall", 3, "Chair"),
        ("uphold", 6, "Drafter"),
        ("the sovereignty of each Party.", 3, "Chair"),
    ]
    assert found.words == {1: 4, 2: 1, 3: 8, 4: 13, 5: 10, 6: 1}


def test_headings_and_the_title_are_credited_too(laid: Scene):
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.article,
        base=5,
        words={"en": Words(heading="Guiding principles")},
    )
    found = blame_text(fresh(laid), "en")
    assert told(found, laid.article, "heading") == [("Guiding principles", 6, "Drafter")]
    assert told(found, laid.root, "heading") == [("A charter of tests", 1, "Chair")]


def test_the_text_of_every_clause_is_tiled(laid: Scene):
    reword(laid.charter, laid.cast.drafter, laid.first, "Entirely *other* words.")
    found = blame_text(fresh(laid), "en")
    outline = text_at(fresh(laid), language="en")
    for _, clause in outline.walk():
        parts = found.clauses[clause.id].parts
        for part, text in zip(parts, (clause.heading, clause.text), strict=True):
            assert part.text == text
            assert "".join(text[run.start : run.end] for run in part.runs) == text


def test_words_that_move_with_their_clause_keep_their_author(laid: Scene):
    before = told(blame_text(fresh(laid), "en"), laid.second)
    move_clause(
        actor=laid.cast.drafter, charter=laid.charter, clause=laid.second, parent=laid.other
    )
    assert told(blame_text(fresh(laid), "en"), laid.second) == before


def test_a_clause_struck_and_restored_keeps_its_authors(laid: Scene):
    chair, drafter, charter = laid.cast.chair, laid.cast.drafter, laid.charter
    strike_clause(actor=drafter, charter=charter, clause=laid.first)
    assert str(laid.first) not in blame_text(fresh(laid), "en").clauses
    assert told(blame_clause(fresh(laid), laid.first, "en"), laid.first) == [(FIRST, 3, "Chair")]
    restore_clause(actor=chair, charter=charter, clause=laid.first)
    assert told(blame_text(fresh(laid), "en"), laid.first) == [(FIRST, 3, "Chair")]


def test_words_of_all_that_a_struck_clause_held_are_known_again(laid: Scene):
    charter, drafter = laid.charter, laid.cast.drafter
    strike_clause(actor=drafter, charter=charter, clause=laid.article)
    clause = insert(charter, drafter, "article", f"Again: {SECOND}")
    found = blame_text(fresh(laid), "en")
    assert told(found, clause) == [("Again:", 7, "Drafter"), (SECOND, 4, "Chair")]
    carried = found.clauses[str(clause)].text.runs[-1].carried
    assert (carried.revision, carried.left, carried.source) == (7, 6, (str(laid.second), "text"))


def test_a_sentence_cut_here_and_pasted_there_is_its_first_author_s(laid: Scene):
    charter, drafter = laid.charter, laid.cast.drafter
    reword(charter, laid.cast.chair, laid.first, f"{FIRST} {OTHER}")
    reword(charter, drafter, laid.first, FIRST)
    clause = insert(charter, drafter, "article", OTHER)
    assert told(blame_text(fresh(laid), "en"), clause) == [(OTHER, 6, "Chair")]


def test_any_revision_can_be_read(laid: Scene):
    for verb in ("uphold", "honour", "defend"):
        reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", verb))
    charter = fresh(laid)
    then = [anew(lambda at=at: blame_text(charter, "en", at)) for at in range(9)]
    assert [("uphold", 6, "Drafter") in told(then[at], laid.first) for at in (6, 7)] == [
        True,
        False,
    ]
    assert then[0].clauses[str(laid.root)].heading.text == ""
    anew(lambda: blame_text(charter, "en"))
    for at in (3, 7, 5, 6, 8, 4):
        assert blame_text(charter, "en", at).credits == then[at].credits


def test_a_clause_is_credited_like_the_text_it_stands_in(laid: Scene):
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    charter = fresh(laid)
    for at in (None, 4):
        one, all_ = blame_clause(charter, laid.first, "en", at), blame_text(charter, "en", at)
        assert one.clauses[str(laid.first)] == all_.clauses[str(laid.first)]
        assert one.revisions.items() <= all_.revisions.items()


def test_a_language_is_credited_for_itself(laid: Scene):
    charter = laid.charter
    change_clause(
        actor=laid.cast.drafter,
        charter=charter,
        clause=laid.first,
        base=5,
        words={"ru": Words(text="Стороны уважают суверенитет.")},
    )
    found = blame_text(fresh(laid), "ru")
    assert told(found, laid.first) == [("Стороны уважают суверенитет.", 6, "Drafter")]
    assert told(found, laid.second) == []
    assert told(blame_text(fresh(laid), "en"), laid.first) == [(FIRST, 3, "Chair")]


def test_a_person_is_called_as_today(laid: Scene):
    blame_text(fresh(laid), "en")
    chair = laid.cast.chair
    chair.name = "Another Name"
    chair.save()
    assert told(blame_text(fresh(laid), "en"), laid.first) == [(FIRST, 3, "Another Name")]


def test_another_history_of_the_same_numbers_is_played_anew(laid: Scene):
    from django.db import transaction

    def reworded(author, verb: str) -> list:
        reword(laid.charter, author, laid.first, FIRST.replace("respect", verb))
        return told(blame_text(fresh(laid), "en"), laid.first)

    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        assert ("uphold", 6, "Drafter") in reworded(laid.cast.drafter, "uphold")
        raise Undone
    laid.charter.refresh_from_db()
    assert ("honour", 6, "Chair") in reworded(laid.cast.chair, "honour")


def test_what_is_not_there_is_refused(laid: Scene):
    charter = fresh(laid)
    with pytest.raises(NoClause):
        blame_clause(charter, uuid4(), "en")
    with pytest.raises(NoSuchRevision):
        blame_text(charter, "en", 6)
    with pytest.raises(NoSuchRevision):
        blame_clause(charter, laid.first, "en", 99)


def test_the_number_of_queries_does_not_grow(laid: Scene):
    def counted(act) -> int:
        with CaptureQueriesContext(connection) as captured:
            anew(act)
        return len(captured.captured_queries)

    def both() -> tuple[int, int]:
        charter = fresh(laid)
        return (
            counted(lambda: blame_text(charter, "en")),
            counted(lambda: blame_clause(charter, laid.first, "en")),
        )

    before = both()
    for number in range(12):
        reword(laid.charter, laid.cast.drafter, laid.first, f"{FIRST} More, {number}.")
        insert(laid.charter, laid.cast.drafter, "article", f"Article {number}.")
    change_charter(actor=laid.cast.chair, charter=laid.charter, add_language="fr")
    assert both() == before


def test_long_histories_leave_books_on_the_way(laid: Scene, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(books, "_STEP", 2)
    monkeypatch.setattr(books, "_BOOKS", 3)
    for number in range(20):
        reword(laid.charter, laid.cast.drafter, laid.first, f"{FIRST} More, {number}.")
    charter = fresh(laid)
    then = {at: anew(lambda at=at: blame_text(charter, "en", at)).credits for at in (8, 15, 24)}
    anew(lambda: blame_text(charter, "en"))
    for at, credits in then.items():
        keeping.forget()
        assert blame_text(charter, "en", at).credits == credits


def test_books_that_are_too_heavy_together_are_given_up_but_for_the_one_asked_for(
    laid: Scene, monkeypatch: pytest.MonkeyPatch
):
    charter = fresh(laid)
    whole = {at: anew(lambda at=at: blame_text(charter, "en", at)).credits for at in (3, 5)}
    monkeypatch.setattr(books, "ROOM", 2)
    for at in (5, 3, 5):
        keeping.forget()
        assert blame_text(charter, "en", at).credits == whole[at]


def test_a_long_history_is_kept_in_the_database_and_gone_on_from(
    laid: Scene, monkeypatch: pytest.MonkeyPatch
):
    charter, drafter = laid.charter, laid.cast.drafter
    reword(charter, laid.cast.chair, laid.first, f"{FIRST} {OTHER}")
    reword(charter, drafter, laid.first, FIRST)
    strike_clause(actor=drafter, charter=charter, clause=laid.article)
    blame_text(fresh(laid), "en")
    assert not keep_books(fresh(laid), "en")
    monkeypatch.setattr(books, "WORTH", 5)
    anew(lambda: blame_text(fresh(laid), "en"))
    assert keep_books(fresh(laid), "en")
    assert not keep_books(fresh(laid), "en")
    assert KeptBook.objects.get().number == 8
    restore_clause(actor=drafter, charter=charter, clause=laid.article)
    insert(charter, drafter, "article", f"{OTHER} {SECOND}")
    kept = [anew(lambda at=at: blame_text(fresh(laid), "en", at)).credits for at in (7, 8, 10)]
    monkeypatch.setattr(Book, "turn", refuse)
    assert anew(lambda: blame_text(fresh(laid), "en", 8)).credits == kept[1]
    monkeypatch.undo()
    KeptBook.objects.all().delete()
    played = [anew(lambda at=at: blame_text(fresh(laid), "en", at)).credits for at in (7, 8, 10)]
    assert kept == played


def refuse(*args):
    raise AssertionError("It was played again.")


def test_a_book_of_another_history_is_not_read(laid: Scene, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(books, "WORTH", 1)
    blame_text(fresh(laid), "en")
    assert keep_books(fresh(laid), "en")
    KeptBook.objects.update(digest="0" * 64, body=b"no book")
    assert told(anew(lambda: blame_text(fresh(laid), "en")), laid.first) == [(FIRST, 3, "Chair")]
    assert keep_books(fresh(laid), "en")
    assert KeptBook.objects.get().digest == fresh(laid).digest


def test_a_command_keeps_the_books_of_all_languages(laid: Scene, monkeypatch, capsys):
    call_command("keep_books")
    assert "eurasia, ru, revision 5: quick enough as it is" in capsys.readouterr().out
    monkeypatch.setattr(books, "WORTH", 1)
    books.forget()
    keeping.forget()
    call_command("keep_books", "eurasia")
    assert "eurasia, en, revision 5: 1 kept" in capsys.readouterr().out
    assert [book.language for book in KeptBook.objects.all()] == ["en"]
    with pytest.raises(CommandError):
        call_command("keep_books", "nowhere")


CHANGED = FIRST.replace("shall", "should").replace("sovereignty", "freedom")


def test_who_undoes_a_revision_is_credited_with_none_of_the_words(laid: Scene):
    reword(laid.charter, laid.cast.drafter, laid.first, CHANGED)
    undo_revision(actor=laid.cast.drafter, charter=laid.charter, number=6)
    found = anew(lambda: blame_text(fresh(laid), "en"))
    assert {one for _words, one, _who in told(found, laid.first)} == {3}
    back = [run.carried for run in found.clauses[str(laid.first)].text.runs if run.carried]
    assert [(one.revision, one.left) for one in back] == [(7, 6), (7, 6)]


def test_who_takes_a_clause_back_is_credited_with_none_of_its_words(laid: Scene):
    reword(laid.charter, laid.cast.drafter, laid.first, CHANGED)
    reword(laid.charter, laid.cast.drafter, laid.first, CHANGED.replace("should", "may"))
    reword(laid.charter, laid.cast.drafter, laid.other, "Quite another sentence.")
    return_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, number=5)
    found = anew(lambda: blame_text(fresh(laid), "en"))
    assert {one for _words, one, _who in told(found, laid.first)} == {3}


def test_an_undoing_is_credited_alike_from_a_kept_book(laid: Scene, monkeypatch):
    monkeypatch.setattr(books, "WORTH", 1)
    reword(laid.charter, laid.cast.drafter, laid.first, CHANGED)
    blame_text(fresh(laid), "en")
    assert keep_books(fresh(laid), "en") == 1
    undo_revision(actor=laid.cast.drafter, charter=laid.charter, number=6)
    found = anew(lambda: blame_text(fresh(laid), "en"))
    KeptBook.objects.all().delete()
    assert found.clauses == anew(lambda: blame_text(fresh(laid), "en")).clauses
    assert {one for _words, one, _who in told(found, laid.first)} == {3}
