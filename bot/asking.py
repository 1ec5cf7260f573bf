"""`ka2bot ask`: one question, or one a line, outside any chat.

Imports neither telegram nor sqlalchemy nor rich, so that it starts fast."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

import typer

from bot.collecting import to_stay
from bot.local.markup import to_plain
from bot.services import build_services
from bot.settings import Settings
from handlers.ask import answer
from handlers.context import Services
from handlers.reply import Finding, Reply
from knowledge.model import KnowledgeError, Language
from knowledge.sources import cite


class JsonChoice(TypedDict):
    """A runner-up."""

    entry: str
    title: str
    text: str


class JsonAnswer(TypedDict):
    """What `--json` prints; programs rely on this shape."""

    question: str
    language: Language
    kind: str
    entry: str | None
    score: float
    text: str
    choices: list[JsonChoice]
    sources: list[str]


def ask(settings: Settings, question: str | None, language: Language | None, *, as_json: bool) -> None:
    """Prints the answer to a question, or without one to every line of standard input."""
    with to_stay():
        services = build_services(settings.clock())
    with asyncio.Runner() as runner:
        for asked in [question] if question is not None else _lines():
            with broken_texts_named(services):
                reply = runner.run(answer(services, asked, language))
                if as_json:
                    said = json.dumps(json_answer(services, asked, reply), ensure_ascii=False)
                else:
                    said = _readable(reply) + ("\n" if question is None else "")
            typer.echo(said)


@contextmanager
def broken_texts_named(services: Services) -> Iterator[None]:
    """What goes wrong in here because some text cannot be shown is raised as KnowledgeError with its line.

    Nothing is looked for before: that would double the time of an answer.
    """
    try:
        yield
    except (KnowledgeError, ValueError):
        from bot.showable import require_showable

        require_showable(services)
        raise


def json_answer(services: Services, question: str, reply: Reply) -> JsonAnswer:
    """The answer as data."""
    finding = reply.finding or Finding("fallback", None, 0.0)
    return {
        "question": question,
        "language": finding.language,
        "kind": finding.kind,
        "entry": finding.entry,
        "score": round(finding.score, 4),
        "text": to_plain(reply.html),
        "choices": [{"entry": c.entry, "title": c.title, "text": to_plain(c.html)} for c in finding.choices],
        "sources": list(cite(services.knowledge.documents, finding.sources, finding.language)),
    }


def _readable(reply: Reply) -> str:
    """The reply for a terminal; where it only offers topics, they follow as a list."""
    text = to_plain(reply.html)
    offers = reply.finding is not None and reply.finding.kind in ("choices", "fallback")
    titles = [f"• {button.label}" for row in reply.buttons for button in row] if offers else []
    return "\n".join((text, *titles))


def _lines() -> Iterator[str]:
    """Questions from standard input; an empty line is none."""
    return (line.strip() for line in sys.stdin if line.strip())
