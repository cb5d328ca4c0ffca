from uuid import uuid4

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import people, tokens
from accounts.models import Person

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_whatever_door_it_came_by():
    made = Person.objects.create_user("Olga@Example.ORG ", "long enough", name="Olga")
    assert made.email == "olga@example.org"
    assert Person.objects.get_by_natural_key(" OLGA@example.org") == made


def test_the_database_itself_refuses_a_second_spelling_of_an_address():
    Person.objects.create_user("olga@example.org", name="Olga")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(email="olga@example.org").update(email="Olga@example.org")


@pytest.fixture
def olga() -> Person:
    return Person.objects.create_user("olga@example.org", "long enough", name="Olga")


def token_of(person: Person) -> str:
    path = people.link(person)
    assert path.startswith(f"/invitation/{person.uuid}/")
    return path.split("/")[3]


def test_a_link_lets_its_person_in_and_nobody_else(olga):
    other = Person.objects.create_user("other@example.org", name="Other")
    token = token_of(olga)
    assert people.invited(olga.uuid, token) == olga
    assert people.invited(other.uuid, token) is None
    assert people.invited(uuid4(), token) is None


def test_a_link_is_dead_once_a_password_is_set(olga):
    token = token_of(olga)
    olga.set_password("a password of mine")
    olga.save()
    assert people.invited(olga.uuid, token) is None


def test_a_link_of_the_time_before_invitations_works_and_says_nothing_of_the_address(olga):
    token = default_token_generator.make_token(olga)
    assert people.invited(olga.uuid, token) == olga
    assert not people.came_by_letter(olga, token)
    assert people.came_by_letter(olga, token_of(olga))


def test_an_address_has_one_account(olga):
    made = people.make(email="New@Example.org", name="New", password="a password of mine")
    assert (made.email, made.confirmed_at) == ("new@example.org", None)
    for taken in ("new@example.org", "OLGA@example.org"):
        with pytest.raises(people.AddressTaken):
            people.make(email=taken, name="Second", password="another password")
    assert made.check_password("a password of mine")


def test_an_address_is_confirmed_once_and_what_was_made_before_is_void(olga):
    _, before = tokens.issue(olga, name="Before", scope="read", days=1)
    people.confirm(olga)
    confirmed_at = olga.confirmed_at
    _, after = tokens.issue(olga, name="After", scope="read", days=1)
    people.confirm(olga)
    assert Person.objects.get().confirmed_at == confirmed_at
    assert tokens.holder(before) is None
    assert tokens.holder(after)


def test_whoever_runs_the_installation_answers_for_the_addresses_they_give():
    assert Person.objects.create_superuser("boss@example.org", "x", name="Boss").confirmed_at
    assert not Person.objects.create_user("typed@example.org", "x", name="Typed").confirmed_at


def test_the_operator_is_the_first_superuser_who_is_active():
    Person.objects.create_superuser("gone@example.org", "x", name="Gone", is_active=False)
    boss = Person.objects.create_superuser("boss@example.org", "x", name="Boss")
    Person.objects.create_superuser("later@example.org", "x", name="Later")
    assert people.operator() == boss


def test_in_a_demo_the_operator_is_the_first_of_the_cast():
    chair = Person.objects.create_user("chair@example.org", None, name="Chair", is_demo=True)
    Person.objects.create_user("drafter@example.org", None, name="Drafter", is_demo=True)
    assert people.operator() == chair


def test_without_a_superuser_the_operator_is_a_stand_in_who_can_never_sign_in():
    operator = people.operator()
    assert (operator.email, operator.is_active) == ("operator@localhost", True)
    assert not operator.has_usable_password()
    assert people.operator() == operator


def test_the_cast_is_the_demos_active_persons_and_no_superuser():
    chair = Person.objects.create_user("chair@example.org", name="Chair", is_demo=True)
    Person.objects.create_user("gone@example.org", name="Gone", is_demo=True, is_active=False)
    Person.objects.create_superuser("root@example.org", name="Root", is_demo=True)
    Person.objects.create_user("real@example.org", name="Real")
    assert people.cast() == [chair]


def test_a_person_has_a_name_to_be_shown_by():
    assert str(Person(name="", email="a@example.org")) == "a@example.org"
    with pytest.raises(ValidationError):
        Person(email="a@example.org", date_joined=timezone.now()).full_clean()
