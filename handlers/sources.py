"""/sources: the documents behind the answers, and how far each is trusted."""

from __future__ import annotations

from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Reply

MAIN = ("presentation", "overview", "guide")
"""The documents that most answers rest on; the rest are summed up by kind."""


async def command(turn: Turn, args: str) -> Reply:
    """The main documents, and what the words under an answer mean."""
    documents = turn.services.knowledge.documents
    main = [documents[key] for key in MAIN]
    related = ("programme-guide", "partnership-pages", "results-platform")
    entries = (turn.services.knowledge.entry(key) for key in related)
    rows = tuple(
        (Button(entry.text(turn.language).title, pack("e", turn.language, entry.id, "")),)
        for entry in entries
        if entry
    )
    return Reply(turn.say("sources.text", documents=main, others=len(documents) - len(main)), rows)
