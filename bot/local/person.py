"""The person's side: what they type, press and send, as the updates Telegram would make of it."""

from dataclasses import replace

from telegram.constants import ChatMemberStatus, ChatType, InlineQueryLimit, MessageLimit, MessageOriginType

from bot.local.commands import command_entities
from bot.local.entities import utf16_length
from bot.local.keyboards import Button
from bot.local.queries import InlineResult
from bot.local.state import LocalChat, LocalDocument, LocalMessage
from bot.local.telegram import LocalTelegram
from bot.local.wire import JsonObject


class NoSuchButton(LookupError):
    """The person cannot press what is not there."""


class Person:
    """Somebody who talks to the bot, in private unless `in_group` says where.

    Each method does one thing on the local Telegram and gives the raw update for
    `application.process_update(Update.de_json(update, application.bot))`; `Conversation` does this.
    """

    def __init__(
        self,
        telegram: LocalTelegram,
        user_id: int = 1001,
        language_code: str | None = "lv",
        *,
        first_name: str = "Anna",
        username: str = "",
        is_bot: bool = False,
        chat: LocalChat | None = None,
        thread_id: int | None = None,
    ) -> None:
        self.telegram = telegram
        self.state = telegram.state
        self.user: JsonObject = {"id": user_id, "is_bot": is_bot, "first_name": first_name}
        if language_code:
            self.user["language_code"] = language_code
        if username:
            self.user["username"] = username
        self.chat = self.state.opened(chat or LocalChat(user_id, title=first_name, username=username))
        self.thread_id = thread_id
        if thread_id is not None:
            self.chat.threads.add(thread_id)

    def in_group(self, chat_id: int, title: str = "Group", *, thread_id: int | None = None) -> "Person":
        """The same person in a group, in one of its topics where a thread is given."""
        group = LocalChat(chat_id, ChatType.SUPERGROUP, title, is_forum=thread_id is not None)
        there = Person(self.telegram, chat=self.state.opened(group), thread_id=thread_id)
        there.user = self.user
        return there

    def writes(self, text: str, *, reply_to: int | None = None) -> JsonObject:
        """Send a text, with its commands marked as clients mark them."""
        return self._send(replace(self._worded(_sendable(text)), reply_to=reply_to))

    def edits(self, text: str, message_id: int | None = None) -> JsonObject:
        """Change a text sent before, by default the person's last."""
        own = (m for m in reversed(self.chat.messages.values()) if m.sender == self.user and m.text)
        old = next(own, None) if message_id is None else self.chat.messages.get(message_id)
        if old is None:
            raise LookupError("the person has no such message to edit")
        text = _sendable(text)
        new = replace(old, text=text, entities=command_entities(text), edit_date=self.state.clock())
        return self.state.new_update("edited_message", self.state.put(new, "edited").to_dict())

    def presses(self, button: int | str, message_id: int | None = None) -> JsonObject:
        """Press a button by its number, counted from 1 row by row, or by its label or a part only it has.

        By default on the latest message that has buttons. Raises `NoSuchButton`.
        """
        message = self._keyboard_message(message_id)
        pressed = _find_button(message, button)
        if not pressed.data:
            raise NoSuchButton(f"{pressed.label!r} sends nothing to the bot, it is for {pressed.action}")
        return self._press(pressed.data, message.to_dict())

    def presses_data(
        self, data: str, message_id: int | None = None, *, inaccessible: bool = False
    ) -> JsonObject:
        """Press with any callback data, as a forged or outdated client would.

        With `inaccessible` the message is so old that Telegram tells no more than its id.
        """
        message = self._keyboard_message(message_id).to_dict()
        if inaccessible:
            message = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
        return self._press(data, message)

    def sends_sticker(self, emoji: str = "👍") -> JsonObject:
        """Send a sticker."""
        size: JsonObject = {"width": 512, "height": 512, "type": "regular", "emoji": emoji}
        return self.sends({"sticker": self._file() | size | {"is_animated": False, "is_video": False}})

    def sends_voice(self, seconds: int = 3) -> JsonObject:
        """Send a voice message."""
        return self.sends({"voice": self._file() | {"duration": seconds, "mime_type": "audio/ogg"}})

    def sends_photo(self, caption: str = "") -> JsonObject:
        """Send a photo."""
        return self.sends({"photo": [self._file() | {"width": 800, "height": 600}]}, caption)

    def sends_location(self, latitude: float = 56.95, longitude: float = 24.11) -> JsonObject:
        """Send a place, by default Riga."""
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_contact(self, phone_number: str = "+37120000000", first_name: str = "Anna") -> JsonObject:
        """Send an entry of the address book."""
        return self.sends({"contact": {"phone_number": phone_number, "first_name": first_name}})

    def sends_document(
        self, filename: str, content: bytes, mime_type: str = "application/pdf", caption: str = ""
    ) -> JsonObject:
        """Send a file."""
        document = LocalDocument(self.state.new_id("file"), filename, mime_type, content)
        self.state.documents[document.file_id] = document
        return self._send(replace(self._worded(caption), document=document))

    def forwards(self, text: str, written_by: str = "Somebody") -> JsonObject:
        """Forward a text of somebody who hides their account."""
        origin: JsonObject = {
            "type": MessageOriginType.HIDDEN_USER.value,
            "date": int(self.state.clock().timestamp()),
            "sender_user_name": written_by,
        }
        return self._send(replace(self._worded(_sendable(text)), content={"forward_origin": origin}))

    def sends(self, content: JsonObject, caption: str = "") -> JsonObject:
        """Send anything else, by fields of a Bot API Message."""
        return self._send(replace(self._worded(caption), content=content))

    def asks_inline(self, query: str, offset: str = "") -> JsonObject:
        """Type `@bot query` into another chat."""
        if utf16_length(query) > InlineQueryLimit.MAX_QUERY_LENGTH:
            raise ValueError("Telegram passes on no inline query of this length")
        content: JsonObject = {"id": self.telegram.open_inline_query(), "from": self.user}
        return self.state.new_update("inline_query", content | {"query": query, "offset": offset})

    def takes(self, result: InlineResult) -> JsonObject:
        """Post an inline result here, in the person's own name and marked as the bot's."""
        posted = replace(
            self._worded(result.message.text),
            entities=result.message.entities,
            keyboard=result.keyboard,
            content={"via_bot": self.state.bot},
        )
        return self._send(posted)

    def blocks_bot(self) -> JsonObject:
        """Block the bot: what it sends fails from now on."""
        self.chat.blocked = True
        return self._membership(ChatMemberStatus.MEMBER, ChatMemberStatus.BANNED)

    def unblocks_bot(self) -> JsonObject:
        """Let the bot write again."""
        self.chat.blocked = False
        return self._membership(ChatMemberStatus.BANNED, ChatMemberStatus.MEMBER)

    def adds_bot(self) -> JsonObject:
        """Bring the bot into the group."""
        self.chat.left = False
        return self._membership(ChatMemberStatus.LEFT, ChatMemberStatus.MEMBER)

    def removes_bot(self) -> JsonObject:
        """Throw the bot out of the group."""
        self.chat.left = True
        return self._membership(ChatMemberStatus.MEMBER, ChatMemberStatus.LEFT)

    def _keyboard_message(self, message_id: int | None) -> LocalMessage:
        if message_id is not None:
            if message_id in self.chat.messages:
                return self.chat.messages[message_id]
            raise NoSuchButton(f"no message {message_id} in this chat")
        for message in reversed(self.chat.messages.values()):
            if message.keyboard:
                return message
        raise NoSuchButton("no message has buttons")

    def _press(self, data: str, message: JsonObject) -> JsonObject:
        content: JsonObject = {
            "id": self.telegram.open_press(self.chat.chat_id),
            "from": self.user,
            "chat_instance": f"instance-{self.chat.chat_id}",
            "data": data,
            "message": message,
        }
        return self.state.new_update("callback_query", content)

    def _worded(self, text: str) -> LocalMessage:
        return LocalMessage(
            message_id=self.state.new_message_id(),
            chat=self.chat,
            sender=self.user,
            date=self.state.clock(),
            text=text,
            entities=command_entities(text),
            thread_id=self.thread_id,
        )

    def _send(self, message: LocalMessage) -> JsonObject:
        return self.state.new_update("message", self.state.put(message, "new").to_dict())

    def _membership(self, old: ChatMemberStatus, new: ChatMemberStatus) -> JsonObject:
        content: JsonObject = {
            "chat": self.chat.to_dict(),
            "from": self.user,
            "date": int(self.state.clock().timestamp()),
            "old_chat_member": self._bot_as(old),
            "new_chat_member": self._bot_as(new),
        }
        return self.state.new_update("my_chat_member", content)

    def _bot_as(self, status: ChatMemberStatus) -> JsonObject:
        member: JsonObject = {"status": status.value, "user": self.state.bot}
        return member | ({"until_date": 0} if status == ChatMemberStatus.BANNED else {})

    def _file(self) -> JsonObject:
        file_id = self.state.new_id("file")
        return {"file_id": file_id, "file_unique_id": f"unique-{file_id}"}


