"""Bot API methods by which a bot describes itself: commands, descriptions, name, menu button."""

import json
import re
from collections.abc import Mapping

from telegram import BotCommand
from telegram.constants import (
    BotCommandLimit,
    BotCommandScopeType,
    BotDescriptionLimit,
    BotNameLimit,
    MenuButtonType,
)

from bot.local.entities import utf16_length
from bot.local.messages import Method
from bot.local.state import LocalState
from bot.local.wire import JsonObject, Parameters, as_text, mistake, refusal

_COMMAND = re.compile(rf"[a-z0-9_]{{{BotCommandLimit.MIN_COMMAND},{BotCommandLimit.MAX_COMMAND}}}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_TEXTS = {
    "Description": ("description", BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
    "ShortDescription": ("short_description", BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
    "Name": ("name", BotNameLimit.MAX_NAME_LENGTH),
}


class ProfileMethods:
    """What the bot says of itself, per language, and commands per scope too."""

    def __init__(self, state: LocalState) -> None:
        self._state = state
        self.commands: dict[tuple[str, str], tuple[BotCommand, ...]] = {}
        """By scope (its type, or its JSON where it names a chat) and language ("" for all)."""
        self.texts: dict[tuple[str, str], str] = {}
        """By field (`description`, `short_description`, `name`) and language."""
        self.menu_buttons: dict[int | None, JsonObject] = {}
        """By chat; `None` for all."""

    def table(self) -> Mapping[str, Method]:
        """Methods by their Bot API names."""
        table: dict[str, Method] = {
            "getMe": lambda _: self._state.bot,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setChatMenuButton": self._set_menu_button,
            "getChatMenuButton": self._get_menu_button,
        }
        for suffix, (field, limit) in _TEXTS.items():
            table[f"setMy{suffix}"] = self._setter(field, limit)
            table[f"getMy{suffix}"] = self._getter(field)
        return table

    def menu(self, language_code: str = "") -> tuple[BotCommand, ...]:
        """Commands that a person with this language sees in a private chat with the bot."""
        for scope in (BotCommandScopeType.ALL_PRIVATE_CHATS, BotCommandScopeType.DEFAULT):
            for language in (language_code[:2], ""):
                if found := self.commands.get((scope, language)):
                    return found
        return ()

    def _set_commands(self, parameters: Parameters) -> object:
        commands = tuple(_command(item) for item in parameters.structs("commands"))
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise mistake("BOT_COMMANDS_TOO_MUCH")
        if len({command.command for command in commands}) != len(commands):
            raise mistake("BOT_COMMAND_DUPLICATE")
        self._check_chat(parameters.struct("scope"))
        self.commands[_scope(parameters), _language(parameters)] = commands
        return True

    def _check_chat(self, scope: JsonObject) -> None:
        if "chat_id" in scope and str(scope["chat_id"]) not in map(str, self._state.chats):
            raise refusal("chat not found")

    def _get_commands(self, parameters: Parameters) -> object:
        commands = self.commands.get((_scope(parameters), _language(parameters)), ())
        return [command.to_dict() for command in commands]

    def _delete_commands(self, parameters: Parameters) -> object:
        self.commands.pop((_scope(parameters), _language(parameters)), None)
        return True

    def _setter(self, field: str, limit: int) -> Method:
        def setter(parameters: Parameters) -> object:
            text = parameters.text(field)
            if utf16_length(text) > limit:
                raise mistake(f"{field} is too long")
            self.texts[field, _language(parameters)] = text
            return True

        return setter

    def _getter(self, field: str) -> Method:
        def getter(parameters: Parameters) -> object:
            language = _language(parameters)
            return {field: self.texts.get((field, language)) or self.texts.get((field, ""), "")}

        return getter

    def _set_menu_button(self, parameters: Parameters) -> object:
        button = parameters.struct("menu_button") or {"type": MenuButtonType.DEFAULT.value}
        if button.get("type") not in set(MenuButtonType):
            raise mistake("can't parse menu button")
        self.menu_buttons[self._menu_chat(parameters)] = button
        return True

    def _get_menu_button(self, parameters: Parameters) -> object:
        default = self.menu_buttons.get(None, {"type": MenuButtonType.DEFAULT.value})
        return self.menu_buttons.get(self._menu_chat(parameters), default)

    def _menu_chat(self, parameters: Parameters) -> int | None:
        return self._state.chat_of(parameters).chat_id if parameters.has("chat_id") else None


def _command(item: JsonObject) -> BotCommand:
    name = as_text(item.get("command"), "command").removeprefix("/")
    description = as_text(item.get("description"), "description")
    if not _COMMAND.fullmatch(name):
        raise mistake("BOT_COMMAND_INVALID")
    shortest, longest = BotCommandLimit.MIN_DESCRIPTION, BotCommandLimit.MAX_DESCRIPTION
    if not shortest <= utf16_length(description) <= longest:
        raise mistake("BOT_COMMAND_DESCRIPTION_INVALID")
    return BotCommand(name, description)


def _scope(parameters: Parameters) -> str:
    scope = parameters.struct("scope") or {"type": BotCommandScopeType.DEFAULT.value}
    kind = as_text(scope.get("type"), "scope")
    if kind not in set(BotCommandScopeType):
        raise mistake("can't parse BotCommandScope: unsupported type specified")
    return kind if len(scope) == 1 else json.dumps(scope, sort_keys=True)


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise mistake("invalid language code specified")
    return language
