"""The search index kept between runs: building it takes most of a second, reading it back a hundredth.

Only a convenience: whatever goes wrong with the file, the index is built anew. Its name is a digest of the
knowledge and of the code that builds it, so a changed YAML or an upgrade never meets an old index.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import sys
import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from platformdirs import user_cache_path

from knowledge.indexing import build
from knowledge.load import Knowledge
from knowledge.tables import Tables

log = logging.getLogger(__name__)

KEPT = 6
"""Index files kept at most, 6 MB each: the present one, those of versions a person may switch back to, and of
other folders of knowledge that are being worked on beside it."""


def built_index(knowledge: Knowledge, folder: Path | None = None) -> Tables:
    """The lookup tables of the knowledge, from the cache if they are there, else built and kept."""
    try:
        file = (folder or user_cache_path("ka2bot")) / f"index-{_digest(knowledge)}.bin"
    except OSError:
        return build(knowledge)
    try:
        if file.exists() and _ours(file):
            built = Tables.of(marshal.loads(file.read_bytes()))  # noqa: S302 - written by us, owner checked
            os.utime(file)  # the ones used least lately are deleted first
            return built
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        log.warning("the kept search index cannot be read; building it anew")
    built = build(knowledge)
    _keep(file, built)
    return built


def _ours(file: Path) -> bool:
    """Whether nobody else could have written the file."""
    status = file.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _keep(file: Path, built: Tables) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as written:
            marshal.dump(built.plain(), written)
        Path(written.name).replace(file)
        old = sorted(file.parent.glob("index-*.bin"), key=lambda kept: kept.stat().st_mtime, reverse=True)
        for forgotten in old[KEPT:]:
            forgotten.unlink(missing_ok=True)
    except OSError as error:
        log.info("the search index could not be kept: %s", error.strerror)


def _digest(knowledge: Knowledge) -> str:
    digest = hashlib.sha256()
    for part in (*_below(knowledge.root), *_below(files("knowledge"))):
        digest.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    digest.update(f"{marshal.version} {sys.byteorder}".encode())
    return digest.hexdigest()[:32]


def _below(folder: Traversable) -> list[Traversable]:
    """The YAML and code files below a folder, in order."""
    found: list[Traversable] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _below(item)
        elif item.name.endswith((".yaml", ".py")):
            found.append(item)
    return found
