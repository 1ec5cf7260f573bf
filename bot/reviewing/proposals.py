"""The proposals file: what the curator accepted, ready to be pasted, and what is to be left alone.

A file of the tool's own. The curator's files are never written; what has been pasted into them leaves this
file by itself the next time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.linting.phrasings import every_phrasing, folded
from bot.linting.places import Places
from bot.reviewing.wordings import Wording, key_of
from knowledge import yamlfile
from knowledge.entry import EntryId, phrasings
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError

LONGEST = 120
"""Characters of a phrasing; a longer question is a story, and its words would attract others."""

WRITTEN_IN = ("lv", "en", "ru")

PLACEHOLDER = "…"

_MARK = re.compile(r"\[(?:code|e-mail|link|name|phone|number)\]")

_HEAD = """\
# What was accepted in `ka2bot review`; that command alone writes this file, each time anew. Nothing of it
# counts yet. Paste the lines below each `asks:` into the entry named, then run `ka2bot lint` and `make eval`.
# What is found pasted leaves this file at the next `ka2bot review`. To take a decision back, delete it here.
"""


class Asks(BaseModel):
    """Phrasings, one a line; beside them may stand what a new entry needs more."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    asks: str = ""


class Proposed(BaseModel):
    """New phrasings of an entry, or a new entry."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: EntryId
    lv: Asks = Asks()
    en: Asks = Asks()
    ru: Asks = Asks()

    def asks(self, language: str) -> tuple[str, ...]:
        """Its phrasings in one language."""
        block = {"lv": self.lv, "en": self.en, "ru": self.ru}[language]
        return phrasings(block.asks)

    @property
    def every(self) -> tuple[str, ...]:
        """Its phrasings in all languages."""
        return tuple(asked for language in WRITTEN_IN for asked in self.asks(language))

    def with_asks(self, language: str, asks: Iterable[str]) -> Proposed:
        """The same with other phrasings in one language."""
        return self.model_copy(update={language: Asks(asks="\n".join(asks))})


class Proposals(BaseModel):
    """All that was decided and is not pasted yet.

    `ignored` is never shown again, `mended` (the answer was put right) only if it comes up after that day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrasings: tuple[Proposed, ...] = ()
    new_entries: tuple[Proposed, ...] = ()
    ignored: str = ""
    mended: dict[str, date] = {}

    @property
    def decided(self) -> tuple[str, ...]:
        """Questions that need no decision any more."""
        proposed = (asked for each in (*self.phrasings, *self.new_entries) for asked in each.every)
        return (*proposed, *phrasings(self.ignored))

    def is_open(self, wording: Wording) -> bool:
        """Whether a wording still waits for a decision, likeness to others aside."""
        mended = next((day for asked, day in self.mended.items() if key_of(asked) == wording.key), None)
        if mended is not None and wording.last <= mended:
            return False
        return wording.key not in {key_of(asked) for asked in self.decided}

    def with_phrasings(self, entry: str, wordings: Iterable[Wording]) -> Proposals:
        """With the wordings as new phrasings of an entry."""
        known = next((each for each in self.phrasings if each.id == entry), Proposed(id=entry))
        rest = tuple(each for each in self.phrasings if each.id != entry)
        return self.model_copy(update={"phrasings": (*rest, _added(known, wordings))})

    def with_new_entry(self, wordings: Iterable[Wording]) -> Proposals:
        """With the wordings as the phrasings of an entry yet to be written."""
        taken = {each.id for each in self.new_entries}
        name = next(f"new-{n}" for n in range(1, len(taken) + 2) if f"new-{n}" not in taken)
        return self.model_copy(
            update={"new_entries": (*self.new_entries, _added(Proposed(id=name), wordings))}
        )

    def with_ignored(self, wordings: Iterable[Wording]) -> Proposals:
        """With the wordings among those never shown again."""
        lines = (*phrasings(self.ignored), *(wording.text for wording in wordings))
        return self.model_copy(update={"ignored": "\n".join(lines)})

    def with_mended(self, wordings: Iterable[Wording], today: date) -> Proposals:
        """With the wordings' answer put right on that day."""
        return self.model_copy(
            update={"mended": {**self.mended, **{wording.text: today for wording in wordings}}}
        )


def _added(proposed: Proposed, wordings: Iterable[Wording]) -> Proposed:
    for wording in wordings:
        if wording.key not in {key_of(asked) for asked in proposed.every}:
            language = wording.language if wording.language in WRITTEN_IN else "lv"
            proposed = proposed.with_asks(language, (*proposed.asks(language), wording.text))
    return proposed


