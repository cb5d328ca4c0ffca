"""Freezing numbers and the concordance, in the browser's terms."""

import pytest
from django.urls import reverse

from charter.queries.texts import frozen_at
from tests.builders import Scene, insert, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Scene:
    made = scene()
    made.charter.refresh_from_db()
    return made


def test_the_chair_freezes_the_numbers_and_computes_them_again(client, table):
    client.force_login(table.cast.chair)
    settings = reverse("charter_settings", args=[table.charter.slug])
    client.post(
        reverse("numbers_freeze", args=[table.charter.slug]), {"number": table.charter.head}
    )
    assert frozen_at(table.charter) == table.charter.head
    assert f"frozen as in revision {table.charter.head}" in client.get(settings).content.decode()
    client.post(reverse("numbers_release", args=[table.charter.slug]))
    assert frozen_at(table.charter) is None


def test_a_revision_that_is_not_there_answers_404(client, table):
    client.force_login(table.cast.chair)
    url = reverse("numbers_freeze", args=[table.charter.slug])
    assert client.post(url, {"number": "99"}).status_code == 404
    assert client.post(url, {"number": "x"}).status_code == 404


def test_the_concordance_lists_what_is_cited_otherwise(client, table):
    since = table.charter.head
    insert(table.charter, table.cast.drafter, "article", "New.", before=table.article)
    client.force_login(table.cast.observer)
    url = reverse("concordance", args=[table.charter.slug])
    page = client.get(url, {"since": since}).content.decode()
    assert "Article 3" in page
    assert "Article 2(1)" in page
    same = client.get(url, {"since": since, "at": since}).content.decode()
    assert "Every clause is cited by the same number in both." in same
    assert client.get(url, {"since": 99}).status_code == 404


def test_frozen_numbers_cost_the_text_page_no_query_once_known(
    client, table, django_assert_max_num_queries
):
    client.force_login(table.cast.chair)
    client.post(reverse("numbers_freeze", args=[table.charter.slug]), {"number": 1})
    url = reverse("text", args=[table.charter.slug])
    client.get(url)
    with django_assert_max_num_queries(20):
        assert client.get(url).status_code == 200
