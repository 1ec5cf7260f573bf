"""`ka2bot review`: what people asked and the bot did not know, decided group by group.

What is decided goes to the proposals file. The knowledge itself is never written: pasting is the curator's.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import typer

from bot.linting.places import Places
from bot.progress import progress
from bot.reviewing import effect, proposals, showing
from bot.reviewing.groups import Group, grouped
from bot.reviewing.proposals import Proposals
from bot.reviewing.wordings import Wording, key_of, open_wordings, wordings
from bot.services import build_services
from bot.settings import Settings
from bot.store.unsettled import Unsettled, unsettled
from handlers.context import Services
from knowledge import yamlfile
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError

NEW, IGNORE, MENDED = "new entry", "ignore", "mended"
"""Decisions other than the id of an entry."""

KEYS = {"n": NEW, "i": IGNORE, "m": MENDED}
"""What is typed for them in a conversation."""

HELP = """\
Write what it is, then press Enter:
  1, 2, 3      a new phrasing of the entry with that number
  an id        a new phrasing of another entry, as in: grant-ceiling
  n            a matter that needs a new entry
  i            nothing for this bot: never show it again
  m            the answer has been put right: show it again only if it comes up after today
  (nothing)    decide another time; also where the wordings are not all about one matter: --accept
               decides on each by itself
  q            stop; what was decided is kept"""


class Desk:
    """What lies before the curator: the questions kept, the knowledge, and what was decided already."""

    def __init__(self, settings: Settings, file: Path, questions: Sequence[Path]) -> None:
        self._settings = settings
        self.file = file
        self.questions = questions or effect.default_files()

    @cached_property
    def services(self) -> Services:
        """The knowledge and the search as they are."""
        return build_services(self._settings.clock())

    @property
    def knowledge(self) -> Knowledge:
        """What the bot knows."""
        return self.services.knowledge

    @cached_property
    def places(self) -> Places:
        """Files and lines."""
        return Places(self.knowledge)

    @cached_property
    def kept(self) -> tuple[Unsettled, ...]:
        """Everything that the store keeps for the curator."""
        return unsettled(self._settings.database())

    @cached_property
    def decided(self) -> Proposals:
        """What was decided before, without what has been pasted since."""
        return proposals.read(self.file, self.knowledge)

    @cached_property
    def groups(self) -> list[Group]:
        """What waits for a decision, most asked first."""
        services = self.services
        if self.decided.phrasings:
            services = effect.merged(services, self.decided)
        waiting = [wording for wording in wordings(self.kept) if self.decided.is_open(wording)]
        with progress() as advance:
            left = open_wordings(services, waiting, advance)
        return grouped(self.services.search, left, self.decided.decided)

    @property
    def wordless(self) -> Counter[str]:
        """Entries voted down whose question is no longer known."""
        return Counter(each.entry for each in self.kept if not each.question and each.entry)

    def keep(self, decided: Proposals) -> None:
        """Writes what was decided."""
        self.decided = decided
        proposals.write(self.file, decided, self.knowledge)


def show(desk: Desk) -> None:
    """Prints every group."""
    for number, group in enumerate(desk.groups, 1):
        typer.echo("\n".join(showing.described(group, desk.knowledge, desk.places, str(number))) + "\n")
    for line in showing.wordless(desk.wordless):
        typer.echo(line)
    typer.echo(_total(desk))


def show_json(desk: Desk) -> None:
    """Prints every group as one JSON object a line."""
    for group in desk.groups:
        shape = showing.as_json(group, desk.knowledge, desk.places)
        typer.echo(json.dumps(shape, ensure_ascii=False))


def accept(desk: Desk, file: Path) -> None:
    """Takes decisions from a file; either all of them are right, or none is taken.

    Raises typer.BadParameter that names the line of one that is not.
    """
    decided = desk.decided
    for found, decision in _decisions(desk, file):
        decided, said = take(desk, decided, found, decision)
        typer.echo("\n".join(said))
    desk.keep(decided)
    _close(desk)


def interview(desk: Desk, read: Callable[[], str] | None = None) -> None:
    """Goes through the groups, asking for each; keeps every decision at once."""
    groups = desk.groups
    if not groups:
        typer.echo(_total(desk))
        return
    typer.echo(f"{_total(desk)}\n\n{HELP}\n")
    taken = 0
    for number, group in enumerate(groups, 1):
        title = f"{number} of {len(groups)}"
        typer.echo("\n".join(showing.described(group, desk.knowledge, desk.places, title)))
        decision = _asked(desk, group, read or _typed)
        if decision == "q":
            break
        if decision:
            decided, said = take(desk, desk.decided, group.wordings, decision)
            desk.keep(decided)
            typer.echo("\n".join(f"  {line}" for line in said))
            taken += 1
        typer.echo()
    if taken:
        _close(desk)


def take(
    desk: Desk, decided: Proposals, found: Sequence[Wording], decision: str
) -> tuple[Proposals, list[str]]:
    """One decision on one group, and what it means in words."""
    if decision == IGNORE:
        return decided.with_ignored(found), [f"“{found[0].text}”: will not be shown again"]
    if decision == MENDED:
        today = max(each.day for each in desk.kept)
        return decided.with_mended(found, today), [f"“{found[0].text}”: shown again only if it comes up anew"]
    fitting, said = proposals.fit(found, desk.knowledge)
    said = [f"left out {each}" for each in said]
    if not fitting:
        return decided, [*said, "nothing is left to propose"]
    if decision == NEW:
        return decided.with_new_entry(fitting), [*said, f"a new entry, asked as “{fitting[0].text}” …"]
    proposed = decided.with_phrasings(decision, fitting)
    return proposed, [*said, *(f"new phrasing of {decision}: “{wording.text}”" for wording in fitting)]


def _decisions(desk: Desk, file: Path) -> list[tuple[Sequence[Wording], str]]:
    """What is decided of which wordings: of a whole group, or where several of its wordings are named, of
    each by itself."""
    text = yamlfile.read(file, str(file))
    try:
        tree = yamlfile.parse(text, str(file))
    except KnowledgeError as error:
        raise typer.BadParameter(str(error)) from None
    if not isinstance(tree, dict):
        raise typer.BadParameter(f"{file}:1: write one decision a line, as in:  cik ilgst projekts: duration")
    waiting = {wording.key: (wording, group) for group in desk.groups for wording in group.wordings}
    named: dict[str, str] = {}
    for asked, decision in tree.items():
        where = f"{file}:{yamlfile.line_of(text, [str(asked)])}"
        if key_of(str(asked)) not in waiting:
            raise typer.BadParameter(
                f"{where}: “{asked}” waits for no decision; `ka2bot review --list` shows what does"
            )
        named[key_of(str(asked))] = _meant(desk, str(decision), where)
    found: list[tuple[Sequence[Wording], str]] = []
    for key, decision in named.items():
        wording, group = waiting[key]
        alone = sum(each.key in named for each in group.wordings) > 1
        found.append(((wording,) if alone else group.wordings, decision))
    return found


def _meant(desk: Desk, decision: str, where: str) -> str:
    if decision in (NEW, IGNORE, MENDED):
        return decision
    entry = desk.knowledge.entry(decision)
    if entry is None:
        raise typer.BadParameter(
            f"{where}: there is no entry “{decision}”; write the id of one, or {NEW}, {IGNORE} or {MENDED}"
        )
    return entry.id


def _asked(desk: Desk, group: Group, read: Callable[[], str]) -> str:
    """A decision, `q`, or nothing; asks until it understands."""
    while True:
        typed = read().strip()
        if typed.lower() in ("", "q"):
            return typed.lower()
        if typed.lower() in KEYS:
            return KEYS[typed.lower()]
        if typed.isdecimal() and 0 < int(typed) <= len(group.candidates):
            return group.candidates[int(typed) - 1].entry
        entry = desk.knowledge.entry(typed)
        if entry is not None:
            return entry.id
        typer.echo(f"  There is no “{typed}” here.\n{HELP}")


def _typed() -> str:
    try:
        return input("  > ")
    except (EOFError, KeyboardInterrupt):
        typer.echo()
        return "q"


def _close(desk: Desk) -> None:
    """Says where the proposals are, what they would change, and what to do next."""
    decided = desk.decided
    typer.echo(f"\nKept in {desk.file}. Nothing of it counts yet.")
    if not decided.phrasings:
        return
    questions = effect.questions_of(desk.questions)
    if not questions:
        typer.echo("Name a question set with --questions to see what the new phrasings would change.")
        return
    names = ", ".join(file.name for file in desk.questions)
    typer.echo(f"What the new phrasings would change, on {len(questions)} questions of {names}:")
    with progress() as advance:
        found = asyncio.run(
            effect.effect(desk.services, effect.merged(desk.services, decided), questions, advance)
        )
    typer.echo("\n".join(effect.report(found)))
    typer.echo(
        f"If you like it, paste the blocks of {desk.file} into the entries they name, then run "
        "`ka2bot lint` and `make eval`."
    )


def _total(desk: Desk) -> str:
    if not desk.kept:
        return "Nothing was asked that needs a look."
    asked = sum(group.count for group in desk.groups)
    settled = sum(1 for each in desk.kept if each.question) - asked
    rest = (
        f"; {settled} more {'is' if settled == 1 else 'are'} answered or decided meanwhile" if settled else ""
    )
    if not desk.groups:
        return f"Nothing waits for a decision{rest}."
    groups, wait = ("group", "waits") if len(desk.groups) == 1 else ("groups", "wait")
    questions = "question" if asked == 1 else "questions"
    return f"{len(desk.groups)} {groups} of {asked} {questions} {wait} for a decision{rest}."
