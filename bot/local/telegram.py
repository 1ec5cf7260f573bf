"""A Telegram on this machine: the Bot API answered in process, without token and network.

It carries the terminal chat, the web preview and the tests, and is as strict as the real one, so that
what passes here is not refused there. Where Telegram would quietly mend or drop something, it refuses (see
`markup` and `keyboards`). Not modelled: flood limits, message age, privacy mode of groups, messages sent
through inline mode, Markdown, downloads of files by the bot.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.local.deliveries import DeliveryMethods
from bot.local.messages import MessageMethods, Method
from bot.local.profile import ProfileMethods
from bot.local.queries import InlineAnswer, QueryMethods
from bot.local.state import Clock, Event, LocalChat, LocalDocument, LocalState, utc_now
from bot.local.wire import ApiError, Call, JsonObject, Parameters

_ANSWER_CALLBACK = "answerCallbackQuery"


@dataclass(slots=True, eq=False)
class _Fault:
    """A trouble that waits for calls of one method."""

    error: ApiError | TelegramError
    times: int
    after_effect: bool


class LocalTelegram(BaseRequest):
    """The Bot API as a request object; hand it to the builder twice.

    `Application.builder().token("1:x").request(telegram).get_updates_request(telegram)`.

    A call the bot got wrong by its own fault is refused as at Telegram and kept in `violations` too, since an
    error handler may swallow the exception: end a test with `assert_clean()`.
    """

    def __init__(self, *, clock: Clock = utc_now, username: str = "ka2_local_bot", bot_id: int = 1) -> None:
        bot: JsonObject = {
            "id": bot_id,
            "is_bot": True,
            "first_name": username,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.state = LocalState(clock, bot)
        self.username = username
        self.profile = ProfileMethods(self.state)
        self.deliveries = DeliveryMethods()
        self.calls: list[Call] = []
        """Every call in order, refused ones included."""
        self.violations: list[str] = []
        """What no correct bot does: unknown methods, broken markup, limits exceeded."""
        self._queries = QueryMethods(self.state)
        self._faults: dict[str, list[_Fault]] = {}
        self._pressed: set[str] = set()
        self._methods: dict[str, Method] = {
            **MessageMethods(self.state).table(),
            **self._queries.table(),
            **self.profile.table(),
            **self.deliveries.table(),
        }

    @property
    def chats(self) -> Mapping[int, LocalChat]:
        """Chats by id."""
        return self.state.chats

    @property
    def documents(self) -> Mapping[str, LocalDocument]:
        """Files with their content by id, as their messages name them."""
        return self.state.documents

    @property
    def events(self) -> list[Event]:
        """Everything that appeared in any chat, in order."""
        return self.state.events

    @property
    def inline_answers(self) -> Mapping[str, InlineAnswer]:
        """Answers to inline queries by the query's id."""
        return self._queries.inline_answers

    def calls_of(self, method: str) -> list[Mapping[str, object]]:
        """Parameters of every call of one method, in order."""
        return [call.parameters for call in self.calls if call.method == method]

    def deliver(self, update: JsonObject) -> None:
        """Queue an update for a bot that polls."""
        self.deliveries.deliver(update)

    def open_press(self, chat_id: int) -> str:
        """Begin the query of a pressed button, to be answered once; gives its id."""
        query_id = self.state.new_id("query")
        self.state.open_queries[query_id] = chat_id
        self._pressed.add(query_id)
        return query_id

    def open_inline_query(self) -> str:
        """Begin an inline query, to be answered once; gives its id."""
        query_id = self.state.new_id("inline")
        self.state.open_queries[query_id] = None
        return query_id

    def expire_queries(self) -> None:
        """Let every query that is open become too old to answer."""
        self.state.open_queries.clear()

    def fail_next(
        self,
        method: str,
        status: int = 400,
        description: str = "",
        *,
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next calls of `method`; with `retry_after` as flood control does, status 429."""
        if retry_after is not None:
            status, description = 429, description or f"Too Many Requests: retry after {retry_after}"
        error = ApiError(status, description or f"Error {status}", retry_after=retry_after)
        self._faults.setdefault(method, []).append(_Fault(error, times, after_effect=False))

    def break_next(
        self, method: str, error: TelegramError, *, times: int = 1, after_effect: bool = False
    ) -> None:
        """Let the network fail under the next calls of `method`, with `NetworkError`, `TimedOut` or another.

        With `after_effect` Telegram did what was asked, and only its answer is lost.
        """
        self._faults.setdefault(method, []).append(_Fault(error, times, after_effect))

    def unanswered(self) -> list[str]:
        """Ids of button presses that the bot never tried to answer, so that their buttons keep spinning."""
        tried = {parameters.get("callback_query_id") for parameters in self.calls_of(_ANSWER_CALLBACK)}
        return sorted(self._pressed - tried)

    def assert_clean(self) -> None:
        """Fail with every violation, and with every button press left without an answer."""
        problems = self.violations + [
            f"{query_id}: button press not answered" for query_id in self.unanswered()
        ]
        if problems:
            raise AssertionError("\n".join(problems))

    @property
    def read_timeout(self) -> float | None:
        """No answer takes time here."""
        return None

    async def initialize(self) -> None:
        """Nothing to open; called once for each use as a request object."""

    async def shutdown(self) -> None:
        """Nothing to close; what was said stays readable."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Answer one call as the server does; the last part of the URL names it, time-outs mean nothing."""
        name = url.rpartition("/")[2]
        self.calls.append(Call(name, dict(request_data.parameters) if request_data else {}))
        try:
            result = await self._answer(name, request_data)
        except ApiError as error:
            if error.own_fault:
                self.violations.append(f"{name}: {error.description}")
            return error.status, error.payload()
        except TelegramError:
            raise
        except Exception as error:
            # python-telegram-bot would call a fault of this module a network error
            self.violations.append(f"{name}: {error!r} inside LocalTelegram")
            raise
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _answer(self, name: str, request_data: RequestData | None) -> object:
        fault = self._next_fault(name)
        if fault is not None and not fault.after_effect:
            raise fault.error
        parameters = Parameters.of(request_data)
        if name == "getUpdates":
            result: object = await self.deliveries.get_updates(parameters)
        elif name in self._methods:
            result = self._methods[name](parameters)
        else:
            raise ApiError(404, "Not Found: method not found", own_fault=True)
        if fault is not None:
            raise fault.error
        return result

    def _next_fault(self, name: str) -> _Fault | None:
        waiting = self._faults.get(name)
        if not waiting:
            return None
        fault = waiting[0]
        fault.times -= 1
        if fault.times <= 0:
            waiting.pop(0)
        return fault
