"""Which Latvian text was translated into which English one: a text changed alone is found by its digest.

The digests stand in a file of their own, written by `ka2bot lint --accept` and never by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from bot.linting.twins import Twin
from knowledge import yamlfile
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError

FILE = "translations.yaml"

_HEAD = """\
# Digests of texts that say the same in Latvian and in English: `ka2bot lint` notices when one changes alone.
# Written by `ka2bot lint --accept`; not to be edited.
"""


def out_of_step(twins: Iterable[Twin], knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Texts that changed after their twin, and those nobody has compared with it yet."""
    accepted = _read(knowledge)
    for twin in twins:
        if not twin.lv or not twin.en:
            continue
        known = accepted.get(twin.name)
        lv, en = digests(twin)
        if known is None:
            yield _compare(twin, places, "nobody has compared the two languages yet")
        elif known == [lv, en]:
            continue
        elif known[1] == en:
            yield Finding(
                places.at(twin.lv_file, twin.lv_path),
                f"{twin.name}: the Latvian text changed after the English one; bring the English up to date, "
                "then run `ka2bot lint --accept`",
            )
        elif known[0] == lv:
            yield Finding(
                places.at(twin.en_file, twin.en_path),
                f"{twin.name}: the English text changed after the Latvian one; bring the Latvian up to date, "
                "then run `ka2bot lint --accept`",
            )
        else:
            yield _compare(twin, places, "both languages changed")


def accept(twins: Iterable[Twin], knowledge: Knowledge) -> list[str]:
    """Keeps the digests of all texts as they are now; gives the names of those that were new or changed."""
    root = knowledge.root
    if not isinstance(root, Path):
        raise KnowledgeError(f"{FILE} can only be written where the knowledge lies in a folder")
    before = _read(knowledge)
    now = {twin.name: [*digests(twin)] for twin in twins if twin.lv and twin.en}
    lines = (f"{name}: [{lv}, {en}]\n" for name, (lv, en) in sorted(now.items()))
    (root / FILE).write_text(_HEAD + "".join(lines), encoding="utf-8")
    return [name for name, digest in now.items() if before.get(name) != digest]


def digests(twin: Twin) -> tuple[str, str]:
    """Digests of both texts; line breaks do not count. The letter keeps them from being numbers."""
    lv, en = (
        "x" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12] for text in (twin.lv, twin.en)
    )
    return lv, en


def _compare(twin: Twin, places: Places, why: str) -> Finding:
    return Finding(
        places.at(twin.en_file, twin.en_path),
        f"{twin.name}: {why}; read both, then run `ka2bot lint --accept`",
        "warning",
    )


def _read(knowledge: Knowledge) -> dict[str, list[str]]:
    file = knowledge.root / FILE
    if not file.is_file():
        return {}
    name = f"{DATA}/{FILE}"
    tree = yamlfile.parse(yamlfile.read(file, name), name)
    try:
        return TypeAdapter(dict[str, list[str]]).validate_python(tree or {})
    except ValidationError as error:
        raise KnowledgeError.at(
            name, 1, "cannot be read; delete it, then run `ka2bot lint --accept`"
        ) from error