def posts_in_channel(telegram: LocalTelegram, chat_id: int, text: str, title: str = "Channel") -> JsonObject:
    """Publish in a channel the bot is in; such a post has no author."""
    state = telegram.state
    chat = state.opened(LocalChat(chat_id, ChatType.CHANNEL, title))
    post = LocalMessage(
        message_id=state.new_message_id(),
        chat=chat,
        sender=None,
        date=state.clock(),
        text=_sendable(text),
        entities=command_entities(text),
        content={"sender_chat": chat.to_dict()},
    )
    return state.new_update("channel_post", state.put(post, "new").to_dict())


def _sendable(text: str) -> str:
    """Trim as clients do; raises `ValueError` for what no client sends as one message."""
    text = text.strip()
    if not MessageLimit.MIN_TEXT_LENGTH <= utf16_length(text) <= MessageLimit.MAX_TEXT_LENGTH:
        raise ValueError("a client sends no empty message, and splits one that is too long")
    return text


def _find_button(message: LocalMessage, wanted: int | str) -> Button:
    buttons = [button for row in message.keyboard for button in row]
    if isinstance(wanted, int):
        found = buttons[wanted - 1 : wanted] if wanted > 0 else []
    else:
        found = [button for button in buttons if button.label == wanted][:1]
        found = found or [button for button in buttons if wanted in button.label]
    if len(found) != 1:
        labels = ", ".join(f"{number} {button.label!r}" for number, button in enumerate(buttons, 1))
        raise NoSuchButton(f"no button, or no single one, is {wanted!r}; there are: {labels}")
    return found[0]
