"""Letters that tell of what stands unread in the inbox: one about each charter, when it is due.

Mail is not confidential. A letter names clauses by their citations and has links; no word of a
text or of a comment is in it.
"""

from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from smtplib import SMTPException
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts import zones
from accounts.models import Person
from charter.actions.mailings import failed, hold, ready, sent
from charter.models import Charter
from charter.queries.letter_keys import key_for
from charter.queries.mailings import TOLD, Due, Untold, due_letters, is_due, untold
from charter.queries.notice_words import address, sentence
from charter.queries.notices import shown_notices

log = structlog.get_logger("charter.mailing")


def send_letters(now: datetime) -> int:
    """Send the letters that are due; how many left. Where no letters are sent, none.

    When the machine that takes mail does not answer, the round ends: the others are not tried.
    """
    if not settings.EMAIL_OFFERED:
        return 0
    count, mail = 0, get_connection()
    try:
        for letter in due_letters(now):
            try:
                count += _send(letter, mail, now)
            except _Unreachable:
                break
    finally:
        with suppress(SMTPException, OSError):
            mail.close()
    return count


class _Unreachable(Exception):
    """The machine that takes mail does not answer."""


def _send(letter: Due, mail: BaseEmailBackend, now: datetime) -> bool:
    """Whether the letter left."""
    ready(letter)
    with transaction.atomic():
        mailing = hold(letter)
        if mailing is None or not is_due(letter, now):
            return False
        told = untold(letter)
        person = Person.objects.get(pk=letter.person)
        written = write(person, Charter.objects.get(pk=letter.charter), told)
        try:
            mail.open()
        except (SMTPException, OSError) as error:
            failed(mailing, told, now)
            unreachable: Exception | None = error
        else:
            unreachable = None
            if not _left(written, mail):
                failed(mailing, told, now)
                return False
            sent(mailing, told, now)
    if unreachable is not None:
        # What it says may name the machine; its kind is enough.
        log.warning("letters not sent", error=type(unreachable).__name__)
        raise _Unreachable
    return True


def _left(letter: EmailMessage, mail: BaseEmailBackend) -> bool:
    try:
        return bool(mail.send_messages([letter]))
    except (SMTPException, OSError) as error:
        log.warning("letter not sent", error=type(error).__name__)
        # What comes of a talk that broke off is not known: the next letter begins another.
        with suppress(SMTPException, OSError):
            mail.close()
        return False


def write(person: Person, charter: Charter, told: tuple[Untold, ...]) -> EmailMessage:
    """The letter, in the person's language and by the clock of their time zone."""
    language = person.language or settings.LANGUAGE_CODE
    zone = zones.named(person.time_zone) or UTC
    with translation.override(language), timezone.override(zone):
        shown = shown_notices([one.notice for one in told[:TOLD]], language)
        stop = _url(reverse("letters_stop", args=[key_for(person, charter)]))
        context = {
            "person": person,
            "charter": charter,
            "lines": [(sentence(one), _url(address(one))) for one in shown],
            "more": max(0, len(told) - TOLD),
            "inbox": _url(f"{reverse('inbox')}?charter={charter.slug}"),
            "settings": _url(reverse("notice_settings", args=[charter.slug])),
            "stop": stop,
        }
        subject = ngettext("Charter: %(n)d notice", "Charter: %(n)d notices", len(told))
        return EmailMessage(
            subject % {"n": len(told)},
            render_to_string("notices/letter.txt", context),
            to=[person.email],
            headers={
                "Message-ID": _message_id(person, charter, told),
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _url(path: str) -> str:
    return f"{settings.SITE}{path}"


def _message_id(person: Person, charter: Charter, told: tuple[Untold, ...]) -> str:
    """The same when the same letter is sent again, so that its reader is shown one."""
    parts = person.uuid, charter.uuid, [(one.notice, one.made_at.timestamp()) for one in told]
    return f"<{sha256(repr(parts).encode()).hexdigest()[:40]}@{urlsplit(settings.SITE).hostname}>"
