"""Who wrote what, on a page: every word of the text, its author's sign, and what stood there."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.members import change_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.values import Words
from charter.models import Membership
from charter.web.credited import LISTED
from charter.web.signs import letters
from tests.builders import FIRST, OTHER, SECOND, insert, reword

pytestmark = pytest.mark.django_db

UPHELD = FIRST.replace("respect", "uphold")


@pytest.fixture
def reader(table, signed_in):
    """The drafter, who put one word of the first paragraph for another."""
    reword(table.charter, table.cast.drafter, table.first, UPHELD, message="A stronger word")
    return signed_in(table.cast.drafter)


def seen(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def clause(page: str, id) -> str:
    """The HTML of one clause."""
    return re.search(rf'id="clause-{id}".*?(?=id="clause-|</article>)', page, re.DOTALL)[0]


def runs(html: str) -> list[tuple[str, str]]:
    """The look and the words of every run, without signs."""
    body = html.partition("<details")[0]
    found = re.findall(r'<span class="run ([^"]+)" data-run="\d+"[^>]*>(.*?)</span></span>', body)
    bare = (re.sub(r"<a [^>]*>.*?</a>|<[^>]+>", "", words) for _, words in found)
    return [(look, unescape(words)) for (look, _), words in zip(found, bare, strict=True)]


def test_each_run_looks_like_its_author_s_sign(table, reader):
    page = seen(reader, "blame", "eurasia")
    assert runs(clause(page, table.first)) == [
        ("look-0", "The Parties shall"),
        ("look-1", "uphold"),
        ("look-0", "the sovereignty of each Party."),
    ]


def test_where_another_author_begins_a_sign_leads_to_the_revision(table, reader):
    html = clause(seen(reader, "blame", "eurasia"), table.first)
    revision = reverse("revision", args=["eurasia", 6])
    assert f'<a class="sign look-1" href="{revision}?language=en"' in html
    assert re.search(r'aria-label="Drafter · revision 6 · [^"]+">B<sub>6</sub></a>', html)


def test_a_run_tells_who_when_why_and_what_stood_there(table, reader):
    html = clause(seen(reader, "blame", "eurasia"), table.first)
    told = re.search(r'<li value="2">.*?</ul></li>', html)[0]
    for words in ("<b>Drafter</b>", "revision 6", "A stronger word", "respect</del>"):
        assert words in told
    assert "until revision 6" in told


def test_the_legend_counts_the_words_of_each(table, reader):
    legend = seen(reader, "blame", "eurasia").partition("<article")[0]
    said = re.findall(r'<b class="sign look-\d">(\w+)</b> <span class="run[^>]*>([^<]+)', legend)
    assert said == [("A", "Chair"), ("B", "Drafter")]
    assert "1 word" in legend


def test_signs_are_for_persons_delegations_or_revisions(table, reader):
    charter, chair = table.charter, table.cast.chair
    party = add_party(
        actor=chair, charter=charter, kind="state", code="BLR", names={"en": "Belarus"}
    )
    delegation = add_delegation(
        actor=chair, charter=charter, party=party.pk, standing="participant"
    )
    member = Membership.objects.get(charter=charter, person=table.cast.drafter)
    change_member(
        actor=chair, charter=charter, member=member.pk, role="drafter", delegation=delegation.pk
    )
    assert "Belarus" not in seen(reader, "blame", "eurasia", by="delegation")
    reword(charter, table.cast.drafter, table.second, "Words of another seat.")
    assert "Belarus" in seen(reader, "blame", "eurasia", by="delegation")
    assert "No delegation" in seen(reader, "blame", "eurasia", by="delegation")
    assert "Revision 6" in seen(reader, "blame", "eurasia", by="revision")


def test_another_revision_is_read_with_the_signs_that_were_chosen(table, reader):
    page = seen(reader, "blame", "eurasia", by="delegation", who='"x"')
    assert '<input type="hidden" name="by" value="delegation">' in page
    assert '<input type="hidden" name="who" value="&quot;x&quot;">' in page
    page = seen(reader, "text", "eurasia", amendments="hidden")
    assert '<input type="hidden" name="amendments" value="hidden">' in page


def test_one_author_can_be_picked_out(table, reader):
    drafter = table.cast.drafter
    page = seen(reader, "blame", "eurasia", who=drafter.pk)
    assert 'class="text picking"' in page
    assert ("look-1 picked", "uphold") in runs(clause(page, table.first))
    assert "picking" not in seen(reader, "blame", "eurasia", who="nobody")


def test_words_taken_out_leave_a_caret(table, reader):
    reword(table.charter, table.cast.drafter, table.second, SECOND.replace("own ", ""))
    html = clause(seen(reader, "blame", "eurasia"), table.second)
    assert re.search(r'<span class="run taken look-1" data-run="2"><a class="sign[^>]*>.*?‸', html)
    assert "own</del>" in html


def test_a_sentence_brought_back_says_so(table, reader):
    charter, drafter = table.charter, table.cast.drafter
    reword(charter, drafter, table.other, "Nothing.")
    reword(charter, drafter, table.other, OTHER)
    html = clause(seen(reader, "blame", "eurasia"), table.other)
    assert "Taken out in revision 7 and brought back in revision 8" in html
    assert runs(html)[-2:] == [("look-0", OTHER.removesuffix(".")), ("look-0", ".")]


def test_a_sentence_carried_over_names_the_clause_it_left(table, reader):
    reword(table.charter, table.cast.drafter, table.other, "Nothing.")
    new = insert(table.charter, table.cast.drafter, "article", OTHER)
    html = clause(seen(reader, "blame", "eurasia"), new)
    assert reverse("clause_history", args=["eurasia", table.other]) in html
    assert runs(html) == [("look-0", OTHER)]


def test_marks_of_emphasis_references_and_notes_are_rendered_as_in_the_text(table, reader):
    words = f"The *Parties* of [](#{table.other})^[See **above**.] agree\\*."
    reword(table.charter, table.cast.drafter, table.first, words)
    html = clause(seen(reader, "blame", "eurasia"), table.first)
    assert "<em>" in html
    assert f'<a class="reference" href="#clause-{table.other}"' in html
    assert '<sup class="note"' in html
    assert re.search(r'<li id="note-[^>]+>.*?<strong>.*?above', html)
    assert "agree*." in re.sub(r"<[^>]+>", "", html)
    assert "\\*" not in html.partition("<details")[0]


def test_nothing_that_people_write_is_markup(table, reader):
    bad = "<script>alert(1)</script> & \"quotes\" 'too'"
    reword(table.charter, table.cast.drafter, table.first, bad, message=bad)
    Person.objects.filter(pk=table.cast.drafter.pk).update(name=bad)
    for by in ("person", "delegation", "revision"):
        page = seen(reader, "blame", "eurasia", by=by)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
    assert "<script>alert" not in seen(reader, "clause_blame", "eurasia", table.first)


def test_headings_and_the_title_are_credited_too(table, reader):
    charter, drafter = table.charter, table.cast.drafter
    for clause_, heading in ((table.article, "Guiding principles"), (table.root, "Another title")):
        charter.refresh_from_db()
        change_clause(
            actor=drafter,
            charter=charter,
            clause=clause_,
            base=charter.head,
            words={"en": Words(heading=heading)},
        )
    page = seen(reader, "blame", "eurasia")
    assert runs(clause(page, table.article)) == [("look-1", "Guiding principles")]
    assert re.search(r"<h1[^>]*><span class=\"run look-1\".*?Another title", page)


def test_an_earlier_revision_is_read_as_it_was(table, reader):
    page = seen(reader, "blame", "eurasia", at=5)
    assert runs(clause(page, table.first)) == [("look-0", FIRST)]
    assert "As of revision 5" in page
    assert "Drafter" not in page.partition("<main")[2]


def test_a_language_without_words_says_so(table, reader):
    assert "There are no words in this language yet." in seen(
        reader, "blame", "eurasia", language="ru"
    )


def test_a_clause_has_a_page_of_its_own_even_when_it_is_struck(table, reader):
    page = seen(reader, "clause_blame", "eurasia", table.first)
    assert "Article 1(1)" in page
    assert page.count("<li value=") == 3
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.first)
    page = seen(reader, "clause_blame", "eurasia", table.first)
    assert "uphold" in page
    assert "Article 1(1)" in seen(reader, "clause_blame", "eurasia", table.first, at=6)


def test_a_clause_of_many_runs_is_told_of_whole_on_its_own_page(table, reader):
    words = [f"w{n}" for n in range(30)]
    reword(table.charter, table.cast.chair, table.first, " ".join(words))
    words[1::2] = [f"x{n}" for n in range(15)]
    reword(table.charter, table.cast.drafter, table.first, " ".join(words[:6]) + " y " + "z")
    for place in range(0, 30, 3):
        words[place] = f"q{place}"
        reword(table.charter, table.cast.drafter, table.first, " ".join(words))
    html = clause(seen(reader, "blame", "eurasia"), table.first)
    whole = seen(reader, "clause_blame", "eurasia", table.first)
    assert html.count("<li value=") == LISTED < whole.count("<li value=")
    assert reverse("clause_blame", args=["eurasia", table.first]) in html


def test_the_history_of_a_clause_leads_to_it(table, reader):
    page = seen(reader, "clause_history", "eurasia", table.first)
    assert page.count(reverse("clause_blame", args=["eurasia", table.first])) == 2


@pytest.mark.parametrize(
    "query", [{"by": "party"}, {"at": "7"}, {"at": "x"}, {"language": "fr"}, {"at": "0"}]
)
def test_what_is_not_there_is_not_found(table, reader, query):
    assert reader.get(reverse("blame", args=["eurasia"]), query).status_code == 404
    where = reverse("clause_blame", args=["eurasia", table.first])
    assert reader.get(where, query).status_code == 404


def test_nor_is_a_clause_of_no_charter(table, reader):
    assert reader.get(reverse("clause_blame", args=["eurasia", uuid4()])).status_code == 404


def test_the_queries_do_not_grow(table, reader, queries):
    pages = [
        reverse("blame", args=["eurasia"]),
        reverse("clause_blame", args=["eurasia", table.first]),
    ]
    before = [queries(reader, page) for page in pages]
    for number in range(8):
        reword(table.charter, table.cast.chair, table.first, f"{FIRST} More, {number}.")
        insert(table.charter, table.cast.drafter, "article", f"Article {number}.")
    assert [queries(reader, page) for page in pages] == before


def test_a_page_that_has_not_changed_is_not_sent_again(table, reader):
    where = reverse("blame", args=["eurasia"])
    reader.get(reverse("text", args=["eurasia"]))
    tag = reader.get(where)["ETag"]
    assert reader.get(where, headers={"If-None-Match": tag}).status_code == 304
    Person.objects.filter(pk=table.cast.chair.pk).update(name="Another Name")
    again = reader.get(where, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "Another Name" in again.content.decode()
    reword(table.charter, table.cast.chair, table.first, "Other words.")
    tag = again["ETag"]
    assert reader.get(where, headers={"If-None-Match": tag}).status_code == 200


def test_letters_go_on_after_the_alphabet():
    assert [letters(place) for place in (0, 25, 26, 27, 51, 52, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "AAA",
    ]
