"""`ka2bot links`: every link that opens something in the bot, for the agency's web pages and e-mails."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from typing import Literal

import typer

from bot.errors import SettingsError
from bot.services import build_services
from bot.settings import Settings
from handlers import links
from handlers.commands import listed
from handlers.context import Services
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, Language

EXAMPLE = (850, 4)
"""Kilometres and people of the example of a filled calculator, as in the command's description."""

Opens = Literal["command", "contact", "example", "entry"]

_USERNAME = re.compile(r"[A-Za-z0-9_]{4,32}")


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it opens, under which title in each language, and its address."""

    opens: Opens
    title_lv: str
    title_en: str
    payload: str
    url: str


def run(
    settings: Settings,
    username: str | None,
    language: Language | None,
    form: Literal["table", "json", "csv"],
) -> None:
    """Prints all links; raises SettingsError where the bot's name is not known."""
    name = (username or settings.bot_username).removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise SettingsError(
            "which bot? Give its name at Telegram: ka2bot links --username your_bot, or set BOT_USERNAME"
        )
    found = list(all_links(build_services(settings.clock()), name, language))
    match form:
        case "json":
            for link in found:
                typer.echo(json.dumps(asdict(link), ensure_ascii=False))
        case "csv":
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(Link.__slots__)
            writer.writerows(asdict(link).values() for link in found)
        case "table":
            typer.echo("\n".join(_table(found, language or "lv")))


def all_links(services: Services, username: str, language: Language | None) -> Iterator[Link]:
    """Commands, contacts, a filled calculator, then every entry as it stands in its file.

    With a language the links open in it, unless the person has chosen another; else in the person's own.
    """

    knowledge, renderer = services.knowledge, services.renderer

    def link(opens: Opens, titles: tuple[str, str], payload: str) -> Link:
        spoken = f"{language}_{payload}" if language else payload
        return Link(opens, *titles, spoken, links.address(username, spoken))

    def command(name: str) -> tuple[str, str]:
        lv, en = (unescape(services.phrases.say(f"command.{name}", spoken)) for spoken in LANGUAGES)
        return lv, en

    for each in listed("private"):
        yield link("command", command(each.name), links.command_payload(each.name))
    for sector in knowledge.call.sectors:
        # the entry that says the same of the sector has a title of its own
        contact = knowledge.entries[f"contact-{sector.id}"]
        yield link("contact", _titles(contact), links.command_payload("contact", sector.id))
    filled = links.command_payload("travel", " ".join(map(str, EXAMPLE)))
    yield link("example", command("travel"), filled)
    for entry in knowledge.entries.values():
        # without a source it is small talk, or says that the bot knows nothing of it
        if renderer.entry(entry, "lv").sources:
            yield link("entry", _titles(entry), links.entry_payload(entry.id))


def _titles(entry: Entry) -> tuple[str, str]:
    return entry.lv.title, entry.en.title


def _table(found: list[Link], language: Language) -> Iterator[str]:
    titles = [link.title_lv if language == "lv" else link.title_en for link in found]
    width = max(map(len, titles))
    for link, title in zip(found, titles, strict=True):
        yield f"{link.opens:<8} {title:<{width}}  {link.url}"
