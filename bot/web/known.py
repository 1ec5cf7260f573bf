"""The knowledge as its files stand now: loaded again when one changes, the last good one kept when it breaks.

The files are looked at by their times, four times a second: forty of them take a third of a millisecond,
need no library, and it works alike on network drives, in containers and with editors that put a new file in
the place of the old one, where notifications of the system do not come.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import yaml

from bot.lint import findings
from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from bot.linting.rendering import entry_findings
from bot.linting.saying import unsayable
from bot.linting.twins import twins
from bot.services import build_services
from handlers.context import Clock, Services
from knowledge.load import packaged_data
from knowledge.model import KnowledgeError

PAUSE = 0.25
"""Seconds between two looks at the files."""

REST = 1.0
"""Seconds without a change after which the check begins, so that not every save of many is checked."""

READ_ONCE = frozenset(("words.yaml", "months.yaml", "place_names.yaml", "budget_words.yaml"))
"""Files about the languages themselves, read once in a process: they count at the next start."""

PHRASES = "handlers/phrases"

_log = logging.getLogger(__name__)

_PLACE = re.compile(r"(?P<place>[\w./-]+:\d+): error: (?P<said>.*)")

Stamps = dict[str, tuple[int, int]]
"""Time of change in nanoseconds and size in bytes of each file, by its name in the project."""


@dataclass(frozen=True, slots=True)
class Known:
    """Knowledge that loaded, and what explains its answers."""

    services: Services
    places: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class News:
    """What the files have to say since the start: which changed, and what is wrong with them.

    With `broken` they could not be taken over; `restart` names changed files that count at the next start.
    """

    changed: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()
    broken: bool = False
    problems: tuple[Finding, ...] = ()


class LiveKnowledge:
    """What is known at this moment. Raises KnowledgeError where the files are broken at the start."""

    def __init__(self, clock: Clock, data: Path | None = None, *, rest: float = REST) -> None:
        self._clock = clock
        self._rest = rest
        packaged, said = packaged_data(), files("handlers") / "phrases"
        self._data = data or (packaged if isinstance(packaged, Path) else None)
        self._phrases = said if isinstance(said, Path) else None
        self._stamps = self._seen = self._stamped()
        self.known = self._load()
        self.news = News()

    async def watch(self, tell: Callable[[], Awaitable[None]]) -> None:
        """Looks at the files for ever; calls `tell` when there is news."""
        async with asyncio.TaskGroup() as group:
            checking: asyncio.Task[None] | None = None
            while True:
                await asyncio.sleep(PAUSE)
                if not await self.look():
                    continue
                if checking is not None:
                    checking.cancel()
                await tell()
                checking = group.create_task(self._check_at_rest(tell))

    async def look(self) -> bool:
        """Takes over what changed and has come to rest; whether there is news.

        A file that changed since the last look may be half written yet: it is read at the next.
        """
        seen, self._seen = self._seen, await asyncio.to_thread(self._stamped)
        if self._seen == self._stamps or self._seen != seen:
            return False
        changed = _changed(self._stamps, self._seen)
        self._stamps = self._seen
        self.news = await asyncio.to_thread(self._take_over, changed)
        return True

    async def check(self) -> bool:
        """Lints what was taken over; whether that found anything. Some seconds, in which chats go on."""
        known = self.known
        try:
            found = await asyncio.to_thread(_linted, known.services)
        except (KnowledgeError, OSError, yaml.YAMLError):
            return False  # a file changed meanwhile: the next look says what is wrong with it
        if known is not self.known or self.news.broken or not found:
            return False
        self.news = News(self.news.changed, self.news.restart, problems=found)
        return True

    async def _check_at_rest(self, tell: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(self._rest)
        if not self.news.broken and await self.check():
            await tell()

    def _take_over(self, changed: tuple[str, ...]) -> News:
        restart = tuple(name for name in changed if name.rpartition("/")[2] in READ_ONCE)
        try:
            known = self._load()
            wrong = tuple(_unreadable(known, self.known.services))
        except KnowledgeError as error:
            return News(changed, restart, broken=True, problems=tuple(_problems(error)))
        except OSError as error:
            _log.warning("a file cannot be read: %s", type(error).__name__)
            return News(changed, restart, broken=True, problems=(Finding(", ".join(changed), str(error)),))
        if wrong:
            return News(changed, restart, broken=True, problems=wrong)
        self.known = known
        return News(changed, restart)

    def _load(self) -> Known:
        services = build_services(self._clock, self._data)
        places = Places(services.knowledge)
        # read now: lines belong to the files as they were taken over, not as they are when somebody asks
        for entry_id in {place.file: name for name, place in services.knowledge.places.items()}.values():
            places.entry(entry_id, "id")
        return Known(services, places)

    def _stamped(self) -> Stamps:
        stamps: Stamps = {}
        for folder, name in ((self._data, DATA), (self._phrases, PHRASES)):
            if folder is None:
                continue
            for file in folder.rglob("*.yaml"):
                # an editor may just be putting a new one in its place
                with contextlib.suppress(FileNotFoundError):
                    status = file.stat()
                    stamps[f"{name}/{file.relative_to(folder)}"] = status.st_mtime_ns, status.st_size
        return stamps


def _problems(error: KnowledgeError) -> Iterator[Finding]:
    """What loading said, line by line."""
    for line in str(error).splitlines():
        found = _PLACE.fullmatch(line)
        yield Finding(found["place"], found["said"]) if found else Finding(DATA, line)


def _changed(before: Stamps, after: Stamps) -> tuple[str, ...]:
    return tuple(sorted(name for name in before | after if before.get(name) != after.get(name)))


def _unreadable(known: Known, before: Services) -> Iterator[Finding]:
    """Texts that cannot be shown and must not be taken over; of entries those that read otherwise now."""
    old, new = before.knowledge, known.services.knowledge
    facts_same = (old.calls, old.programmes, old.documents) == (new.calls, new.programmes, new.documents)
    for entry in new.entries.values():
        if not facts_same or old.entries.get(entry.id) != entry:
            found = entry_findings(known.services, entry, known.places)
            yield from (finding for finding in found if finding.level == "error")
    yield from unsayable(twins(new), known.services, known.places)


def _linted(services: Services) -> tuple[Finding, ...]:
    found = findings(services)
    return tuple(sorted(found, key=lambda finding: finding.level != "error"))
