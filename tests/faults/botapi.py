"""A Bot API on 127.0.0.1 that keeps what it is asked and, if told to, misbehaves as the real one does."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from itertools import count
from types import TracebackType
from urllib.parse import parse_qs

TOKEN = "123456:AAEhBOweik6ad9r"
ME = {"id": 123456, "is_bot": True, "first_name": "KA2", "username": "ka2_bot"}
TROUBLES = ("429", "502", "403", "cut", "late", "malformed")


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    parameters: dict[str, str]
    trouble: str = ""
    """How the call was answered, if not properly."""

    @property
    def reached(self) -> bool:
        """Whether the person sees it: done, whatever became of the answer."""
        return self.trouble in ("", "late", "malformed", "cut")


@dataclass(slots=True)
class BotApi:
    """Each call fails with the chance given, but for those in `spared`."""

    chance: float = 0.0
    seed: int = 1
    slow: float = 0.3
    fail_documents: int = 0
    """How many of the next files are answered with 502."""
    pause: float = 0.0
    """Seconds that every send takes."""
    spared: frozenset[str] = frozenset(("getMe", "getWebhookInfo", "getUpdates", "deleteWebhook"))
    calls: list[Call] = field(default_factory=list)
    of_chat: dict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    """Messages sent and edited, refused ones included, by chat."""
    updates: list[dict[str, object]] = field(default_factory=list)
    """What getUpdates hands out."""
    troubles: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    busiest: int = 0
    _random: random.Random = field(default_factory=random.Random)
    _ids: count[int] = field(default_factory=lambda: count(1))
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> BotApi:
        self._random.seed(self.seed)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        for writer in list(self._open):
            writer.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        found = re.search(r"(?i)content-length: *(\d+)", head)
        body = await reader.readexactly(int(found[1]) if found else 0)
        bot, _, method = head.split()[1].removeprefix("/").partition("/")
        assert bot == f"bot{TOKEN}", bot
        parameters = _parameters(head, body)
        spared = method in self.spared or self._random.random() >= self.chance
        trouble = "" if spared else self._random.choice(TROUBLES)
        if method == "sendDocument" and self.fail_documents:
            self.fail_documents, trouble = self.fail_documents - 1, "502"
        call = Call(method, parameters, trouble)
        self.calls.append(call)
        if method in ("sendMessage", "sendDocument", "editMessageText"):
            self.of_chat[int(parameters["chat_id"])].append(call)
        self.troubles[trouble] += bool(trouble)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            if self.pause and method == "sendMessage":
                await asyncio.sleep(self.pause)
            if method == "getUpdates":
                await asyncio.sleep(0.02)
            if trouble == "late":
                await asyncio.sleep(self.slow)
        finally:
            self.busy -= 1
        if trouble == "cut":
            return False
        status, payload = self._reply(method, parameters, trouble)
        lines = (f"HTTP/1.1 {status} X", f"Content-Length: {len(payload)}", "Content-Type: application/json")
        writer.write("\r\n".join((*lines, "", "")).encode() + payload)
        await writer.drain()
        return True

    def _reply(self, method: str, parameters: dict[str, str], trouble: str) -> tuple[int, bytes]:
        match trouble:
            case "429":
                return 429, _refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1})
            case "502":
                return 502, b"<html>Bad Gateway</html>"
            case "403":
                return 403, _refusal(403, "Forbidden: bot was blocked by the user")
            case "malformed":
                return 200, b'{"ok":true,"resu'
        return 200, json.dumps({"ok": True, "result": self._result(method, parameters)}).encode()

    def _result(self, method: str, parameters: dict[str, str]) -> object:
        match method:
            case "getMe":
                return ME
            case "getWebhookInfo":
                return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            case "getUpdates":
                offset = int(parameters.get("offset", 0))
                return [each for each in self.updates if int(str(each["update_id"])) >= offset][:100]
            case "sendMessage" | "editMessageText":
                number = int(parameters.get("message_id", 0)) or next(self._ids)
                chat = {"id": int(parameters["chat_id"]), "type": "private", "first_name": "X"}
                return {"message_id": number, "date": 0, "chat": chat, "text": parameters["text"]}
            case "sendDocument":
                chat = {"id": int(parameters["chat_id"]), "type": "private", "first_name": "X"}
                return {"message_id": next(self._ids), "date": 0, "chat": chat}
            case _:
                return True


def _parameters(head: str, body: bytes) -> dict[str, str]:
    """Fields of JSON or of a form; of a file its name."""
    if "application/json" in head:
        return json.loads(body) if body else {}
    found = re.search(r"(?i)content-type: *(multipart/form-data[^\r]*)", head)
    if not found:
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    form = message_from_bytes(f"Content-Type: {found[1]}\r\n\r\n".encode() + body)
    fields = {}
    for part in form.walk():
        if name := part.get_param("name", header="content-disposition"):
            content = part.get_payload(decode=True)
            fields[str(name)] = part.get_filename() or (
                content.decode() if isinstance(content, bytes) else ""
            )
    return fields


def _refusal(status: int, description: str, parameters: dict[str, int] | None = None) -> bytes:
    refusal: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return json.dumps(refusal | ({"parameters": parameters} if parameters else {})).encode()
