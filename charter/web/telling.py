"""What a run of words tells of who wrote it, in the language of the interface."""

from html import escape

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charter.formats.languages import direction
from charter.queries.adopted import AdoptedAmendment
from charter.queries.blame import TextBlame
from charter.text.blame import Run
from charter.text.stretches import Gone
from charter.web.signs import Sign, Signs


class Telling:
    """Says who wrote a run, in the language of the interface. `picked` is the key of one sign."""

    def __init__(self, found: TextBlame, signs: Signs, picked: str | None = None) -> None:
        self.found, self.signs, self.picked = found, signs, picked
        slug = found.charter.slug
        self.revisions = reverse("revision", args=[slug, 0]).replace("/0/", "/%d/")
        self.histories = reverse("text", args=[slug]) + "clauses/%s/history/"
        self.amendments = reverse("amendments", args=[slug])
        self.query = f"?language={escape(found.language)}"
        self.attributes = f'lang="{escape(found.language)}" dir="{direction(found.language)}"'
        self.say_revision, self.say_until = _("revision %(number)s"), _("until revision %(number)s")
        self.said: dict[int, str] = {}
        self.named: dict[int, str] = {}

    def sign(self, run: Run) -> Sign:
        return self.signs.of[run.revision]

    def look(self, run: Run) -> str:
        """The classes of a run."""
        sign = self.sign(run)
        return f"run look-{sign.look}" + (" picked" if sign.key == self.picked else "")

    def link(self, number: int, html: str, classes: str = "") -> str:
        """A link to a revision."""
        named = f' class="{classes}"' if classes else ""
        return f'<a{named} href="{self.revisions % number}{self.query}">{html}</a>'

    def mark(self, run: Run) -> str:
        """The sign where a run begins, or where words were taken out; a link to the revision."""
        sign = self.sign(run)
        seen = '<span class="caret">‸</span>' if run.end == run.start else ""
        seen += escape(sign.mark)
        number = "" if sign.mark == str(run.revision) else f"<sub>{run.revision}</sub>"
        label = self.name(run.revision)
        if run.end == run.start:
            label = _("taken out: %(who)s") % {"who": label}
        return (
            f'<a class="sign look-{sign.look}" href="{self.revisions % run.revision}{self.query}"'
            f' aria-label="{escape(label)}">{seen}{number}</a>'
        )

    def name(self, number: int) -> str:
        """Author, delegation, revision, day and amendments, as plain words."""
        if number not in self.named:
            facts = self.found.revisions[number]
            writer = self.found.writers[facts.person]
            team = self.found.delegations[number]
            of = f" ({team})" if team else ""
            revision = self.say_revision % {"number": number}
            day = date_format(facts.at.date(), "j E Y")
            adopted = "".join(f" · {one.symbol} {one.attribution}" for one in self._adopted(number))
            self.named[number] = f"{writer.name}{of} · {revision} · {day}{adopted}"
        return self.named[number]

    def facts(self, number: int) -> str:
        """The same as HTML, with a link to the revision and its message."""
        if number not in self.said:
            facts = self.found.revisions[number]
            writer = self.found.writers[facts.person]
            team = self.found.delegations[number]
            of = f" ({escape(team)})" if team else ""
            link = self.link(number, escape(self.say_revision % {"number": number}))
            day = escape(date_format(facts.at.date(), "j E Y"))
            symbols = ", ".join(one.symbol for one in self._adopted(number))
            said = "" if facts.message == symbols else facts.message
            message = f" · {escape(said)}" if said else ""
            message += "".join(self._amendment(one) for one in self._adopted(number))
            self.said[number] = f"<b>{escape(writer.name)}</b>{of} · {link} · {day}{message}"
        return self.said[number]

    def _adopted(self, number: int) -> tuple[AdoptedAmendment, ...]:
        return self.found.adopted.get(number, ())

    def _amendment(self, one: AdoptedAmendment) -> str:
        where = f"{self.amendments}{one.uuid}/{self.query}"
        return f' · <a href="{where}">{escape(one.symbol)}</a> {escape(one.attribution)}'

    def carried(self, run: Run, clause: str) -> str:
        """How the words came to stand in a clause, if they were carried."""
        if run.carried is None:
            return ""
        carried, source = run.carried, run.carried.source
        if carried.back:
            said = _("Taken out in revision %(left)s and brought back in revision %(number)s")
        else:
            said = _("Moved here in revision %(number)s")
        html = escape(said % {"left": carried.left, "number": carried.revision})
        other = source[0] if isinstance(source, tuple) else ""
        if other and other != clause:
            where = f"{self.histories % escape(str(other))}{self.query}"
            another = escape(_("from another clause"))
            html += f' · <a href="{where}">{another}</a>'
        return f"<p>{html}</p>"

    def gone(self, past: tuple[Gone, ...], most: int) -> str:
        """What stood in a place before, newest first."""
        if not past:
            return ""
        items = "".join(
            f"<li><del {self.attributes}>{escape(cut(one.text, most), quote=False)}</del> "
            f"{self.link(one.revision, escape(self.say_until % {'number': one.revision}))}</li>"
            for one in past
        )
        before = escape(_("Before:"))
        return f'<p>{before}</p><ul class="past">{items}</ul>'


def cut(text: str, most: int) -> str:
    """The text, or as many of its first words as there is room for."""
    if len(text) <= most:
        return text
    whole, _, part = text[:most].rpartition(" ")
    return f"{whole if len(part) < most // 2 else text[:most]}…"
