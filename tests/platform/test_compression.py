"""Long pages come compressed, but not to whom another site sends for them."""

import gzip
import re

import pytest
from django.test import Client

from tests.builders import insert, reword, scene

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/"
OWN = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def laid():
    return scene()


@pytest.fixture
def client(laid) -> Client:
    made = Client()
    made.force_login(laid.cast.drafter)
    made.get(ADDRESS)  # now the browser has the secret of its forms
    return made


def plain(page: bytes) -> bytes:
    """Without what each answer masks or makes anew."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', rb"\1", page)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_page_is_smaller_and_reads_the_same(client, site):
    bare = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={**OWN, "Sec-Fetch-Site": site})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(bare.content) / 2
    assert plain(gzip.decompress(packed.content)) == plain(bare.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert "Cookie" in packed["Vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Accept-Encoding": ""},
        {"Accept-Encoding": "br"},
        {"Accept-Encoding": "gzip;q=0"},
        {"Accept-Encoding": "identity"},
    ],
)
def test_who_is_sent_by_another_site_or_takes_no_gzip_gets_it_plain(client, headers):
    answer = client.get(ADDRESS, headers={**OWN, **headers})
    assert "Content-Encoding" not in answer
    assert b"</html>" in answer.content
    assert "Accept-Encoding" in answer["Vary"]


def test_an_unchanged_page_is_still_not_sent_again(client, laid):
    first = client.get(ADDRESS, headers=OWN)
    assert first["ETag"].startswith('W/"')
    assert first["ETag"] == client.get(ADDRESS)["ETag"], "one tag, however it is sent"
    again = client.get(ADDRESS, headers={**OWN, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Encoding" not in again
    assert "Accept-Encoding" in again["Vary"]
    reword(laid.charter, laid.cast.chair, laid.first, "Entirely other words.")
    changed = client.get(ADDRESS, headers={**OWN, "If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"Entirely other words." in gzip.decompress(changed.content)


def test_the_length_tells_less_than_it_would(client):
    lengths = {len(client.get(ADDRESS, headers=OWN).content) for _ in range(30)}
    assert max(lengths) - min(lengths) > 40


def test_neither_forms_nor_pages_with_a_key_nor_short_ones_nor_files_are_compressed(client, laid):
    client.force_login(laid.cast.chair)
    wish = {"url": "https://example.org/", "events": "revision.committed"}
    shown = client.post("/charters/eurasia/webhooks/", wish, headers=OWN)
    assert b"whsec_" in shown.content
    for path in ("/charters/eurasia/export/?format=md", "/healthz"):
        assert "Content-Encoding" not in client.get(path, headers=OWN)


def test_a_long_text_is_compressed_whole(client, laid):
    for number in range(60):
        insert(laid.charter, laid.cast.chair, "article", f"Article of words {number}. " * 40)
    page = gzip.decompress(client.get(ADDRESS, headers=OWN).content)
    assert page.rstrip().endswith(b"</html>")
    assert b"Article of words 59." in page
