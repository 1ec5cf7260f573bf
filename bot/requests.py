"""Calls to Telegram, counted; and what is no proper reply told apart from what Telegram refuses."""

from __future__ import annotations

import json
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.metrics import Metrics


class CountedRequest(HTTPXRequest):
    """python-telegram-bot's request, with a figure for each call."""

    def __init__(self, metrics: Metrics, connections: int) -> None:
        super().__init__(connection_pool_size=connections, pool_timeout=5.0)
        self._metrics = metrics

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One call; counted as `ok`, by its status, or by the error that broke it."""
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except Exception as error:
            self._metrics.called(type(error).__name__)
            raise
        self._metrics.called("ok" if status == 200 else str(status))
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The reply as an object; one that is none broke on its way and may be asked for again.

        The library's own logs the reply, with what the bot said in it.
        """
        try:
            found = json.loads(payload)
        except ValueError:
            found = None
        if not isinstance(found, dict) or (found.get("ok") is True and "result" not in found):
            raise NetworkError("malformed reply")
        return found
