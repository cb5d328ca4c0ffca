"""Letters about charters."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import letters
from charter.actions.invitations import Issued


def send_invitation(issued: Issued, site: str) -> bool:
    """Send the letter's own link to the invited address; False where no letters are sent.

    It leaves once the transaction has committed, in the language that is active. `site` is the
    origin of the installation's pages, without a slash at its end. Of what the inviter wrote the
    subject says nothing.
    """
    if not settings.EMAIL_OFFERED:
        return False
    invitation = issued.invitation
    path = reverse("invitation", args=[issued.letter_key])
    body = render_to_string(
        "invitations/letter.txt",
        {
            "invitation": invitation,
            "inviter": str(invitation.invited_by),
            "title": invitation.charter.called,
            "role": invitation.get_role_display(),
            "link": f"{site}{path}",
        },
    )
    subject = _("An invitation to Charter")
    transaction.on_commit(lambda: letters.send([invitation.email], subject, body))
    return True
