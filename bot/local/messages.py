"""Bot API methods that send, change and remove messages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from telegram.constants import ChatAction, FileSizeLimit, ReactionEmoji

from bot.local.keyboards import keyboard_of
from bot.local.state import Event, LocalChat, LocalDocument, LocalMessage, LocalState
from bot.local.texts import Formatted, caption_text, message_text
from bot.local.wire import ApiError, JsonObject, Parameters, as_text, mistake, refusal

Method: TypeAlias = Callable[[Parameters], object]

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class MessageMethods:
    """Methods on chats and their messages; each raises `ApiError` where Telegram refuses."""

    def __init__(self, state: LocalState) -> None:
        self._state = state

    def table(self) -> Mapping[str, Method]:
        """Methods by their Bot API names."""
        return {
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete,
            "sendChatAction": self._chat_action,
            "setMessageReaction": self._react,
            "leaveChat": self._leave,
        }

    def _send_message(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        formatted = message_text(
            parameters.text("text"), parameters.text("parse_mode"), parameters.structs("entities")
        )
        return self._send(chat, parameters, formatted, None)

    def _send_document(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        formatted = caption_text(
            parameters.text("caption"), parameters.text("parse_mode"), parameters.structs("caption_entities")
        )
        return self._send(chat, parameters, formatted, self._document(parameters))

    def _document(self, parameters: Parameters) -> LocalDocument:
        """Take the upload, or a file known by its id; fetching by URL is not offered here."""
        upload = parameters.file("document")
        if upload is None:
            known = self._state.documents.get(parameters.text("document"))
            if known is None:
                raise mistake("wrong remote file identifier specified")
            return known
        if not upload.content:
            raise mistake("file must be non-empty")
        if len(upload.content) > FileSizeLimit.FILESIZE_UPLOAD:
            raise ApiError(413, "Request Entity Too Large", own_fault=True)
        document = LocalDocument(
            self._state.new_id("file"), upload.filename, upload.mime_type, upload.content
        )
        self._state.documents[document.file_id] = document
        return document

    def _send(
        self, chat: LocalChat, parameters: Parameters, formatted: Formatted, document: LocalDocument | None
    ) -> JsonObject:
        markup = parameters.struct("reply_markup")
        keyboard = keyboard_of(markup)
        message = LocalMessage(
            message_id=self._state.new_message_id(),
            chat=chat,
            sender=self._state.bot,
            by_bot=True,
            date=self._state.clock(),
            text=formatted.text,
            entities=formatted.entities,
            html=formatted.html,
            keyboard=keyboard,
            other_markup=markup if "inline_keyboard" not in markup else {},
            document=document,
            reply_to=_replied(chat, parameters),
            thread_id=_thread(chat, parameters),
        )
        return self._state.put(message, "new").to_dict()

    def _edit_text(self, parameters: Parameters) -> object:
        message = self._editable(parameters)
        formatted = message_text(
            parameters.text("text"), parameters.text("parse_mode"), parameters.structs("entities")
        )
        if message.document is not None:
            raise refusal("there is no text in the message to edit")
        # as at Telegram, an edit that brings no keyboard takes the old one away
        return self._change(
            message,
            replace(
                message,
                text=formatted.text,
                entities=formatted.entities,
                html=formatted.html,
                keyboard=keyboard_of(parameters.struct("reply_markup"), inline_only=True),
            ),
        )

    def _edit_keyboard(self, parameters: Parameters) -> object:
        message = self._editable(parameters)
        keyboard = keyboard_of(parameters.struct("reply_markup"), inline_only=True)
        return self._change(message, replace(message, keyboard=keyboard))

    def _editable(self, parameters: Parameters) -> LocalMessage:
        if parameters.has("inline_message_id"):
            raise mistake("messages sent through inline mode are not kept here")
        chat = self._state.chat_of(parameters)
        message = _find(chat, parameters, "message to edit not found")
        if not message.by_bot:
            raise refusal("message can't be edited")
        return message

    def _change(self, old: LocalMessage, new: LocalMessage) -> JsonObject:
        # the markup may be written differently and mean the same
        if replace(new, html=old.html) == old:
            raise refusal(_NOT_MODIFIED)
        return self._state.put(replace(new, edit_date=self._state.clock()), "edited").to_dict()

    def _delete(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        message = _find(chat, parameters, "message to delete not found")
        del chat.messages[message.message_id]
        self._state.events.append(Event("deleted", chat.chat_id, message))
        return True

    def _chat_action(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        if (action := parameters.text("action")) not in set(ChatAction):
            raise mistake("wrong parameter action in request")
        chat.actions.append(action)
        return True

    def _react(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        message = _find(chat, parameters, "message to react not found")
        emojis = tuple(as_text(item.get("emoji"), "reaction") for item in parameters.structs("reaction"))
        # a bot may set one reaction only
        if len(emojis) > 1 or not set(emojis) <= set(ReactionEmoji):
            raise mistake("REACTION_INVALID")
        chat.messages[message.message_id] = replace(message, reactions=emojis)
        return True

    def _leave(self, parameters: Parameters) -> object:
        chat = self._state.chat_of(parameters)
        chat.left = True
        return True


def _find(chat: LocalChat, parameters: Parameters, problem: str) -> LocalMessage:
    message = chat.messages.get(parameters.number("message_id") or 0)
    if message is None:
        raise refusal(problem)
    return message


def _replied(chat: LocalChat, parameters: Parameters) -> int | None:
    reply = parameters.struct("reply_parameters")
    message_id = reply.get("message_id")
    if not isinstance(message_id, int):
        return None
    if message_id in chat.messages:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise refusal("message to be replied not found")


def _thread(chat: LocalChat, parameters: Parameters) -> int | None:
    thread_id = parameters.number("message_thread_id")
    if thread_id is not None and thread_id not in chat.threads:
        raise refusal("message thread not found")
    return thread_id
