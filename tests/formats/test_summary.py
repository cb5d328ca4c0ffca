from dataclasses import replace

from charter.formats.document import Document
from charter.formats.summary import facts, summary
from charter.text.redline import Change
from tests.formats.texts import ADDED, AFTER, AT, BEFORE, SINCE, clean, redline


def listed(document: Document) -> dict[str, str]:
    return {entry.row.id: entry.what for entry in summary(document).entries}


def test_what_lies_in_an_added_or_struck_clause_is_not_listed_again():
    entries = listed(redline())

    assert entries["new"] == "added"
    assert "new-1" not in entries
    assert "final-1" not in entries


def test_counts_count_every_clause():
    assert "added: 2" in summary(redline()).counts
    assert redline().redline.count(Change.ADDED) == 2


def test_a_moved_clause_is_listed_once_with_where_it_came_from():
    assert listed(redline())["means"] == "moved from Article 2; reworded"


def test_a_renumbered_clause_tells_both_numbers():
    after = replace(BEFORE, clauses=(BEFORE.clauses[0], ADDED, *BEFORE.clauses[1:]))

    entries = listed(redline(BEFORE, after))

    assert entries == {
        "new": "added",
        "scope": "renumbered (Article 1 → Article 2)",
        "means": "renumbered (Article 2 → Article 3)",
        "final": "renumbered (Article 3 → Article 4)",
    }


def test_a_clean_text_has_nothing_to_list():
    assert summary(clean(AFTER)).entries == ()


def test_a_redline_is_identified_by_both_revisions():
    assert ("Revision", f"{SINCE.revision} → {AT.revision}") in facts(redline())
    assert ("Revision", f"{AT.revision}") in facts(clean())
