"""/contact: the person for a sector, by code, by any word for it, or by who the learners are."""

from __future__ import annotations

from handlers.answers import with_footer
from handlers.buttons import Button, Press, pack
from handlers.context import Thread, Turn
from handlers.reply import Reply, Rows
from knowledge.model import SECTORS, Sector
from knowledge.reading import Reading

KIND = "k"

TOPIC = "contact-any"
"""The entry that a short message after a contact continues: "un augstskolām?"."""

WHO = "who"
"""Stands before a kind of learner, since some are called like a sector."""

LEARNERS: dict[str, Sector | None] = {
    "kindergarten": "school",
    "school": "school",
    "vocational": "vet",
    "university": "he",
    "adults": "adult",
    "company": None,
    "foreign": None,
}
"""Who the learners are → the sector; None where the answer is a further word rather than a person."""


async def command(turn: Turn, args: str) -> Reply:
    """`/contact skola`, `/contact KA204`; without a sector it offers buttons."""
    sector = turn.services.search.sector(args)
    if sector is not None:
        return contact_reply(turn, sector)
    if args.strip() and turn.services.sectors.youth(args):
        return _youth(turn)
    return choose(turn, not_understood=bool(args.strip()) and not turn.services.sectors.all(args))


async def pressed(turn: Turn, press: Press) -> Reply:
    """A sector, the head of unit, the choice itself, or a step of "not sure"."""
    asked, learners = (*press.fields, "", "")[:2]
    sector = next((known for known in SECTORS if known == asked), None)
    if sector is not None:
        return contact_reply(turn, sector)
    if asked == "head":
        return contact_reply(turn, None)
    if asked == "youth":
        return _youth(turn)
    if asked == "unsure":
        return Reply(turn.say("contact.who_learns"), _learner_rows(turn), in_place=True)
    if asked == WHO and learners in LEARNERS:
        return _by_learners(turn, learners)
    return choose(turn)


def contact_reply(turn: Turn, sector: Sector | None, reason: str = "") -> Reply:
    """Name, e-mail, phone and what the person answers for; the head of unit where no sector is given."""
    call = turn.services.knowledge.call
    person = call.contact(sector)
    rendered = turn.services.phrases.rendered(
        "contact.person", turn.language, person=person, reason=reason, asked=sector
    )
    rows: list[tuple[Button, ...]] = [(Button(turn.label("contact.copy"), copy=person.email),)]
    if sector is not None:
        rows.append((Button(turn.label("contact.head"), pack(KIND, turn.language, "head")),))
    rows.append((Button(turn.label("contact.other_sector"), pack(KIND, turn.language, "choose")),))
    topic = Thread(TOPIC, turn.language, Reading(sector=sector))
    return Reply(with_footer(turn, rendered, about=None), tuple(rows), thread=topic)


def choose(turn: Turn, *, not_understood: bool = False) -> Reply:
    """Asks for the sector; "not sure" asks who the learners are."""
    call = turn.services.knowledge.call
    rows: Rows = tuple(
        (Button(f"{facts.code} · {facts.name.to(turn.language)}", pack(KIND, turn.language, facts.id)),)
        for facts in call.sectors
    )
    more = (
        (Button(turn.label("contact.unsure"), pack(KIND, turn.language, "unsure")),),
        (Button(turn.label("contact.youth"), pack(KIND, turn.language, "youth")),),
    )
    key = "contact.not_understood" if not_understood else "contact.choose"
    return Reply(turn.say(key), (*rows, *more), thread=Thread(TOPIC, turn.language))


def _learner_rows(turn: Turn) -> Rows:
    return tuple(
        (Button(turn.label(f"contact.learners.{who}"), pack(KIND, turn.language, WHO, who)),)
        for who in LEARNERS
    )


def _by_learners(turn: Turn, who: str) -> Reply:
    sector = LEARNERS[who]
    if sector is None:
        rows: Rows = (
            *(
                (Button(f.name.to(turn.language), pack(KIND, turn.language, f.id)),)
                for f in turn.services.knowledge.call.sectors
            ),
            (Button(turn.label("contact.head"), pack(KIND, turn.language, "head")),),
        )
        return Reply(turn.say(f"contact.then.{who}"), rows, in_place=True)
    facts = turn.services.knowledge.call.sector(sector)
    return contact_reply(turn, sector, turn.say("contact.because", facts=facts))


def _youth(turn: Turn) -> Reply:
    rendered = turn.services.phrases.rendered("contact.youth_agency", turn.language)
    return Reply(with_footer(turn, rendered, about=None))
