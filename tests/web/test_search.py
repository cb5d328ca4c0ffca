"""Search: what is found, where it is said to stand, and that nobody finds what they may not see."""

import re

import pytest
from django.urls import reverse

from charter.actions.charters import create_charter
from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.members import add_member
from charter.actions.threads import open_thread, reply, resolve_thread
from charter.actions.values import Words
from tests.builders import Scene, insert, principle, reword

pytestmark = pytest.mark.django_db


def found(client, slug: str = "eurasia", **query: object) -> str:
    """The page of results; `in_` stands for `in`."""
    asked = {name.rstrip("_"): value for name, value in query.items()}
    address = reverse("search", args=[slug]) if slug else reverse("search_everywhere")
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def hits(page: str) -> list[str]:
    """The plain words of each hit."""
    items = re.findall(r'<li class="found.*?</li>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def marks(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


@pytest.fixture
def reader(table: Scene, signed_in):
    return signed_in(table.cast.observer)


def test_a_word_is_found_in_any_of_its_forms_and_marked(table, reader):
    page = found(reader, q="strengthening")
    (hit,) = hits(page)
    assert marks(page) == ["strengthen"]
    assert hit.startswith("Article 1(2)")
    assert f"#clause-{table.second}" in page


def test_all_words_have_to_be_there_and_none_that_is_left_out(table, reader):
    assert len(hits(found(reader, q="party"))) == 2
    assert len(hits(found(reader, q="party security"))) == 1
    assert len(hits(found(reader, q="party -security"))) == 1
    assert hits(found(reader, q="party hegemony")) == []


def test_a_phrase_stands_together_in_any_form(table, reader):
    assert len(hits(found(reader, q='"own security"'))) == 1
    assert hits(found(reader, q='"security own"')) == []
    assert marks(found(reader, q="the expenses of another", mode="phrase")) == [
        "the expense of another"
    ]


def test_the_beginning_of_a_word_is_enough_when_asked(table, reader):
    assert marks(found(reader, q="sovereig*")) == ["sovereignty"]
    assert marks(found(reader, q="sovereig exp", mode="prefix")) == []
    assert marks(found(reader, q="sovereig", mode="prefix")) == ["sovereignty"]
    assert hits(found(reader, q="sovereig")) == []


def test_as_written_means_as_written_but_for_capitals(table, reader):
    assert len(hits(found(reader, q="=states"))) == 1
    assert hits(found(reader, q="=state")) == []
    assert hits(found(reader, q="state", mode="exact")) == []
    assert len(hits(found(reader, q="state"))) == 1


def test_headings_are_found_before_texts(table, reader):
    insert(table.charter, table.cast.drafter, "article", "A word on principles.")
    first, second = hits(found(reader, q="principles"))
    assert first.startswith("Article 1 ")
    assert second.startswith("Article 3 ")


def test_what_is_found_comes_in_the_order_of_the_text_when_asked(table, reader):
    insert(table.charter, table.cast.drafter, "article", heading="Security")
    best, other = hits(found(reader, q="security"))
    assert best.startswith("Article 3 ")
    assert hits(found(reader, q="security", order="place")) == [other, best]


def test_the_title_is_found_too(table, reader):
    (hit,) = hits(found(reader, q="charter tests"))
    assert hit.startswith("Title")


def test_marks_are_words_and_not_signs(table, reader):
    text = f"The *use* of **force** under [](#clause-{table.first}) ends^[See *peace*.]."
    reword(table.charter, table.cast.drafter, table.other, text)
    (hit,) = hits(found(reader, q='"use of force"'))
    assert "The use of force under" in hit
    assert "*" not in hit
    assert marks(found(reader, q="peace")) == ["peace"]


def test_words_are_never_markup(table, reader):
    hostile = 'Nobody <script>alert(1)</script> & "quotes" remark'
    reword(table.charter, table.cast.drafter, table.other, hostile, message=hostile)
    for query in ({"q": "remark"}, {"q": "remark", "in_": "history"}):
        page = found(reader, **query)
        assert "<script>alert" not in page
        assert "&lt;<mark>" in page or "&lt;script&gt;" in page
    assert "<script>alert" not in found(reader, q=hostile)


def test_a_struck_clause_is_found_and_says_so(table, reader):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.second)
    page = found(reader, q="security")
    (hit,) = hits(page)
    assert "struck" in hit
    assert reverse("clause_history", args=["eurasia", table.second]) in page


