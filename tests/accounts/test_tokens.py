"""Tokens: what a program shows to act for a person."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import tokens
from accounts.models import Person, Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> Person:
    return Person.objects.create_user("olga@example.org", "a password of mine", name="Olga")


@pytest.fixture
def igor() -> Person:
    return Person.objects.create_user("igor@example.org", "a password of his", name="Igor")


def issued(person: Person, **said) -> tuple[Token, str]:
    return tokens.issue(person, **{"name": "Archive", "scope": "read", "days": 30} | said)


def test_a_secret_opens_for_its_person_and_with_its_scope(olga):
    token, secret = issued(olga, scope="write")
    found = tokens.holder(secret)
    assert (found, found.person, found.scope) == (token, olga, "write")
    assert re.fullmatch(r"chr_[A-Za-z0-9_-]{40}", secret)
    assert token.prefix == secret[:8]


def test_the_secret_itself_is_nowhere_in_the_table(olga):
    _, secret = issued(olga)
    assert secret[8:] not in str(list(Token.objects.values()))


def test_no_two_secrets_are_alike(olga):
    assert len({issued(olga)[1] for _ in range(20)}) == 20


@pytest.mark.parametrize("wrong", ["", "chr_", "chr_" + "a" * 40, "\ud800", "x" * 10_000])
def test_a_forged_secret_opens_nothing(olga, wrong):
    _, secret = issued(olga)
    assert tokens.holder(wrong) is None
    assert tokens.holder(secret[:-1]) is None
    assert tokens.holder(Token.objects.get().key_digest) is None


def test_a_token_ends_on_its_day(olga):
    token, secret = issued(olga, days=1)
    assert timedelta(days=1) == token.expires_at - token.created_at
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tokens.holder(secret) is None
    assert tokens.tokens_of(olga) == []


def test_who_may_not_sign_in_has_no_programs_either(olga):
    _, secret = issued(olga)
    Person.objects.update(is_active=False)
    assert tokens.holder(secret) is None


def test_a_revoked_token_is_dead_at_once_and_the_others_live(olga):
    token, secret = issued(olga)
    _, other = issued(olga)
    assert tokens.revoke(olga, token.pk)
    assert tokens.holder(secret) is None
    assert tokens.holder(other)
    assert not tokens.revoke(olga, token.pk), "once is enough"


def test_nobody_revokes_anothers(olga, igor):
    token, secret = issued(olga)
    assert not tokens.revoke(igor, token.pk)
    assert tokens.revoke_all(igor) == 0
    assert tokens.holder(secret)


def test_all_are_revoked_at_one_stroke(olga, igor):
    secrets = [issued(olga)[1] for _ in range(3)]
    kept = issued(igor)[1]
    assert tokens.revoke_all(olga) == 3
    assert [tokens.holder(secret) for secret in secrets] == [None] * 3
    assert tokens.holder(kept)


def test_a_new_password_leaves_programs_alone(olga):
    _, secret = issued(olga)
    olga.set_password("quite another one")
    olga.save()
    assert tokens.holder(secret)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "a" * 101},
        {"scope": "everything"},
        {"days": 0},
        {"days": -1},
        {"days": tokens.LONGEST + 1},
    ],
)
def test_a_token_has_a_name_a_scope_and_an_end(olga, wrong):
    with pytest.raises(ValidationError):
        issued(olga, **wrong)
    assert not Token.objects.exists()


def test_there_are_only_so_many_at_a_time(olga, igor):
    for _ in range(tokens.MOST):
        last, _secret = issued(olga)
    with pytest.raises(ValidationError):
        issued(olga)
    assert issued(igor)
    tokens.revoke(olga, last.pk)
    assert issued(olga)


def test_asking_takes_one_query_and_the_use_is_noted_once_a_minute(olga, django_assert_num_queries):
    _, secret = issued(olga)
    tokens.holder(secret)
    with django_assert_num_queries(1):
        noted = tokens.holder(secret).last_used_at
    with django_assert_num_queries(1):
        tokens.holder("chr_" + "a" * 40)
    earlier = timezone.now() - tokens.NOTED
    Token.objects.update(last_used_at=earlier)
    assert tokens.holder(secret).last_used_at > earlier
    assert Token.objects.get().last_used_at > earlier
    assert noted


def test_tokens_are_listed_for_their_person_the_newest_first(olga, igor):
    first, _ = issued(olga, name="First")
    second, _ = issued(olga, name="Second")
    issued(igor)
    assert tokens.tokens_of(olga) == [second, first]


# --- the page -----------------------------------------------------------------------------------

PAGE = "/account/tokens/"
SAID = {"name": "Archive", "scope": "write", "days": "30"}


@pytest.fixture
def signed_in(client, olga):
    client.force_login(olga)
    return client


def test_a_secret_is_shown_once(signed_in, olga):
    answer = signed_in.post(PAGE, SAID)
    secret = re.search(r'value="(chr_[\w-]{40})"', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    assert tokens.holder(secret).person == olga
    page = signed_in.get(PAGE).content.decode()
    assert secret not in page
    assert secret[:8] in page
    assert "Archive" in page


def test_a_form_that_lacks_something_makes_nothing(signed_in):
    for wrong in (
        {"name": ""},
        {"name": "turned \u202e round"},
        {"scope": "everything"},
        {"days": "999"},
        {"days": "x"},
    ):
        assert signed_in.post(PAGE, SAID | wrong).status_code == 422
    assert not Token.objects.exists()


def test_too_many_are_refused_in_words(signed_in, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 1)
    signed_in.post(PAGE, SAID)
    answer = signed_in.post(PAGE, SAID)
    assert answer.status_code == 422
    assert "too many tokens" in answer.content.decode()


def test_one_or_all_are_revoked_on_the_page(signed_in, olga):
    token, secret = issued(olga)
    others = [issued(olga)[1] for _ in range(2)]
    assert signed_in.get(f"{PAGE}{token.pk}/revoke/").status_code == 405
    assert signed_in.post(f"{PAGE}{token.pk}/revoke/").url == PAGE
    assert tokens.holder(secret) is None
    assert tokens.holder(others[0])
    signed_in.post(f"{PAGE}revoke/")
    assert not any(tokens.holder(one) for one in others)
    assert signed_in.post(f"{PAGE}{token.pk}/revoke/").status_code == 404


def test_nobody_sees_or_revokes_anothers_on_the_page(signed_in, igor):
    token, secret = issued(igor, name="Of Igor")
    assert "Of Igor" not in signed_in.get(PAGE).content.decode()
    assert signed_in.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    signed_in.post(f"{PAGE}revoke/")
    assert tokens.holder(secret)


def test_the_page_is_behind_the_sign_in(client):
    for address in (PAGE, f"{PAGE}revoke/", f"{PAGE}1/revoke/"):
        assert client.post(address, SAID).url.startswith("/sign-in/")


def test_the_cost_of_the_page_does_not_grow(signed_in, olga):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(PAGE).status_code == 200
        return len(captured)

    issued(olga)
    few = cost()
    for _ in range(5):
        issued(olga)
    assert cost() == few
