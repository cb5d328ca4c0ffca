"""Plain builders. Whatever is in a charter got there through the actions, as in life."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Person
from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.charters import change_charter, create_charter
from charter.actions.clauses import change_clause, insert_clause
from charter.actions.members import add_member, change_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.principles import add_principle
from charter.actions.proposals import propose_rewording
from charter.actions.values import Committed, Words
from charter.models import (
    Amendment,
    Charter,
    Clause,
    Delegation,
    Membership,
    PartyKind,
    Role,
    Stage,
    Standing,
)
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline
from tests.cast import Cast, cast


@dataclass(frozen=True)
class Scene:
    """A charter of two articles and the people around it.

    Article 1 has two paragraphs, Article 2 is one sentence. English has words, Russian none yet.
    It stands at the stage of negotiation, where all is open that roles allow.
    """

    charter: Charter
    cast: Cast
    article: UUID
    first: UUID
    second: UUID
    other: UUID

    @property
    def root(self) -> UUID:
        return Clause.objects.get(charter=self.charter, parent=None).pk


FIRST = "The Parties shall respect the sovereignty of each Party."
SECOND = "No Party shall strengthen its own security at the expense of another Party."
OTHER = "This Charter is open to all States of Eurasia."


def scene(slug: str = "eurasia") -> Scene:
    """The usual charter with its cast, five revisions old."""
    people = cast()
    charter = create_charter(
        actor=people.chair, title="A charter of tests", slug=slug, languages=("ru",)
    )
    seat_all(charter, people)
    article = insert(charter, people.chair, "article", heading="Principles")
    first = insert(charter, people.chair, "paragraph", FIRST, parent=article)
    second = insert(charter, people.chair, "paragraph", SECOND, parent=article)
    other = insert(charter, people.chair, "article", OTHER, heading="Openness")
    stand_at(charter, people.chair, Stage.NEGOTIATION)
    return Scene(charter, people, article, first, second, other)


def stand_at(charter: Charter, chair: Person, stage: str, **more) -> Charter:
    """The charter is at this stage now."""
    row = change_charter(actor=chair, charter=charter, stage=stage, reopen=True, **more)
    charter.stage = row.stage
    return charter


def seat_all(charter: Charter, people: Cast) -> None:
    """Give the drafter, the reviewer and the observer their seats."""
    for role in (Role.DRAFTER, Role.REVIEWER, Role.OBSERVER):
        add_member(
            actor=people.chair, charter=charter, person=getattr(people, role.value), role=role
        )


def insert(
    charter: Charter, actor: Person, kind: str, text: str = "", *, heading: str = "", **more
) -> UUID:
    """A new clause in English; its id."""
    words = {"en": Words(heading=heading, text=text)}
    made = insert_clause(actor=actor, charter=charter, kind=kind, words=words, **more)
    return made.clause.pk


def reword(
    charter: Charter, actor: Person, clause: UUID, text: str, *, base: int | None = None, **more
) -> Committed:
    """Another English text for a clause, seen at the head unless `base` says otherwise."""
    charter.refresh_from_db()
    heading = Clause.objects.get(pk=clause).wordings.filter(language="en").first()
    words = Words(heading=heading.heading if heading else "", text=text)
    return change_clause(
        actor=actor,
        charter=charter,
        clause=clause,
        base=charter.head if base is None else base,
        words={"en": words},
        **more,
    )


def tag(laid: Scene, clause: UUID, *slugs: str) -> int:
    """Have a clause serve these principles and no others; the number of the revision."""
    laid.charter.refresh_from_db()
    done = change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=clause,
        base=laid.charter.head,
        principles=slugs,
    )
    return done.revision.number


def principle(charter: Charter, actor: Person, slug: str, **more) -> str:
    """A principle of this slug, named alike in English."""
    add_principle(
        actor=actor,
        charter=charter,
        slug=slug,
        names={"en": slug.replace("-", " ").title()},
        definitions={"en": f"What {slug} means."},
        colour="#336699",
        **more,
    )
    return slug


def delegation(charter: Charter, actor: Person, code: str, **more) -> Delegation:
    """A state of this code at the table with its delegation."""
    party = add_party(
        actor=actor, charter=charter, kind=PartyKind.STATE, code=code, names={"en": code}
    )
    return add_delegation(
        actor=actor, charter=charter, party=party.pk, standing=Standing.PARTICIPANT, **more
    )


def seated(charter: Charter, chair: Person, person: Person, code: str) -> Delegation:
    """The person, who has a seat, now sits for the delegation of this code; it is made."""
    team = delegation(charter, chair, code)
    seat = Membership.objects.get(charter=charter, person=person)
    change_member(actor=chair, charter=charter, member=seat.pk, role=seat.role, delegation=team.pk)
    return team


def drafted(
    charter: Charter,
    actor: Person,
    clause: UUID,
    text: str,
    title: str = "A better text",
    **more,
) -> Amendment:
    """A draft of an amendment that rewords one clause in English."""
    charter.refresh_from_db()
    act = {"actor": actor, "charter": charter, **more}
    made = draft_amendment(**act, title=title)
    wording = Clause.objects.get(pk=clause).wordings.filter(language="en").first()
    propose_rewording(
        **act,
        amendment=made.uuid,
        clause=clause,
        language="en",
        base=charter.head,
        words=Words(heading=wording.heading if wording else "", text=text),
    )
    return made


def tabled(charter: Charter, actor: Person, clause: UUID, text: str, **more) -> Amendment:
    """An amendment on the table that rewords one clause in English."""
    made = drafted(charter, actor, clause, text, **more)
    return table_amendment(actor=actor, charter=charter, amendment=made.uuid, **more)


def outline(*texts: str, title: str = "A charter of tests", language: str = "en") -> Outline:
    """Articles with these texts, one after another."""
    articles = tuple(Unit(kind=Kind.ARTICLE, text=text) for text in texts)
    return Outline(title=title, clauses=articles, language=language)
