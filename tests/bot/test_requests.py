"""A reply of Telegram is told apart from what broke on its way."""

import pytest
from telegram.error import NetworkError

from bot.requests import CountedRequest


@pytest.mark.parametrize("payload", [b"", b"<html>", b'{"ok":true,"resu', b"[]", b'"x"', b'{"ok":true}'])
def test_what_is_no_reply_is_an_error_of_the_network(
    payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NetworkError, match="malformed reply"):
        CountedRequest.parse_json_payload(payload)
    assert caplog.text == ""


def test_a_refusal_is_a_reply() -> None:
    assert CountedRequest.parse_json_payload(b'{"ok":false,"error_code":400}')["error_code"] == 400
