"""Inline mode in the terminal chat."""

from __future__ import annotations

import pytest

from bot.chat import Chat
from handlers.context import Services


@pytest.mark.parametrize(
    ("typed", "first"), [("@bot termiņš", "Pieteikšanās termiņš\n"), ("@bot", "Pieteikšanās")]
)
async def test_cards_stand_below_the_way_to_the_private_chat(
    services: Services, typed: str, first: str
) -> None:
    talk = await Chat.begin(services, "lv")
    above, *cards = await talk.line(typed)
    assert "/start" in above.text
    assert cards[0].text.startswith("Pieteikšanās termiņš\n")
    assert not any(card.buttons for card in cards)


async def test_a_query_without_a_match_shows_only_the_way(services: Services) -> None:
    talk = await Chat.begin(services, "en")
    (above,) = await talk.line("@bot " + "weather " * 60)
    assert "/start ask_weather" in above.text
