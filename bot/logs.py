"""Logs on standard error, without secrets and without what people write."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType

from bot import trace

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
"""Anything that looks like a bot's token, for the case that it came another way than from the settings."""

_HIDDEN = "[token]"

_CHATTY = ("httpx", "httpcore", "uvicorn", "alembic", "sqlalchemy", "aiosqlite", "asyncio")
"""Libraries that write addresses, statements or what nobody asked at INFO and below."""


class RedactingFormatter(logging.Formatter):
    """Hides secrets in the finished line: message, arguments, exception and stack alike."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The line, with secrets replaced; inside an update its reference comes last."""
        now = trace.current()
        return self._redacted(super().format(record) + (f" [{now.reference}]" if now else ""))

    def _redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)


class JsonFormatter(RedactingFormatter):
    """One JSON object a line, for a collector."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, with secrets replaced."""
        now, at = trace.current(), datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redacted(record.getMessage()),
        }
        if now is not None:
            line["reference"] = now.reference
        if record.exc_info:
            line["exception"] = self._redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(level: str, secrets: Iterable[str] = (), *, as_json: bool = False) -> None:
    """One handler at the root, on standard error; libraries only from warnings on.

    The formatter sits on the root's handler, not on a logger: a logger's filters miss the records of its
    children, and httpx writes whole addresses, the token in them, at INFO.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(secrets) if as_json else RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # at DEBUG it writes whole updates, with what people said in them
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A crash goes the same way as every line, past the same formatter."""
    logging.critical("stopped by a fault", exc_info=(kind, error, trace))
