"""The token stays out of every line."""

import contextvars
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot import trace
from bot.logs import RedactingFormatter, set_up_logs

TOKEN = "123456:short-but-secret"
LIKE_A_TOKEN = "987654321:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("secret", [TOKEN, LIKE_A_TOKEN])
def test_message_arguments_and_exception_are_redacted(
    secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("INFO", [TOKEN])
    logging.getLogger("some.library").info("GET https://api.example/bot%s/getMe", secret)
    try:
        int(secret)
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    said = capsys.readouterr().err
    assert "/bot[token]/getMe" in said
    assert "invalid literal for int() with base 10: '[token]'" in said
    assert secret not in said


def test_a_crash_is_redacted_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", [TOKEN])
    error = RuntimeError(f"no connection to /bot{TOKEN}/getMe")
    sys.excepthook(RuntimeError, error, None)
    said = capsys.readouterr().err
    assert "/bot[token]/getMe" in said
    assert TOKEN not in said


def test_libraries_that_write_addresses_or_updates_are_held_back() -> None:
    set_up_logs("DEBUG")
    assert logging.getLogger("httpx").level == logging.WARNING
    assert logging.getLogger("httpcore.connection").getEffectiveLevel() == logging.WARNING
    assert logging.getLogger("telegram.ext.Application").getEffectiveLevel() == logging.INFO
    assert logging.getLogger("bot").getEffectiveLevel() == logging.DEBUG


def test_an_empty_secret_hides_nothing() -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "polling", None, None)
    assert RedactingFormatter([""]).format(record).endswith("polling")


def test_json_lines_carry_the_reference_and_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", [TOKEN], as_json=True)

    def in_an_update() -> str:
        now = trace.begin()
        try:
            int(TOKEN)
        except ValueError:
            logging.getLogger("bot").exception("broken %s", TOKEN)
        return now.reference

    reference = contextvars.copy_context().run(in_an_update)
    logging.getLogger("bot").info("outside")
    inside, outside = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (inside["message"], inside["reference"]) == ("broken [token]", reference)
    assert (inside["level"], inside["logger"]) == ("ERROR", "bot")
    assert "[token]" in inside["exception"]
    assert TOKEN not in str(inside)
    assert "reference" not in outside
