"""The merge page compares what it is sent, so what it is sent is no longer than a wording."""

import pytest
from django.test import Client
from django.urls import reverse

from charter.actions import gate
from tests.builders import reword, scene

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deed", [{"compose": "1"}, {}], ids=["compose", "save"])
@pytest.mark.parametrize("name", ["text_en", "yours-text_en", "own-text_en-0"])
def test_a_text_beyond_the_limit_is_given_back_without_a_comparison(deed, name):
    laid = scene()
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    client = Client()
    client.force_login(laid.cast.drafter)
    sent = {
        "from": "5",
        "base": "6",
        "kind": "paragraph",
        "text_en": "Mine.",
        "made-text_en": "Mine.",
        **deed,
        name: "w " * gate.TEXT,
    }
    answer = client.post(reverse("clause_edit", args=["eurasia", laid.first]), sent)
    assert answer.status_code == 422
    assert "too long" in answer.content.decode()
    if name == "text_en":
        assert sent[name].strip() in answer.content.decode()
