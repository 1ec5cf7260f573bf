"""Calls to Telegram, counted; and what is no proper reply told apart from what Telegram refuses."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import getproxies

import h11
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot.metrics import Metrics
from bot.wire import Connections, Patience

PATIENCE = {"connect": 5.0, "read": 5.0, "pool": 5.0}
"""Seconds for the steps of a call, where it names none of its own."""


class CountedRequest(HTTPXRequest):
    """python-telegram-bot's request, with a figure for each call.

    Calls without files take a way of their own, as JSON: the library's costs several times as much. Files,
    and all calls where the environment names a proxy, take the library's.
    """

    def __init__(self, metrics: Metrics, connections: int) -> None:
        # loaded once for both ways: it takes as long as ten updates
        trusted = httpx.create_ssl_context()
        super().__init__(
            connection_pool_size=connections,
            pool_timeout=PATIENCE["pool"],
            httpx_kwargs={"verify": trusted},
        )
        self._metrics = metrics
        self._through_proxy = any(name in getproxies() for name in ("http", "https", "all"))
        self._connections = Connections(connections, trusted)
        self._headers = (
            (b"User-Agent", self.USER_AGENT.encode()),
            (b"Content-Type", b"application/json"),
        )

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._connections.close()
        await super().shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """One call; counted as `ok`, by its status, or by the error that broke it."""
        plain = request_data is None or not request_data.contains_files
        try:
            if plain and not self._through_proxy:
                named = {step: kwargs.get(f"{step}_timeout") for step in PATIENCE}
                status, payload = await self._directly(url, method, request_data, named)
            else:
                status, payload = await super().do_request(url, method, request_data, *args, **kwargs)
        except Exception as error:
            self._metrics.called(type(error).__name__)
            raise
        self._metrics.called("ok" if status == 200 else str(status))
        return status, payload

    async def _directly(
        self, url: str, method: str, data: RequestData | None, named: dict[str, object]
    ) -> tuple[int, bytes]:
        spans = {step: span for step, span in named.items() if isinstance(span, int | float)}
        body = data.json_payload if data else b"{}"
        try:
            return await self._connections.call(
                method, url, self._headers, body, Patience(**(PATIENCE | spans))
            )
        except TimeoutError as error:
            raise TimedOut from error
        except (OSError, h11.ProtocolError) as error:
            # by its type: its message may hold the address, and with it the token
            raise NetworkError(type(error).__name__) from error

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
