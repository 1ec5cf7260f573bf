"""The page's routes, and who may use them: a browser on this machine that has opened the page itself."""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable
from datetime import date
from importlib.resources import files
from typing import Annotated, TypeVar
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, Field, ValidationError
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.known import LiveKnowledge
from bot.web.session import Session
from handlers.context import Clock
from knowledge.model import LANGUAGES, Language

HOSTS = ("127.0.0.1", "localhost")
"""Names of this machine; another name in Host would be a page elsewhere that points its name here."""

MOST_SESSIONS = 30
"""Sessions kept; the one that was used least lately goes first."""

LARGEST = 64_000
"""Bytes of a request's body: more than any message of 4096 characters."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

FILES = {"page.js": "text/javascript", "page.css": "text/css", "icon.svg": "image/svg+xml"}


class Nothing(BaseModel):
    """Only that it be done."""


class Text(BaseModel):
    """A message."""

    text: str


class Edit(BaseModel):
    """A message changed."""

    id: int
    text: str


class Press(BaseModel):
    """A button pressed, counted from 1."""

    id: int
    number: Annotated[int, Field(ge=1)]


class Spoken(BaseModel):
    """A language chosen."""

    language: Language


class Day(BaseModel):
    """A day pretended; None for today."""

    day: date | None


B = TypeVar("B", bound=BaseModel)


class Page:
    """The page and its sessions."""

    def __init__(self, live: LiveKnowledge, clock: Clock, language: Language, port: int) -> None:
        self._live = live
        self._clock = clock
        self._language: Language = language
        # cookies know no ports: two previews side by side would throw out each other's
        self._cookie = f"ka2bot_{port}"
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._closed = False
        environment = Environment(
            loader=PackageLoader("bot.web", "page"), autoescape=True, undefined=StrictUndefined
        )
        self._template = environment.get_template("page.html")

    def app(self) -> ASGIApp:
        """The routes, behind the check of the host."""
        return Starlette(
            routes=[
                Route("/", self._open),
                Route("/static/{name}", self._static),
                Route("/events", self._events),
                Route("/files/{file_id}", self._file),
                Route("/say", self._say, methods=["POST"]),
                Route("/edit", self._edit, methods=["POST"]),
                Route("/press", self._press, methods=["POST"]),
                Route("/again", self._again, methods=["POST"]),
                Route("/language", self._speak, methods=["POST"]),
                Route("/day", self._pretend, methods=["POST"]),
                Route("/anew", self._anew, methods=["POST"]),
            ],
            middleware=[
                Middleware(_Headers),
                Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
            ],
        )

    async def tell(self) -> None:
        """Brings the news of the knowledge to every session."""
        for session in tuple(self._sessions.values()):
            if session.source is not self._live.known:
                await session.learn(self._live.known)
            session.announce(self._live.news)

    async def close(self) -> None:
        """Ends every session, so that no browser keeps the server waiting."""
        self._closed = True
        while self._sessions:
            await self._sessions.popitem()[1].close()

    async def _open(self, request: Request) -> Response:
        _own(request)
        known = self._known_session(request)
        name, session = known or await self._new_session(self._language)
        html = self._template.render(
            words=session.words.on_page(),
            language=session.language,
            languages=LANGUAGES,
            token=session.token,
            username=session.username,
        )
        response = HTMLResponse(html)
        response.set_cookie(self._cookie, name, httponly=True, samesite="strict")
        return response

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            raise HTTPException(404)
        content = (files("bot.web") / "page" / name).read_bytes()
        return Response(content, media_type=FILES[name])

    async def _events(self, request: Request) -> Response:
        session = self._session(request)

        async def stream() -> AsyncIterator[str]:
            async for happened in session.watch(self._live.news):
                yield f"data: {json.dumps(happened, ensure_ascii=False)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def _file(self, request: Request) -> Response:
        document = self._session(request).file(request.path_params["file_id"])
        if document is None:
            raise HTTPException(404)
        named = f"attachment; filename*=utf-8''{quote(document.filename)}"
        return Response(
            document.content, media_type=document.mime_type, headers={"Content-Disposition": named}
        )

    async def _say(self, request: Request) -> Response:
        session, body = await self._asked(request, Text)
        return await _done(session.say(body.text))

    async def _edit(self, request: Request) -> Response:
        session, body = await self._asked(request, Edit)
        return await _done(session.edit(body.id, body.text))

    async def _press(self, request: Request) -> Response:
        session, body = await self._asked(request, Press)
        return await _done(session.press(body.id, body.number))

    async def _again(self, request: Request) -> Response:
        session, _ = await self._asked(request, Nothing)
        return await _done(session.ask_again())

    async def _speak(self, request: Request) -> Response:
        session, body = await self._asked(request, Spoken)
        return await _done(session.speak(body.language))

    async def _pretend(self, request: Request) -> Response:
        session, body = await self._asked(request, Day)
        session.pretend(body.day)
        return Response(status_code=204)

    async def _anew(self, request: Request) -> Response:
        """Another session in the place of this one; the page then loads itself again."""
        session, _ = await self._asked(request, Nothing)
        self._sessions.pop(request.cookies[self._cookie])
        name, fresh = await self._new_session(session.language)
        fresh.pretend(session.clock.day)
        await session.close()
        response = Response(status_code=204)
        response.set_cookie(self._cookie, name, httponly=True, samesite="strict")
        return response

    async def _new_session(self, language: Language) -> tuple[str, Session]:
        if self._closed:
            raise HTTPException(503)
        session = await Session.begin(self._live.known, self._clock, language)
        name = secrets.token_urlsafe(32)
        self._sessions[name] = session
        while len(self._sessions) > MOST_SESSIONS:
            await self._sessions.popitem(last=False)[1].close()
        return name, session

    def _known_session(self, request: Request) -> tuple[str, Session] | None:
        name = request.cookies.get(self._cookie, "")
        if name not in self._sessions:
            return None
        self._sessions.move_to_end(name)
        return name, self._sessions[name]

    def _session(self, request: Request) -> Session:
        _own(request)
        found = self._known_session(request)
        if found is None:
            raise HTTPException(403, "no session: open the page first")
        return found[1]

    async def _asked(self, request: Request, shape: type[B]) -> tuple[Session, B]:
        """The session and what is asked of it, from a page of ours only."""
        session = self._session(request)
        if not secrets.compare_digest(request.headers.get("x-token", "").encode(), session.token.encode()):
            raise HTTPException(403, "not from the page")
        if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
            raise HTTPException(413)
        try:
            return session, shape.model_validate_json(await request.body())
        except ValidationError as error:
            raise HTTPException(400, "not what the page sends") from error


class _Headers:
    """Puts the headers that hold the browser back on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


def _own(request: Request) -> None:
    """Refuses what another page had the browser send; its own page says so by these headers."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    own_origin = origin is None or urlsplit(origin).netloc == request.headers["host"]
    # a link from elsewhere may lead to the page itself: it changes nothing
    opened = request.url.path == "/" and request.headers.get("sec-fetch-mode") == "navigate"
    if not own_origin or (site not in ("same-origin", "none") and not opened):
        raise HTTPException(403, "only the page itself may ask")


async def _done(work: Awaitable[None]) -> Response:
    try:
        await work
    except (ValueError, LookupError) as error:
        raise HTTPException(400, str(error)) from error
    return Response(status_code=204)
