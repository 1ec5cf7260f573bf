"""Calls to Telegram, counted; and what is no proper reply told apart from what Telegram refuses."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies

import httpcore
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot.metrics import Metrics

PATIENCE = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}
"""Seconds for the steps of a call, where it names none of its own."""

_UNUSED_FOR = 5.0
"""Seconds after which a connection is closed that nobody uses."""


class CountedRequest(HTTPXRequest):
    """python-telegram-bot's request, with a figure for each call.

    Calls without files go straight to httpcore, on which httpx stands: cookies, redirects and merging of
    defaults, which no call to Telegram needs, took as long as half of the bot's own work on an update. Files,
    and all calls where the environment names a proxy, take the library's way.
    """

    def __init__(self, metrics: Metrics, connections: int) -> None:
        super().__init__(connection_pool_size=connections, pool_timeout=PATIENCE["pool"])
        self._metrics = metrics
        self._through_proxy = any(name in getproxies() for name in ("http", "https", "all"))
        self._pool = httpcore.AsyncConnectionPool(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_UNUSED_FOR,
        )

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._pool.aclose()
        await super().shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """One call; counted as `ok`, by its status, or by the error that broke it."""
        plain = request_data is None or not request_data.multipart_data
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
        there = httpcore.URL(url)
        host = there.host if there.port is None else b"%b:%d" % (there.host, there.port)
        body = urlencode(data.json_parameters).encode() if data else b""
        timeout = PATIENCE | {step: span for step, span in named.items() if isinstance(span, int | float)}
        try:
            response = await self._pool.request(
                method,
                there,
                headers=(
                    (b"Host", host),
                    (b"User-Agent", self.USER_AGENT.encode()),
                    (b"Content-Type", b"application/x-www-form-urlencoded"),
                    (b"Content-Length", b"%d" % len(body)),
                ),
                content=body,
                extensions={"timeout": timeout},
            )
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            # by its type: its message may hold the address, and with it the token
            raise NetworkError(f"httpcore.{type(error).__name__}") from error
        return response.status, response.content

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