def test_what_stands_in_a_struck_clause_is_out_of_the_text_too(table, reader):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.article)
    (hit,) = hits(found(reader, q="security"))
    assert "struck" in hit


def test_the_text_of_a_revision_is_searched_as_it_was(table, reader):
    at = table.charter.head
    table.charter.refresh_from_db()
    at = table.charter.head
    reword(table.charter, table.cast.drafter, table.second, "No Party seeks hegemony.")
    table.charter.refresh_from_db()
    assert len(hits(found(reader, q="hegemony"))) == 1
    assert hits(found(reader, q="hegemony", at=at)) == []
    (hit,) = hits(found(reader, q="security", at=at))
    assert "at the expense" in hit
    assert hits(found(reader, q="security")) == []


# --- history ------------------------------------------------------------------------------------


def test_history_tells_when_a_word_came_and_when_it_left(table, reader):
    drafter, chair = table.cast.drafter, table.cast.chair
    came = reword(table.charter, drafter, table.other, "No hegemony in Eurasia.").revision.number
    reword(table.charter, drafter, table.other, "There is no hegemony in Eurasia.")
    left = reword(table.charter, chair, table.other, "All States are equal.").revision.number
    page = found(reader, q="hegemony", in_="history")
    (hit,) = hits(page)
    assert f"Came in revision {came} , Article 2 · Drafter" in hit
    assert f"Left in revision {left} , Article 2 · Chair" in hit
    assert f"revisions {came}–{left - 1}" in page
    assert f"{reverse('revision', args=['eurasia', left])}?language=en#clause-{table.other}" in page
    nowhere = found(reader, q="hegemony")
    assert hits(nowhere) == []
    assert '<a href="?q=hegemony&amp;in=history">Was it ever in the text?</a>' in nowhere


def test_a_word_that_comes_back_has_two_lives_the_latest_first(table, reader):
    for text in ("Peace.", "War.", "Peace and war."):
        reword(table.charter, table.cast.drafter, table.other, text)
    second, first = hits(found(reader, q="peace", in_="history"))
    assert "still in the text" in second
    assert "still in the text" not in first


def test_moving_words_about_is_not_leaving(table, reader):
    reword(table.charter, table.cast.drafter, table.first, "Sovereignty the Parties shall respect.")
    move_clause(
        actor=table.cast.drafter, charter=table.charter, clause=table.first, parent=table.other
    )
    (hit,) = hits(found(reader, q="sovereignty respect", in_="history"))
    assert "still in the text" in hit


def test_words_leave_with_the_clause_that_is_struck_and_come_back_with_it(table, reader):
    drafter, charter = table.cast.drafter, table.charter
    strike_clause(actor=drafter, charter=charter, clause=table.article)
    charter.refresh_from_db()
    struck = charter.head
    (hit,) = hits(found(reader, q="sovereignty", in_="history"))
    assert f"Left in revision {struck} , Article 1(1) (the clause was struck)" in hit
    restore_clause(actor=drafter, charter=charter, clause=table.article)
    back, before = hits(found(reader, q="sovereignty", in_="history"))
    assert f"Came in revision {struck + 1} , Article 1(1) (the clause was inserted or" in back
    assert "still in the text" in back
    assert f"Left in revision {struck}" in before


def test_a_phrase_leaves_when_its_words_part(table, reader):
    for text in ("Peaceful use of space.", "Peaceful space, and the use of it."):
        reword(table.charter, table.cast.drafter, table.other, text)
    table.charter.refresh_from_db()
    (hit,) = hits(found(reader, q='"peaceful use"', in_="history"))
    assert f"Left in revision {table.charter.head}" in hit
    (hit,) = hits(found(reader, q="peaceful use", in_="history"))
    assert "still in the text" in hit


def test_a_long_phrase_whose_pairs_only_stood_apart_was_never_there(table, reader):
    reword(table.charter, table.cast.drafter, table.other, "Use of arms; threat of force: use of.")
    assert hits(found(reader, q='"use of force"', in_="history")) == []
    assert hits(found(reader, q='"use of force"')) == []


def test_a_rule_of_absence_ends_when_the_word_comes(table, reader):
    reword(table.charter, table.cast.drafter, table.other, "Open to States.")
    reword(table.charter, table.cast.drafter, table.other, "Open to States and organisations.")
    table.charter.refresh_from_db()
    (hit,) = hits(found(reader, q="open states -organisations", in_="history"))
    assert f"Left in revision {table.charter.head}" in hit


# --- discussion ---------------------------------------------------------------------------------


