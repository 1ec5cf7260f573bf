"""/check as a conversation: one message, buttons for everything, a result that says what to change."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from handlers import check
from handlers.buttons import LIMIT, Press, pack, unpack
from handlers.reply import Reply
from knowledge.checkstate import digest
from knowledge.model import LANGUAGES, Language
from tests.handlers.check_turns import CLOSED, buttons, call, labels, packaged, press, turn

GOOD: dict[Language, tuple[str, ...]] = {
    "lv": ("Organizācija Latvijā", "KA201", "Inovāciju", "3", "3", "24", "2020. gada oktobris", "Jā",
           "Horizontālu", "Nē", "Tikai"),
    "en": ("An organisation in Latvia", "KA201", "Supporting", "3", "3", "24", "October 2020", "Yes",
           "A horizontal", "No,", "Only"),
}  # fmt: skip


class Tags(HTMLParser):
    """Telegram's tags, each closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "code", "a")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_sendable(reply: Reply) -> None:
    tags = Tags()
    tags.feed(reply.html)
    assert not tags.open
    assert len(reply.html) < 4096
    assert "\n\n\n" not in reply.html
    assert "None" not in reply.html
    assert "<i></i>" not in reply.html
    for button in buttons(reply):
        assert button.label
        assert "<" not in button.label
        assert "&" not in button.label
        assert len((button.data or "").encode()) <= LIMIT


async def walk(language: Language, presses: tuple[str, ...], args: str = "") -> Reply:
    """The reply after the presses; every card on the way is checked."""
    at = turn(language)
    reply = await check.command(at, args)
    assert not reply.in_place
    for label in presses:
        assert reply.card is not None
        assert_sendable(reply)
        reply = await press(at, reply, label)
        assert reply.in_place
    assert_sendable(reply)
    return reply


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_whole_quiz_by_buttons(language: Language) -> None:
    reply = await walk(language, GOOD[language])
    assert reply.card is None
    assert reply.html.count("✅") == 1 + len(packaged().checks["ka2-2020"].rules)
    assert "❌" not in reply.html
    assert call().contact("school").email in reply.html
    assert len(reply.html) < 1800


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_worst_answers_say_what_to_change(language: Language) -> None:
    worst: dict[Language, tuple[str, ...]] = {
        "lv": (
            "Organizācija Latvijā",
            "KA203",
            "Labas",
            "2",
            "1",
            "Mazāk",
            "Pirms",
            "Nē",
            "Nevienu",
            "Jā",
            "Arī citā",
        ),
        "en": (
            "An organisation in L",
            "KA203",
            "Exch",
            "2",
            "1",
            "Less",
            "Before",
            "No,",
            "None",
            "Yes",
            "Also in another",
        ),
    }
    reply = await walk(language, worst[language])
    lines = reply.html.splitlines()
    assert sum(line.startswith("❌") for line in lines) == 9
    assert sum(line.startswith("➡️") for line in lines) == 9
    assert reply.html.index("❌ 9") < reply.html.index("✅ P" if language == "lv" else "✅ T")


async def test_progress_and_answers_so_far_stand_in_the_card() -> None:
    reply = await walk("lv", GOOD["lv"][:4])
    assert "5/11 ▰▰▰▰▰▱▱▱▱▱▱" in reply.html
    assert "Latvija · KA201 · inovācijas · 3\xa0organizācijas" in reply.html


async def test_the_grant_is_asked_as_a_computed_question() -> None:
    reply = await walk("lv", GOOD["lv"][:7])
    assert "12\xa0500 × 24 = 300\xa0000\xa0EUR?" in reply.html
    longest = await walk("en", (*GOOD["en"][:5], "More than", "October 2020"))
    assert "12,500 × 36 = 450,000\xa0EUR?" in longest.html
    undecided = await walk("en", (*GOOD["en"][:5], "Not decided", "October 2020"))
    assert "12,500\xa0EUR a month" in undecided.html


async def test_a_typed_duration_over_the_longest_asks_for_the_total() -> None:
    reply = await walk("en", (*GOOD["en"][:3], "3", "3", "October 2020"), "48 months")
    assert "no more than 450,000\xa0EUR?" in reply.html


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_option_of_every_step_leads_on(language: Language) -> None:
    at = turn(language)
    reply = await check.command(at, "")
    for label in (*GOOD[language], ""):
        assert_sendable(reply)
        for button in buttons(reply):
            packed = unpack(button.data or "")
            assert packed is not None
            if packed.kind == check.KIND:
                assert_sendable(await check.pressed(at, packed))
        if label:
            reply = await press(at, reply, label)


