"""Logs on standard error, without the token and without what people write."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
"""Anything that looks like a bot's token, for the case that it came another way than from the settings."""

_HIDDEN = "[token]"


class RedactingFormatter(logging.Formatter):
    """Hides secrets in the finished line: message, arguments, exception and stack alike."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The line, with secrets replaced."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, line)


def set_up_logs(level: str, secrets: Iterable[str] = ()) -> None:
    """One handler at the root, on standard error; HTTP libraries only from warnings on.

    The formatter sits on the root's handler, not on a logger: a logger's filters miss the records of its
    children, and httpx writes whole addresses, the token in them, at INFO.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # at DEBUG it writes whole updates, with what people said in them
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A crash goes the same way as every line, past the same formatter."""
    logging.critical("stopped by a fault", exc_info=(kind, error, trace))
