"""One line about each member of the cast, as the sign-in page shows it in the reader's language."""

from django.utils.translation import gettext_noop

INTRODUCTIONS = {
    "chair": gettext_noop(
        "Chair of the drafting committee; sits with no delegation, manages members and editions."
    ),
    "drafter": gettext_noop(
        "Drafter for one of the initiators; edits, tags and moves clauses in both languages."
    ),
    "drafter2": gettext_noop(
        "Drafter for another delegation; tests every word against the treaties in force."
    ),
    "reviewer": gettext_noop(
        "Legal reviewer; reads and comments, and leaves the drafting to others."
    ),
    "observer": gettext_noop("Observer; follows the text and its history without taking part."),
}