async def test_back_restart_and_cancel() -> None:
    at = turn("en")
    first = await walk("en", ())
    assert labels(first)[-1].startswith("✖️")
    assert not any(label.startswith(("⬅️", "🔄")) for label in labels(first))
    third = await walk("en", GOOD["en"][:2])
    second = await press(at, third, "⬅️")
    assert second == await walk("en", GOOD["en"][:1])
    again = await press(at, third, "🔄")
    assert again.card == first.card
    ended = await press(at, third, "✖️")
    assert ended.card is None
    assert (await press(at, ended, "🔄")).card == first.card


async def test_the_result_leads_back_to_the_last_question_and_on_to_people() -> None:
    result = await walk("lv", GOOD["lv"])
    back = await press(turn("lv"), result, "⬅️")
    assert "11/11" in back.html
    data = [button.data for button in buttons(result)]
    assert pack("k", "lv", "school") in data
    assert pack("e", "lv", "deadline", "") in data


async def test_an_entry_worth_reading_is_offered_where_it_exists() -> None:
    result = await walk("en", ("An organisation in Latvia", "KA203", *GOOD["en"][2:]))
    assert "Charter for universities" in labels(result)


@pytest.mark.parametrize(
    "fields",
    [
        (), ("",), ("ffff", "rL"), ("DIGEST",), ("DIGEST", "rZ"), ("DIGEST", "rL.rL"), ("DIGEST", "rL", "y"),
        ("", "", "", ""), ("DIGEST", "o0"), ("DIGEST", "'; drop"),
    ],
)  # fmt: skip
async def test_stale_and_forged_buttons_start_again_politely(fields: tuple[str, ...]) -> None:
    edition = digest(packaged().checks["ka2-2020"], call())
    given = tuple(edition if field == "DIGEST" else field for field in fields)
    reply = await check.pressed(turn("lv"), Press("c", "lv", given))
    assert_sendable(reply)
    assert "1/11" in reply.html
    assert reply.in_place
    assert ("vecākas versijas" in reply.html) == (given != (edition,))


@pytest.mark.parametrize(
    ("label", "says"), [("A private", "cannot apply"), ("An organisation outside", "not the applicant")]
)
async def test_who_cannot_apply_learns_it_at_once(label: str, says: str) -> None:
    reply = await walk("en", (label,))
    assert says in reply.html
    assert "❌ 1" in reply.html
    assert call().contact(None).email in reply.html


async def test_youth_goes_to_its_own_agency() -> None:
    reply = await walk("lv", ("Organizācija Latvijā", "KA205"))
    assert "JSPA" in reply.html
    assert "viaa.gov.lv" not in reply.html
    assert "🟢" not in reply.html
    assert pack("k", "lv", "youth") in [button.data for button in buttons(reply)]


async def test_an_applicant_abroad_is_sent_to_the_agency_at_home() -> None:
    reply = await walk("en", ("An organisation in another", *GOOD["en"][1:]))
    assert "National Agency of your own country" in reply.html
    assert "viaa.gov.lv" not in reply.html


async def test_unclear_rules_name_whom_to_ask() -> None:
    reply = await walk("lv", (*GOOD["lv"][:10], "Vēl nav"))
    assert "Kam jautāt par ❓: Evita Zondaka" in reply.html
    assert "jānoskaidro" in reply.html


async def test_a_closed_call_never_looks_open() -> None:
    at = turn("en", CLOSED)
    reply = await check.command(at, "")
    for label in GOOD["en"]:
        reply = await press(at, reply, label)
    assert "🔴" in reply.html
    assert "you can apply" not in reply.html
    assert "takes no more applications" in reply.html


async def test_every_rule_carries_its_place_and_the_documents_stand_once_at_the_end() -> None:
    reply = await walk("en", GOOD["en"])
    lines = [line for line in reply.html.splitlines() if line.startswith("✅")]
    assert all(re.search(r"<i>\(slide \d", line) for line in lines)
    assert reply.html.count("VIAA presentation") == 1
