from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import people
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


def test_an_invitation_makes_a_person_who_cannot_sign_in_before_using_the_link():
    person, path = people.invite("new@example.org", "New Delegate")
    assert not person.has_usable_password()
    assert path == f"/invitation/{person.uuid}/{path.split('/')[3]}/"
    assert people.invited(person.uuid, path.split("/")[3]) == person


def test_a_link_is_dead_once_a_password_is_set():
    person, path = people.invite("new@example.org", "New")
    person.set_password("a password of mine")
    person.save()
    assert people.invited(person.uuid, path.split("/")[3]) is None


def test_a_link_opens_nobody_elses_account():
    _, path = people.invite("new@example.org", "New")
    other, _ = people.invite("other@example.org", "Other")
    assert people.invited(other.uuid, path.split("/")[3]) is None
    assert people.invited(uuid4(), path.split("/")[3]) is None


def test_an_invitation_is_never_a_key_to_somebody_who_can_sign_in():
    Person.objects.create_user("olga@example.org", "long enough", name="Olga")
    person, path = people.invite("OLGA@example.org", "Not Olga")
    assert (person.name, path) == ("Olga", "")


def test_only_the_first_inviter_may_have_the_link_again():
    first = Person.objects.create_user("first@example.org", "long enough", name="First")
    second = Person.objects.create_user("second@example.org", "long enough", name="Second")
    assert people.invite("new@example.org", "New", by=first)[1]
    assert people.invite("new@example.org", "New", by=first)[1]
    assert people.invite("new@example.org", "New", by=second)[1] == ""
    assert people.invite("new@example.org", "New")[1], "whoever runs the installation may"


def test_an_invitation_names_a_person_by_the_address_when_no_name_is_given():
    assert people.invite("new@example.org", " ")[0].name == "new@example.org"


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
    assert people.invite("operator@localhost", "Me")[1] == ""


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
