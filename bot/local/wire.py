"""The Bot API's wire format: parameters as a server reads them, and errors as it writes them."""

import json
from collections.abc import Mapping
from typing import IO, NamedTuple, TypeAlias

from telegram.request import RequestData

JsonObject: TypeAlias = dict[str, object]


class Call(NamedTuple):
    """One request of the bot, as it arrived."""

    method: str
    parameters: Mapping[str, object]


class Upload(NamedTuple):
    """One file of a multipart request."""

    filename: str
    content: bytes
    mime_type: str


class ApiError(Exception):
    """An answer that is not ok.

    `own_fault` tells the bot's own mistakes (broken markup, text too long, unknown method) from what may
    happen to a correct bot too (blocked, message gone, tapped twice): only the former are violations.
    """

    def __init__(
        self, status: int, description: str, *, own_fault: bool = False, retry_after: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.own_fault = own_fault
        self.retry_after = retry_after

    def payload(self) -> bytes:
        """Write the error as Telegram does."""
        body: JsonObject = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return json.dumps(body).encode()


def mistake(description: str) -> ApiError:
    """Refuse what a correct bot never sends."""
    return ApiError(400, f"Bad Request: {description}", own_fault=True)


def refusal(description: str) -> ApiError:
    """Refuse what circumstances made impossible."""
    return ApiError(400, f"Bad Request: {description}")


class Parameters:
    """The form fields of one call: every value is text on the wire and gets its type here."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, Upload]) -> None:
        self._fields = fields
        self._files = files

    @classmethod
    def of(cls, request: RequestData | None) -> "Parameters":
        """Read what python-telegram-bot would have posted."""
        if request is None:
            return cls({}, {})
        files = {
            name: Upload(filename, _bytes_of(content), mime_type)
            for name, (filename, content, mime_type) in request.multipart_data.items()
        }
        return cls(request.json_parameters, files)

    def names(self) -> set[str]:
        """Give the names of all fields but those that only carry an upload pointed at."""
        attached = {value.removeprefix("attach://") for value in self._fields.values()}
        return {*self._fields, *(self._files.keys() - attached)}

    def has(self, name: str) -> bool:
        """Tell whether the field was sent at all."""
        return name in self._fields or name in self._files

    def text(self, name: str) -> str:
        """Give the field as text, empty where missing."""
        return self._fields.get(name, "")

    def number(self, name: str) -> int | None:
        """Give the field as an integer, `None` where missing."""
        if name not in self._fields:
            return None
        try:
            return int(self._fields[name])
        except ValueError:
            raise mistake(f"{name} must be an integer") from None

    def flag(self, name: str) -> bool:
        """Give the field as a truth value, false where missing."""
        return self._fields.get(name, "").lower() in {"true", "1", "yes", "y"}

    def value(self, name: str) -> object:
        """Decode the field's JSON, `None` where missing."""
        if not self._fields.get(name):
            return None
        try:
            return json.loads(self._fields[name])
        except ValueError:
            raise mistake(f"can't parse {name} JSON object") from None

    def struct(self, name: str) -> JsonObject:
        """Give the field as one object, empty where missing."""
        return as_object(self.value(name) or {}, name)

    def structs(self, name: str) -> list[JsonObject]:
        """Give the field as a list of objects, empty where missing."""
        return as_objects(self.value(name) or [], name)

    def file(self, name: str) -> Upload | None:
        """Give the uploaded file, also where the field only points at it by `attach://`."""
        return self._files.get(self.text(name).removeprefix("attach://") or name)


def as_object(value: object, what: str) -> JsonObject:
    """Insist on a JSON object."""
    if not isinstance(value, dict):
        raise mistake(f"can't parse {what}: expected an Object")
    return value


def as_objects(value: object, what: str) -> list[JsonObject]:
    """Insist on a JSON array of objects."""
    if not isinstance(value, list):
        raise mistake(f"can't parse {what}: expected an Array")
    return [as_object(item, what) for item in value]


def as_text(value: object, what: str) -> str:
    """Insist on a JSON string; missing is empty."""
    if value is not None and not isinstance(value, str):
        raise mistake(f"can't parse {what}: expected a String")
    return value or ""


def _bytes_of(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()
