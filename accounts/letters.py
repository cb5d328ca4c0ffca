"""Letters to people."""

import threading

import structlog
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Person

log = structlog.get_logger("accounts.letters")


def send_link(email: str, site: str) -> None:
    """A letter with a link to set a password, if somebody has the address.

    The answer shall not tell by its time whether a letter leaves: one is written in any case.
    `site` is the origin of the installation's pages, without a slash at its end.
    """
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    known = found is not None and not found.is_demo and found.email != people.OPERATOR
    person = found if found is not None and known else Person(email=email, name=email)
    with translation.override(person.language or translation.get_language()):
        send(
            [person.email] if known else [],
            _("Your password for Charter"),
            render_to_string(
                "accounts/letter.txt", {"person": person, "site": site, "path": people.link(person)}
            ),
        )


def send(to: list[str], subject: str, body: str) -> None:
    """Send a letter from another thread; none to nobody. What goes wrong is in the log alone."""
    letter = EmailMessage(subject, body, to=to)
    threading.Thread(target=_send, args=[letter], name="letter", daemon=True).start()


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError:
        log.exception("letter not sent")
