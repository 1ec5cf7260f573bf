"""Inline keyboards, checked as Telegram checks them when a message is sent or edited."""

from dataclasses import dataclass, field
from typing import TypeAlias

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.local.entities import utf16_length
from bot.local.markup import link_fault
from bot.local.wire import JsonObject, as_object, as_objects, as_text, mistake

_ACTIONS = {
    "callback_data", "url", "copy_text", "web_app", "login_url", "pay", "callback_game",
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
}  # fmt: skip
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its label and the one thing that it does."""

    label: str
    action: str
    """Name of the Bot API field: `callback_data`, `url`, `copy_text`, …"""
    value: str = ""
    """Callback data, address, text to copy or query, by `action`; empty for the rarer ones."""
    raw: JsonObject = field(default_factory=dict, repr=False)
    """The button as the bot sent it."""

    @property
    def data(self) -> str:
        """Callback data, empty for a button that does something else."""
        return self.value if self.action == "callback_data" else ""

    @property
    def url(self) -> str:
        """Address, empty for a button that does something else."""
        return self.value if self.action == "url" else ""


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


def keyboard_of(markup: JsonObject, *, inline_only: bool = False) -> Keyboard:
    """Read a reply markup; raises `ApiError` where Telegram would refuse it or quietly mend it.

    Keyboards under the input field are accepted for sending and have no buttons here.
    """
    if "inline_keyboard" not in markup:
        if markup and (inline_only or not any(name in markup for name in _OTHER_KEYBOARDS)):
            raise mistake("inline keyboard expected" if inline_only else "object expected as reply markup")
        return ()
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list):
        raise mistake('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = tuple(tuple(_button(button) for button in as_objects(row, "keyboard row")) for row in rows)
    if not all(keyboard):
        raise mistake("inline keyboard has an empty row")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in keyboard):
        raise mistake("reply markup is too long: too many buttons in a row")
    if sum(len(row) for row in keyboard) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise mistake("reply markup is too long")
    return keyboard


def markup_of(keyboard: Keyboard) -> JsonObject:
    """Write a keyboard as the bot sent it."""
    return {"inline_keyboard": [[button.raw for button in row] for row in keyboard]}


def _button(raw: JsonObject) -> Button:
    label = as_text(raw.get("text"), "inline keyboard button")
    if not label.strip():
        raise mistake("can't parse inline keyboard button: button text must not be empty")
    if unknown := raw.keys() - _ACTIONS - _LOOKS:
        raise mistake(f"can't parse inline keyboard button: unknown field {min(unknown)}")
    actions = sorted(raw.keys() & _ACTIONS)
    if not actions:
        raise mistake("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise mistake(f"inline keyboard button must have exactly one action, not {' and '.join(actions)}")
    action = actions[0]
    return Button(label, action, _value(action, raw[action]), raw)


def _value(action: str, value: object) -> str:
    match action:
        case "callback_data":
            data = as_text(value, "callback_data")
            if not _CALLBACK_BYTES[0] <= len(data.encode()) <= _CALLBACK_BYTES[1]:
                raise mistake("BUTTON_DATA_INVALID")
            return data
        case "url":
            url = as_text(value, "url")
            if fault := link_fault(url):
                raise mistake(f"inline keyboard button URL '{url}' is invalid: {fault}")
            return url
        case "copy_text":
            text = as_text(as_object(value, "copy_text").get("text"), "copy_text")
            if not _COPY_LENGTH[0] <= utf16_length(text) <= _COPY_LENGTH[1]:
                raise mistake("BUTTON_COPY_TEXT_INVALID")
            return text
        case "switch_inline_query" | "switch_inline_query_current_chat":
            return as_text(value, action)
        case _:
            return ""


_CALLBACK_BYTES = (InlineKeyboardButtonLimit.MIN_CALLBACK_DATA, InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
_COPY_LENGTH = (InlineKeyboardButtonLimit.MIN_COPY_TEXT, InlineKeyboardButtonLimit.MAX_COPY_TEXT)
