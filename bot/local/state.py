"""What a Telegram remembers: chats, their messages in order, open queries, and everything that appeared."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Literal, NamedTuple, TypeAlias

from telegram.constants import ChatType

from bot.local.entities import Entity
from bot.local.keyboards import Keyboard, markup_of
from bot.local.wire import ApiError, JsonObject, Parameters, refusal

Clock: TypeAlias = Callable[[], datetime]
EventKind: TypeAlias = Literal["new", "edited", "deleted", "toast"]


def utc_now() -> datetime:
    """Read this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class LocalDocument:
    """A file that was sent."""

    file_id: str
    filename: str
    mime_type: str
    content: bytes = field(repr=False)

    def to_dict(self) -> JsonObject:
        """Write the file as a Bot API Document."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"unique-{self.file_id}",
            "file_name": self.filename,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }


@dataclass(slots=True, eq=False)
class LocalChat:
    """A chat with its messages by id, in the order they were sent."""

    chat_id: int
    kind: str = ChatType.PRIVATE
    title: str = ""
    username: str = ""
    is_forum: bool = False
    threads: set[int] = field(default_factory=set)
    messages: dict[int, "LocalMessage"] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    """Chat actions the bot sent, `typing` and others."""
    blocked: bool = False
    """The person blocked the bot."""
    left: bool = False
    """The bot left, or was removed."""

    def to_dict(self) -> JsonObject:
        """Write the chat as a Bot API Chat."""
        named = "first_name" if self.kind == ChatType.PRIVATE else "title"
        data: JsonObject = {"id": self.chat_id, "type": str(self.kind), named: self.title}
        if self.username:
            data["username"] = self.username
        if self.is_forum:
            data["is_forum"] = True
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMessage:
    """A message as it stands at one moment; an edit makes a new object under the same id."""

    message_id: int
    chat: LocalChat = field(repr=False)
    sender: JsonObject | None
    """A Bot API User; nobody in a channel."""
    by_bot: bool = False
    """Sent by the bot itself, which therefore may edit it."""
    date: datetime
    text: str = ""
    """What stands there, without markup; for a document its caption."""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    """The markup the bot sent."""
    keyboard: Keyboard = ()
    other_markup: JsonObject = field(default_factory=dict)
    """A keyboard under the input field, or its removal, as the bot sent it."""
    document: LocalDocument | None = None
    content: JsonObject = field(default_factory=dict)
    """What else a person's message carries: sticker, location, forward origin, …"""
    edit_date: datetime | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    reactions: tuple[str, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether it was changed since it was sent."""
        return self.edit_date is not None

    @property
    def has_caption(self) -> bool:
        """Whether its text is the caption of something else."""
        return self.document is not None or bool(self.content.keys() & {"photo", "voice", "video", "audio"})

    def to_dict(self, *, with_reply: bool = True) -> JsonObject:
        """Write the message as a Bot API Message."""
        data: JsonObject = {"message_id": self.message_id, "date": _timestamp(self.date)}
        data |= {"chat": self.chat.to_dict()} | self.content
        if self.sender is not None:
            data["from"] = self.sender
        if self.text:
            data["caption" if self.has_caption else "text"] = self.text
        if self.entities:
            name = "caption_entities" if self.has_caption else "entities"
            data[name] = [entity.to_dict() for entity in self.entities]
        if self.document is not None:
            data["document"] = self.document.to_dict()
        if self.keyboard:
            data["reply_markup"] = markup_of(self.keyboard)
        if self.edit_date is not None:
            data["edit_date"] = _timestamp(self.edit_date)
        if self.thread_id is not None:
            data |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        replied = self.chat.messages.get(self.reply_to) if self.reply_to is not None else None
        if with_reply and replied is not None:
            data["reply_to_message"] = replied.to_dict(with_reply=False)
        return data


def _timestamp(moment: datetime) -> int:
    return int(moment.timestamp())


class Event(NamedTuple):
    """Something that appeared in a chat."""

    kind: EventKind
    chat_id: int
    message: LocalMessage | None
    """The message as it stood then; `None` for a toast."""
    text: str = ""
    """Text of a toast."""
    alert: bool = False
    """The toast is a window to be closed by hand."""


@dataclass(slots=True, eq=False)
class LocalState:
    """Everything one Telegram remembers, shared by its methods and the people on it."""

    clock: Clock
    bot: JsonObject
    chats: dict[int, LocalChat] = field(default_factory=dict)
    documents: dict[str, LocalDocument] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    open_queries: dict[str, int | None] = field(default_factory=dict)
    """Queries that wait for an answer: id → chat of a button press, `None` for an inline query."""
    _update_ids: "count[int]" = field(default_factory=lambda: count(1))
    _message_ids: "count[int]" = field(default_factory=lambda: count(1))
    _other_ids: "count[int]" = field(default_factory=lambda: count(1))

    def new_update(self, kind: str, content: JsonObject) -> JsonObject:
        """Wrap something that happened into the next Bot API Update."""
        return {"update_id": next(self._update_ids), kind: content}

    def new_message_id(self) -> int:
        """Count on; ids rise over all chats, as in private chats with one bot."""
        return next(self._message_ids)

    def new_id(self, prefix: str) -> str:
        """Make up an id for a query or a file."""
        return f"{prefix}-{next(self._other_ids)}"

    def opened(self, chat: LocalChat) -> LocalChat:
        """Give the chat known by this id, or make this one known."""
        return self.chats.setdefault(chat.chat_id, chat)

    def chat_of(self, parameters: Parameters) -> LocalChat:
        """Find the chat a call is meant for; raises `ApiError` where the bot cannot reach it."""
        wanted = parameters.text("chat_id")
        if not wanted:
            raise refusal("chat_id is empty")
        for chat in self.chats.values():
            if wanted in {str(chat.chat_id), f"@{chat.username}"}:
                break
        else:
            raise refusal("chat not found")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.left:
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
        return chat

    def put(self, message: LocalMessage, kind: EventKind) -> LocalMessage:
        """Place a new message, or the new state of one, and note that it appeared."""
        message.chat.messages[message.message_id] = message
        self.events.append(Event(kind, message.chat.chat_id, message))
        return message
