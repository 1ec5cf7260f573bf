"""/priorities, /activities, /funding: what the call lists, sector by sector, with buttons to switch."""

from __future__ import annotations

from handlers.answers import entry_buttons, entry_html
from handlers.buttons import Button, Press, pack
from handlers.context import Thread, Turn
from handlers.reply import Reply, Rows
from knowledge.model import SECTORS, Sector
from knowledge.reading import Reading

KIND = "l"

PRIORITIES, ACTIVITIES, FUNDING = "priorities-sector", "training-activities", "funding-available"
HORIZONTAL = "priorities-horizontal"

LISTS = {"p": PRIORITIES, "a": ACTIVITIES, "f": FUNDING, "h": HORIZONTAL}
"""Code in a button → the entry that holds the list."""


async def priorities_command(turn: Turn, args: str) -> Reply:
    """Priorities of the sector named or chosen; without one the horizontal ones and buttons."""
    sector = turn.services.search.sector(args) or turn.profile.sector
    return list_reply(turn, "p" if sector else "h", sector)


async def activities_command(turn: Turn, args: str) -> Reply:
    """Learning, teaching and training activities, of one sector or all."""
    return list_reply(turn, "a", turn.services.search.sector(args) or turn.profile.sector)


async def funding_command(turn: Turn, args: str) -> Reply:
    """Money planned, for one sector or all."""
    return list_reply(turn, "f", turn.services.search.sector(args) or turn.profile.sector)


async def pressed(turn: Turn, press: Press) -> Reply:
    """Another sector of the same list, in the same message."""
    code, asked = (*press.fields, "", "")[:2]
    sector = next((known for known in SECTORS if known == asked), None)
    return list_reply(turn, code if code in LISTS else "h", sector, in_place=True)


def list_reply(turn: Turn, code: str, sector: Sector | None, *, in_place: bool = False) -> Reply:
    """One list for one sector (or all), with the sectors as buttons."""
    entry = turn.services.knowledge.entries[LISTS[code]]
    rows = (*_switch(turn, code, sector), *entry_buttons(turn, entry, sector))
    return Reply(
        entry_html(turn, entry, sector),
        rows,
        in_place=in_place,
        thread=Thread(entry.id, turn.language, Reading(sector=sector)),
    )


def _switch(turn: Turn, code: str, sector: Sector | None) -> Rows:
    by_sector = "p" if code == "h" else code
    call = turn.services.knowledge.call
    buttons = [
        Button(
            ("• " if facts.id == sector else "") + facts.code, pack(KIND, turn.language, by_sector, facts.id)
        )
        for facts in call.sectors
    ]
    whole = "h" if by_sector == "p" else by_sector
    label = turn.label("lists.horizontal" if by_sector == "p" else "lists.all")
    return (
        tuple(buttons),
        (Button(("• " if sector is None else "") + label, pack(KIND, turn.language, whole)),),
    )
