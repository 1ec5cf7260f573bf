"""The tables brought up to date by Alembic, within a transaction that somebody else has begun."""

from __future__ import annotations

import logging

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_log = logging.getLogger(__name__)


def upgrade(connection: Connection) -> None:
    """Take all steps that the database lacks; one of a newer version of the program is left as it is."""
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    steps = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in steps:
        _log.warning("the database is of a newer version, %s; using it as it is", current)
        return
    command.upgrade(config, "head")
