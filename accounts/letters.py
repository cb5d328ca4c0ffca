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

    It leaves from another thread: the time of the answer shall not tell whether it leaves.
    `site` is the origin of the installation's pages, without a slash at its end.
    """
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None or person.is_demo or person.email == people.OPERATOR:
        return
    with translation.override(person.language or translation.get_language()):
        letter = EmailMessage(
            _("Your password for Charter"),
            render_to_string(
                "accounts/letter.txt", {"person": person, "site": site, "path": people.link(person)}
            ),
            to=[person.email],
        )
    threading.Thread(target=_send, args=[letter], name="letter", daemon=True).start()


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError:
        log.exception("letter not sent")