def fit(wordings: Iterable[Wording], knowledge: Knowledge) -> tuple[list[Wording], list[str]]:
    """The wordings that can be phrasings, and a sentence on each that cannot."""
    standing = {folded(asked): entry.id for entry, _, asked in every_phrasing(knowledge)}
    fitting, left_out = [], []
    for wording in wordings:
        if _MARK.search(wording.text):
            left_out.append(f"“{wording.text}”: something personal was taken out of it")
        elif len(wording.text) > LONGEST:
            left_out.append(f"“{wording.text[:40]}…”: longer than {LONGEST} characters; write a shorter one")
        elif wording.key in standing:
            left_out.append(f"“{wording.text}”: stands in {standing[wording.key]} already")
        elif not folded(wording.text):
            left_out.append(f"“{wording.text}”: no words")
        else:
            fitting.append(wording)
    return fitting, left_out


def read(file: Path, knowledge: Knowledge) -> Proposals:
    """The proposals in a file, without those pasted since; none where there is no file.

    Raises typer.BadParameter that names the line where the file is broken.
    """
    if not file.is_file():
        return Proposals()
    text = yamlfile.read(file, str(file))
    try:
        proposals = Proposals.model_validate(yamlfile.parse(text, str(file)) or {})
    except ValidationError as error:
        problem = error.errors()[0]
        line = yamlfile.line_of(text, [str(s) if isinstance(s, str) else s for s in problem["loc"]])
        raise typer.BadParameter(f"{file}:{line}: {problem['msg']}") from None
    except KnowledgeError as error:
        raise typer.BadParameter(str(error)) from None
    return _unpasted(proposals, knowledge)


def _unpasted(proposals: Proposals, knowledge: Knowledge) -> Proposals:
    standing = {folded(asked) for _, _, asked in every_phrasing(knowledge)}

    def left(each: Proposed) -> Proposed:
        for language in WRITTEN_IN:
            each = each.with_asks(language, [a for a in each.asks(language) if folded(a) not in standing])
        return each

    existing = [each for each in proposals.phrasings if knowledge.entry(each.id) is not None]
    return proposals.model_copy(
        update={
            "phrasings": tuple(rest for each in existing if (rest := left(each)).every),
            "new_entries": tuple(rest for each in proposals.new_entries if (rest := left(each)).every),
        }
    )


def write(file: Path, proposals: Proposals, knowledge: Knowledge) -> None:
    """Writes the file, whole or not at all."""
    text = _HEAD + "".join(f"{line}\n" for line in _lines(proposals, knowledge, Places(knowledge)))
    beside = file.with_name(file.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _lines(proposals: Proposals, knowledge: Knowledge, places: Places) -> Iterator[str]:
    if proposals.phrasings:
        yield "phrasings:"
    for each in sorted(proposals.phrasings, key=lambda proposed: proposed.id):
        entry = knowledge.entry(each.id)
        if entry is not None:
            yield f"# “{entry.lv.title}”, {places.entry(entry.id, 'id')}"
        yield f"- id: {each.id}"
        for language in WRITTEN_IN:
            yield from _asks(language, each.asks(language))
    if proposals.new_entries:
        yield "new_entries:"
        yield f"# choose an id (a-z, 0-9 and -), write title and answer in place of each {PLACEHOLDER}"
    for each in proposals.new_entries:
        yield f"- id: {each.id}"
        yield "  kind: answer"
        for language in WRITTEN_IN:
            yield from _asks(language, each.asks(language), texts=language != "ru")
    if phrasings(proposals.ignored):
        yield "ignored: |"
        yield from (f"  {line}" for line in sorted(set(phrasings(proposals.ignored))))
    if proposals.mended:
        yield "mended:"
        for asked, day in sorted(proposals.mended.items()):
            yield f"  {json.dumps(asked, ensure_ascii=False)}: {day.isoformat()}"


def _asks(language: str, asks: tuple[str, ...], *, texts: bool = False) -> Iterator[str]:
    if not asks and not texts:
        return
    yield f"  {language}:"
    if texts:
        yield f"    title: {PLACEHOLDER}"
        yield f"    answer: {PLACEHOLDER}"
    yield "    asks: |"
    yield from (f"      {line}" for line in asks or (PLACEHOLDER,))
