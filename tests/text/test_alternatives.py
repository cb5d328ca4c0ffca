"""Whole alternatives: a wording of which nearly nothing is agreed, written wording by wording."""

import pytest

from charter.text.alternatives import as_alternatives
from charter.text.bracketed import Agreed, Rival, Rolling
from charter.text.bracketing import Manner, written
from charter.text.rolling import roll

MEET = "The Parties may meet."
EVERYBODY = "Everybody is invited to each session of the Conference."
NO_STATE = "No State can be bound without having given its consent."
BASE = "The Parties shall cooperate in good faith and shall inform each other of new threats."


def rolled(base: str, language: str = "en", **texts: str) -> Rolling:
    rivals = [Rival(text, label) for label, text in texts.items()]
    return as_alternatives(roll(base, rivals, language), language)


def said(base: str, language: str = "en", **texts: str) -> str:
    return written(rolled(base, language, **texts), Manner())


def test_rivals_with_no_words_in_common_are_whole_sentences_side_by_side():
    assert said(MEET, A=NO_STATE, B=EVERYBODY) == (
        f"[Alt 1: {MEET}] [Alt 2 (A): {NO_STATE}] [Alt 3 (B): {EVERYBODY}]"
    )


def test_they_stand_in_the_order_of_the_rivals_and_so_alike_in_every_language():
    assert said(MEET, A=EVERYBODY, B=NO_STATE) == (
        f"[Alt 1: {MEET}] [Alt 2 (A): {EVERYBODY}] [Alt 3 (B): {NO_STATE}]"
    )


def test_they_are_numbered_without_names_too():
    text = rolled(MEET, A=NO_STATE, B=EVERYBODY)
    assert written(text, Manner(attributed=False)) == (
        f"[Alt 1: {MEET}] [Alt 2: {NO_STATE}] [Alt 3: {EVERYBODY}]"
    )


@pytest.mark.parametrize(
    ("language", "base", "text"),
    [
        ("ru", "Стороны могут проводить встречи.", "Никто не связан без своего согласия."),
        ("zh", "缔约方可以举行会议。", "任何国家未经同意不受约束。"),
        ("ar", "هل يجتمع الأطراف؟", "من يلتزم دون موافقته؟"),
        ("hi", "पक्ष मिल सकते हैं।", "कोई राज्य बाध्य नहीं होगा।"),
        ("fr", "Les Parties peuvent se réunir !", "Aucun État n’est lié sans son accord !"),
    ],
)
def test_a_closing_mark_in_common_is_no_agreement_in_any_script(language, base, text):
    assert said(base, language, A=text) == f"[Alt 1: {base}] [Alt 2 (A): {text}]"


def test_a_few_words_scattered_among_disputed_ones_are_no_agreement():
    base = (
        "The Parties shall cooperate in good faith and inform each other of every new threat "
        "to the security of any of them without delay."
    )
    force = (
        "The Parties shall refrain from the use of force and report to each session what they "
        "have done for it in their territory without delay."
    )
    costs = "Whoever signs pays its part of each budget, adopted for three years, without delay."
    laid = roll(base, [Rival(force, "A"), Rival(costs, "B")], "en")
    assert laid.runs[-1] == Agreed(" without delay.")
    assert said(base, A=force, B=costs) == (
        f"[Alt 1: {base}] [Alt 2 (A): {force}] [Alt 3 (B): {costs}]"
    )


def test_what_has_more_in_common_is_bracketed_in_place():
    assert said(BASE, A=BASE.replace("in good faith", "at all times")) == (
        "The Parties shall cooperate [in good faith] [at all times: A] "
        "and shall inform each other of new threats."
    )
    # A beginning in common is agreed, however short, where the wordings are short too.
    assert said(MEET, A="The Parties shall consult.") == (
        "The Parties [may meet] [shall consult: A]."
    )


def test_a_lighter_change_is_bracketed_inside_the_words_it_keeps():
    lighter = BASE.replace("in good faith", "at all times")
    assert said(BASE, A=NO_STATE, B=lighter) == (
        "[Alt 1: The Parties shall cooperate [in good faith] [at all times: B] "
        f"and shall inform each other of new threats.] [Alt 2 (A): {NO_STATE}]"
    )


def test_rivals_much_alike_are_one_alternative_with_their_difference_in_it():
    text = "The Parties shall endeavour to consult each other without delay."
    assert said(EVERYBODY, A=text, B=text.replace("endeavour", "strive")) == (
        f"[Alt 1: {EVERYBODY}] [Alt 2 (A, B): The Parties shall [endeavour: A] [strive: B] "
        "to consult each other without delay.]"
    )


def test_whoever_leaves_the_words_out_is_an_alternative_beside_others():
    assert said(MEET, A=NO_STATE, B="") == (
        f"[Alt 1: {MEET}] [Alt 2 (A): {NO_STATE}] [Alt 3 (B): deleted]"
    )
    assert said(MEET, B="") == "[The Parties may meet.] [deleted: B]"


def test_where_nothing_stood_the_first_alternative_is_a_proposed_one():
    assert said("", A=NO_STATE, B=MEET) == f"[Alt 1 (A): {NO_STATE}] [Alt 2 (B): {MEET}]"
    assert said("", A=MEET) == "[The Parties may meet.: A]"


def test_brackets_written_by_hand_stand_inside():
    text = "Every State [may] [shall] take part."
    assert said("[To be drafted.]", A=text) == f"[Alt 1: [To be drafted.]] [Alt 2 (A): {text}]"


def test_it_is_one_place_in_dispute():
    text = rolled(MEET, A=NO_STATE, B=EVERYBODY)
    assert (text.whole, text.brackets) == (True, 1)