@pytest.fixture
def thread(table: Scene):
    table.charter.refresh_from_db()
    return open_thread(
        actor=table.cast.reviewer,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        text="Is suzerainty meant?",
    )


def test_comments_are_found_by_whoever_reads_them(table, reader, thread):
    reply(actor=table.cast.chair, charter=table.charter, thread=thread.pk, text="No suzerainties.")
    page = found(reader, q="suzerainty", in_="discussion")
    last, first = hits(page)
    assert "Chair" in last
    assert "Reviewer" in first
    assert marks(page) == ["suzerainties", "suzerainty"]
    assert f"#thread-{thread.pk}" in page
    assert hits(found(reader, q="suzerainty")) == []


def test_a_resolved_comment_leads_to_the_discussion(table, reader, thread):
    resolve_thread(actor=table.cast.chair, charter=table.charter, thread=thread.pk)
    page = found(reader, q="suzerainty", in_="discussion")
    assert f"{reverse('threads', args=['eurasia'])}?show=resolved#thread-{thread.pk}" in page


# --- who finds what -----------------------------------------------------------------------------


def test_nothing_of_a_charter_one_has_no_seat_in_is_found_counted_or_guessed(table, signed_in):
    other = create_charter(actor=table.cast.chair, title="Secret", slug="secret")
    insert(other, table.cast.chair, "article", "Zymurgy shall be free.")
    insert(table.charter, table.cast.chair, "article", "Zymurgy here too.")
    chair, observer = signed_in(table.cast.chair), signed_in(table.cast.observer)
    assert len(hits(found(chair, "", q="zymurgy"))) == 2
    page = found(observer, "", q="zymurgy")
    assert len(hits(page)) == 1
    assert "Secret" not in page
    assert "1 clause" in page
    for where in ("text", "history", "discussion"):
        assert "free" not in found(observer, "", q="zymurgy free", in_=where).replace(
            'value="zymurgy free"', ""
        ).replace("zymurgy free", "").replace("zymurgy+free", "").replace("zymurgy%20free", "")
    stranger = signed_in(table.cast.stranger)
    for said in ("zymurgy", "zymurgi"):
        page = found(stranger, "", q=said)
        assert hits(page) == []
        assert "Did you mean" not in page
    assert stranger.get(reverse("search", args=["eurasia"]), {"q": "x"}).status_code == 404


def test_a_typing_error_leads_to_a_word_of_the_charter(table, reader):
    page = found(reader, q="soverignty")
    assert "Did you mean" in page
    assert "q=sovereignty" in page
    page = found(reader, q='"The Soverïgnty" -war')
    assert "<bdi>&quot;The sovereignty&quot; -war</bdi>" in page


def test_a_typing_error_is_not_mended_with_words_of_another_charter(table, signed_in):
    other = create_charter(actor=table.cast.stranger, title="Elsewhere", slug="elsewhere")
    insert(other, table.cast.stranger, "article", "Sovereignty.")
    page = found(signed_in(table.cast.stranger), "elsewhere", q="expensse")
    assert "Did you mean" not in page


# --- facets and pages ---------------------------------------------------------------------------


def test_what_is_found_is_narrowed_by_part_person_principle_and_kind(table, reader):
    slug = principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.first,
        base=table.charter.head,
        principles=[slug],
    )
    reword(table.charter, table.cast.drafter, table.second, "No Party alone.")
    page = found(reader, q="party")
    assert len(hits(page)) == 2
    assert "Openness" in page
    assert len(hits(found(reader, q="party", principle=slug))) == 1
    assert len(hits(found(reader, q="party", part=str(table.article)))) == 2
    assert len(hits(found(reader, q="party", part=str(table.other)))) == 0
    assert len(hits(found(reader, q="party", kind="paragraph"))) == 2
    drafter = str(table.cast.drafter.pk)
    assert len(hits(found(reader, q="party", person=drafter))) == 1
    assert len(hits(found(reader, q="party", person=drafter, principle=slug))) == 0


def test_a_facet_counts_what_choosing_it_would_leave(table, reader):
    reword(table.charter, table.cast.drafter, table.second, "No Party alone.")
    page = found(reader, q="party", person=str(table.cast.drafter.pk))
    options = re.findall(r"<bdi>(\w+)</bdi>.*?number\">(\d+)<", page)
    assert dict(options)["Drafter"] == "1"
    assert dict(options)["Chair"] == "1"


