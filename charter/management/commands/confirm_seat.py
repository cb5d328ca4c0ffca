"""`confirm_seat SLUG EMAIL`: let somebody into their delegation where nobody there can do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Person
from charter.actions.refusals import Refused
from charter.actions.seatings import confirm_by_operator
from charter.models import Charter


class Command(BaseCommand):
    help = (
        "Confirm somebody whom the chair named to a delegation, when its own people cannot be "
        "reached. They then see what it keeps to itself; the delegation's log says who did it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("email", help="the address of the person who waits")

    def handle(self, *, slug: str, email: str, **options: Any) -> None:
        charter = Charter.objects.filter(slug=slug).first()
        if charter is None:
            raise CommandError(f"There is no charter “{slug}”.")
        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody has the address “{email}”.")
        try:
            seat = confirm_by_operator(charter=charter, person=person)
        except Refused as refused:
            raise CommandError(str(refused.message)) from None
        self.stdout.write(f"{person.name} sits in the delegation of {seat.delegation} now.")
