"""`run_due`: do what has fallen due, such as ending silence procedures, and say what that was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from charter.due import run_due
from charter.models import Charter


class Command(BaseCommand):
    help = "Do what has fallen due. Safe to run twice, late, or on several machines at once."

    def handle(self, **options: Any) -> None:
        Charter.objects.exists()  # without its tables every job would fail, each for itself
        found = run_due()
        if found.failed:
            raise CommandError(str(found))
        self.stdout.write(str(found))
