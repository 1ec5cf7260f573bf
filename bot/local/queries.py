"""Bot API methods that answer a pressed button and an inline query."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.constants import (
    CallbackQueryLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    InlineQueryResultsButtonLimit,
    InlineQueryResultType,
)

from bot.local.entities import utf16_length
from bot.local.keyboards import Keyboard, keyboard_of
from bot.local.messages import Method
from bot.local.schemas import insist
from bot.local.state import Event, LocalState
from bot.local.texts import Formatted, message_text
from bot.local.wire import JsonObject, Parameters, as_object, as_objects, as_text, mistake, refusal

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One article offered under an inline query, with the message that choosing it would send."""

    result_id: str
    title: str
    description: str
    message: Formatted
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot offered for one inline query."""

    results: tuple[InlineResult, ...]
    button_text: str = ""
    """Label of the button above the results."""
    start_parameter: str = ""
    """What that button sends after /start."""
    next_offset: str = ""
    cache_time: int | None = None
    is_personal: bool = False


@dataclass(slots=True, eq=False)
class QueryMethods:
    """Answers to queries; each query takes one answer."""

    state: LocalState
    inline_answers: dict[str, InlineAnswer] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    """Links that pressed buttons have opened, in order."""

    def table(self) -> Mapping[str, Method]:
        """Methods by their Bot API names."""
        return {
            "answerCallbackQuery": self._answer_callback,
            "answerInlineQuery": self._answer_inline,
        }

    def _answer_callback(self, parameters: Parameters) -> object:
        text = parameters.text("text")
        if utf16_length(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise mistake("MESSAGE_TOO_LONG")
        url = parameters.text("url")
        if url and not url.startswith(f"https://t.me/{self.state.bot['username']}?start="):
            # a game's address would do too, but this bot has none
            raise mistake("URL_INVALID")
        if url:
            _check_start(url.rpartition("=")[2])
        chat_id = self._close(parameters.text("callback_query_id"))
        if url:
            self.opened.append(url)
        if text and chat_id is not None:
            alert = parameters.flag("show_alert")
            self.state.events.append(Event("toast", chat_id, None, text, alert))
        return True

    def _answer_inline(self, parameters: Parameters) -> object:
        results = parameters.structs("results")
        if len(results) > InlineQueryLimit.RESULTS:
            raise mistake("RESULTS_TOO_MUCH")
        if utf16_length(parameters.text("next_offset")) > InlineQueryLimit.MAX_OFFSET_LENGTH:
            raise mistake("NEXT_OFFSET_INVALID")
        cache_time = parameters.number("cache_time")
        if cache_time is not None and cache_time < 0:
            raise mistake("CACHE_TIME_INVALID")
        button = insist(parameters.struct("button"), InlineQueryResultsButton)
        if button and not as_text(button.get("text"), "button").strip():
            raise mistake("can't parse inline query results button: button text must not be empty")
        answer = InlineAnswer(
            tuple(_result(result) for result in results),
            as_text(button.get("text"), "button"),
            _start_parameter(button),
            parameters.text("next_offset"),
            cache_time,
            parameters.flag("is_personal"),
        )
        if len({result.result_id for result in answer.results}) != len(answer.results):
            raise mistake("RESULT_ID_DUPLICATE")
        query_id = parameters.text("inline_query_id")
        self._close(query_id)
        self.inline_answers[query_id] = answer
        return True

    def _close(self, query_id: str) -> int | None:
        if query_id not in self.state.open_queries:
            raise refusal(_TOO_OLD)
        return self.state.open_queries.pop(query_id)


def _result(raw: JsonObject) -> InlineResult:
    if raw.get("type") != InlineQueryResultType.ARTICLE:
        raise mistake(f"inline results of type {raw.get('type')!r} are not offered here, only articles")
    insist(raw, InlineQueryResultArticle)
    result_id, title = as_text(raw.get("id"), "result"), as_text(raw.get("title"), "result")
    if (
        not InlineQueryResultLimit.MIN_ID_LENGTH
        <= len(result_id.encode())
        <= InlineQueryResultLimit.MAX_ID_LENGTH
    ):
        raise mistake("RESULT_ID_INVALID")
    if not title.strip():
        raise mistake("ARTICLE_TITLE_EMPTY")
    content = insist(
        as_object(raw.get("input_message_content"), "input_message_content"), InputTextMessageContent
    )
    text = message_text(
        as_text(content.get("message_text"), "message_text"),
        as_text(content.get("parse_mode"), "parse_mode"),
        as_objects(content.get("entities") or [], "entities"),
    )
    keyboard = keyboard_of(as_object(raw.get("reply_markup") or {}, "reply_markup"), inline_only=True)
    return InlineResult(result_id, title, as_text(raw.get("description"), "result"), text, keyboard)


def _start_parameter(button: JsonObject) -> str:
    if not button:
        return ""
    parameter = as_text(button.get("start_parameter"), "button")
    if "web_app" not in button:
        _check_start(parameter)
    return parameter


def _check_start(parameter: str) -> None:
    """Insist on what may follow /start."""
    limits = InlineQueryResultsButtonLimit
    length_fits = limits.MIN_START_PARAMETER_LENGTH <= len(parameter) <= limits.MAX_START_PARAMETER_LENGTH
    allowed = parameter.isascii() and parameter.replace("_", "").replace("-", "").isalnum()
    if not (length_fits and allowed):
        raise mistake("START_PARAM_INVALID")
