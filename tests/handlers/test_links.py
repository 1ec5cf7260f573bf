"""What links carry: packed and read again, within Telegram's limits whatever was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import InlineQueryResultsButtonLimit
from telegram.helpers import create_deep_linked_url

from handlers import links
from handlers.buttons import Press, unpack
from handlers.links import Target
from knowledge.model import SECTORS
from tests import worlds

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@pytest.mark.parametrize(
    ("payload", "target"),
    [
        ("q_grant-ceiling", Target("entry", "grant-ceiling")),
        ("q_funding-available_he", Target("entry", "funding-available", "he")),
        ("en_q_deadline", Target("entry", "deadline", "", "en")),
        ("travel_850_4", Target("command", "travel", "850 4")),
        ("lv_check", Target("command", "check", "", "lv")),
        ("ask_cik_partneru", Target("question", "", "cik partneru")),
        ("grant-ceiling", Target("command", "grant-ceiling")),
    ],
)
def test_a_payload_says_what_it_opens(payload: str, target: Target) -> None:
    assert links.read(payload) == target


@pytest.mark.parametrize("payload", ["", "_", "en_", "a b", "ā", "x" * 65, "q?x", "_x"])
def test_what_cannot_be_a_payload_is_none(payload: str) -> None:
    assert links.read(payload) is None


def test_every_entry_and_alias_fits_and_comes_back() -> None:
    for entry in worlds.knowledge().entries.values():
        for name in (entry.id, *entry.aliases):
            for sector in (None, *SECTORS):
                payload = links.entry_payload(name, sector)
                assert PAYLOAD.fullmatch(f"en_{payload}")
                assert links.read(payload) == Target("entry", name, sector or "")


@given(st.text(max_size=300))
def test_any_question_makes_a_payload_that_telegram_takes(question: str) -> None:
    for payload in (links.question_payload(question), links.command_payload("travel", question)):
        assert PAYLOAD.fullmatch(payload)
        assert links.read(payload) is not None
        # the library's own check of what may follow ?start=
        assert links.address("ka2_bot", payload) == create_deep_linked_url("ka2_bot", payload)


@given(st.text(max_size=64))
def test_any_callback_data_leads_somewhere(data: str) -> None:
    assert PAYLOAD.fullmatch(links.payload_of_press(unpack(data)))


@given(st.sampled_from(["e", "k", "t", "j", "c"]), st.lists(st.text(max_size=60), max_size=3))
def test_any_press_leads_somewhere(kind: str, fields: list[str]) -> None:
    assert PAYLOAD.fullmatch(links.payload_of_press(Press(kind, "lv", tuple(fields))))


def test_a_fraction_is_not_cut_into_two_figures() -> None:
    assert links.command_payload("travel", "99.5 4") == "travel"
    assert links.question_payload("cik par 99,5 km") == links.GREETING


def test_the_limit_is_telegrams() -> None:
    assert links.LONGEST == InlineQueryResultsButtonLimit.MAX_START_PARAMETER_LENGTH


def test_a_share_link_carries_the_bots_link_whole() -> None:
    shared = links.share_address("ka2_bot", "q_deadline", "Termiņš & laiks")
    assert shared == (
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fka2_bot%3Fstart%3Dq_deadline"
        "&text=Termi%C5%86%C5%A1+%26+laiks"
    )
