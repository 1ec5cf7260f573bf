"""/privacy: what is held of a person, for how long and by whom, with a button that deletes it."""

from __future__ import annotations

from handlers.buttons import Button, Press, pack
from handlers.context import Turn
from handlers.reply import Reply, Rows

KIND = "p"

DELETE = "del"


async def command(turn: Turn, args: str) -> Reply:
    """What is held at this moment, and what is not."""
    held = await turn.services.store.held(turn.who)
    if held is None:
        return Reply(turn.say("privacy.unreadable"), _delete(turn))
    entry = turn.services.knowledge.entry(held.thread.entry) if held.thread else None
    sector = held.profile.sector
    html = turn.say(
        "privacy.text",
        chosen=held.profile.language,
        sector=turn.services.knowledge.call.sector(sector).name.to(turn.language) if sector else "",
        topic=entry.text(turn.language).title if entry else "",
        card=held.card is not None,
        reminders=held.reminders,
        replies=held.replies,
        elsewhere=held.elsewhere,
        operator=turn.services.operator,
    )
    return Reply(html, _delete(turn))


async def pressed(turn: Turn, press: Press) -> Reply:
    """Deletes everything that is held of the person, and says whether that was done."""
    if await turn.services.store.forget(turn.who):
        return Reply(turn.say("privacy.deleted"), in_place=True)
    # on top of the screen too: pressed once more in vain, the message stays as it is
    toast = turn.label("privacy.not_deleted_toast")
    return Reply(turn.say("privacy.not_deleted"), _delete(turn), in_place=True, toast=toast)


def _delete(turn: Turn) -> Rows:
    return ((Button(turn.label("privacy.delete"), pack(KIND, turn.language, DELETE)),),)