def test_pages_follow_one_another(table, reader):
    for at in range(25):
        insert(table.charter, table.cast.drafter, "article", f"Peace {at}.")
    first, second = found(reader, q="peace"), found(reader, q="peace", page=2)
    assert (len(hits(first)), len(hits(second))) == (20, 5)
    assert not set(hits(first)) & set(hits(second))
    assert "page=2" in first
    for page in (0, 3, "x", "9" * 30):
        answer = reader.get(reverse("search", args=["eurasia"]), {"q": "peace", "page": page})
        assert answer.status_code == 404


# --- whatever is typed --------------------------------------------------------------------------

HOSTILE = [
    "",
    " ",
    '"',
    '"""',
    "=",
    "-",
    "*",
    '-"',
    '="',
    "&|!<->():*",
    "' OR 1=1 --",
    "\\",
    "%",
    "%s %(x)s",
    "_",
    "\x00",
    "a\x00b",
    "peace\\",
    "'peace'",
    "peace:*",
    "!peace",
    "\u202epeace",
    "word " * 2000,
    "x" * 10_000,
    '"' * 10_000,
    "-a " * 500,
    "人" * 500,
    "😀",
    "<script>",
    "a|b & c",
    "ё й Ё",
    "İstanbul ı",
    "(" * 300,
]


@pytest.mark.parametrize("where", ["text", "history", "discussion"])
def test_nothing_that_is_typed_is_a_mistake(table, reader, where):
    for said in HOSTILE:
        for mode in ("words", "phrase", "prefix", "exact", "nonsense"):
            found(reader, q=said, mode=mode, in_=where)
        found(reader, "", q=said, in_=where)
    found(reader, q="party", at=2, order="nonsense", part="x", person="x", kind="'", principle="%")
    found(reader, q="peace party", in_="nonsense", charter="x")
    found(reader, "", q="party", at="x", part="x", charter="x", language="xx", kind="'")


def test_an_address_that_names_what_is_not_there_is_not_there(table, reader):
    for wrong in ({"at": 99}, {"at": "x"}, {"language": "xx"}, {"page": "-1"}):
        answer = reader.get(reverse("search", args=["eurasia"]), {"q": "party", **wrong})
        assert answer.status_code == 404, wrong


# --- cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["text", "history", "discussion"])
def test_the_cost_grows_neither_with_what_is_found_nor_with_history(
    table, reader, thread, queries, where
):
    addresses = [
        f"{reverse('search', args=['eurasia'])}?q=party&in={where}",
        f"{reverse('search_everywhere')}?q=party&in={where}",
        f"{reverse('search', args=['eurasia'])}?q=party&in={where}&at=4",
    ]
    reply(actor=table.cast.chair, charter=table.charter, thread=thread.pk, text="A party.")
    few = [queries(reader, address) for address in addresses]
    for at in range(6):
        insert(table.charter, table.cast.drafter, "article", f"Each Party {at}.")
        reword(table.charter, table.cast.drafter, table.first, f"Every Party {at}.")
        reply(actor=table.cast.chair, charter=table.charter, thread=thread.pk, text="Parties.")
    assert [queries(reader, address) for address in addresses] == few
    assert max(few) <= 24


@pytest.mark.parametrize("where", ["text", "history"])
def test_nor_with_the_charters_that_are_searched(table, reader, queries, where):
    chair = table.cast.chair

    def another(at: int) -> None:
        charter = create_charter(actor=chair, title=f"Charter {at}", slug=f"charter-{at}")
        insert(charter, chair, "article", "Each Party is free.")
        add_member(actor=chair, charter=charter, person=table.cast.observer, role="observer")

    address = f"{reverse('search_everywhere')}?q=party&in={where}"
    another(0)
    few = queries(reader, address)
    for at in range(1, 5):
        another(at)
    assert len(hits(found(reader, "", q="party", in_=where))) == 7
    assert queries(reader, address) == few


def test_the_search_can_be_reached_from_every_page(table, reader):
    page = reader.get(reverse("history", args=["eurasia"])).content.decode()
    assert f'action="{reverse("search", args=["eurasia"])}"' in page
    page = reader.get(reverse("charters")).content.decode()
    assert f'action="{reverse("search_everywhere")}"' in page


def test_words_of_another_language_are_found_and_cited_in_it(table, reader):
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.first,
        base=table.charter.head,
        words={"ru": Words(text="Стороны уважают территориальную целостность.")},
    )
    page = found(reader, q="территориальной целостности")
    (hit,) = hits(page)
    assert hit.startswith("Статья 1")
    assert marks(page) == ["территориальную", "целостность"]
    assert 'lang="ru"' in page
