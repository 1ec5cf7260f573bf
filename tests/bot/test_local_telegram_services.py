"""Answers to queries, the bot's profile, and delivery of updates on the local Telegram."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    CallbackQueryLimit,
)
from telegram.error import (
    Conflict,
)

from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from tests.bot.refusals import CHAT, NOW, button, keyboard, refused


@pytest.fixture
def telegram() -> LocalTelegram:
    return LocalTelegram(clock=lambda: NOW)


@pytest.fixture
def person(telegram: LocalTelegram) -> Person:
    return Person(telegram, CHAT)


@pytest.fixture
async def bot(telegram: LocalTelegram, person: Person) -> AsyncIterator[Bot]:
    async with Bot("1:token", request=telegram, get_updates_request=telegram) as bot:
        yield bot


def pressed(person: Person, which: int | str = 1) -> str:
    query = Update.de_json(person.presses(which)).callback_query
    assert query is not None
    return query.id


def article(result_id: str = "a", text: str = "text") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(result_id, "Title", InputTextMessageContent(text, parse_mode="HTML"))


async def test_a_press_is_answered_once(bot: Bot, person: Person, telegram: LocalTelegram) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    query = pressed(person)
    assert await bot.answer_callback_query(query, "done", show_alert=True)
    assert telegram.events[-1].text == "done"
    assert telegram.events[-1].alert
    for query_id in (query, "never-made"):
        with refused("query is too old and response timeout expired or query ID is invalid"):
            await bot.answer_callback_query(query_id)
    telegram.assert_clean()


async def test_a_press_left_without_answer_is_found(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    query = pressed(person)
    with pytest.raises(AssertionError, match=f"{query}: button press not answered"):
        telegram.assert_clean()


async def test_a_query_may_expire_before_the_bot_answers(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    query = pressed(person)
    telegram.expire_queries()
    with refused("Query is too old"):
        await bot.answer_callback_query(query)
    telegram.assert_clean()


async def test_a_toast_has_200_units(bot: Bot, person: Person) -> None:
    await bot.send_message(CHAT, "x", reply_markup=keyboard(button()))
    limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(pressed(person), "x" * (limit + 1))


@pytest.mark.parametrize("name", ["Start", "a-b", "ā", "x" * (BotCommandLimit.MAX_COMMAND + 1), ""])
async def test_a_command_name_has_small_ascii_letters(bot: Bot, name: str) -> None:
    with refused("BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(name, "x")])


@pytest.mark.parametrize("description", ["", "x" * (BotCommandLimit.MAX_DESCRIPTION + 1)])
async def test_a_command_needs_a_description_of_fitting_length(bot: Bot, description: str) -> None:
    with refused("BOT_COMMAND_DESCRIPTION_INVALID"):
        await bot.set_my_commands([BotCommand("start", description)])


async def test_commands_are_kept_by_scope_and_language(bot: Bot, telegram: LocalTelegram) -> None:
    scope = BotCommandScopeAllPrivateChats()
    default, latvian = [BotCommand("start", "Start")], [BotCommand("start", "Sākt")]
    await bot.set_my_commands(default)
    await bot.set_my_commands(latvian, scope=scope, language_code="lv")
    assert list(await bot.get_my_commands(scope=scope, language_code="lv")) == latvian
    assert list(telegram.profile.menu("lv")) == latvian
    assert list(telegram.profile.menu("de")) == default
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    with refused("Invalid language code"):
        await bot.set_my_commands(default, language_code="latvian")


async def test_descriptions_and_name_are_kept_by_language_and_limited(bot: Bot) -> None:
    await bot.set_my_description("all")
    await bot.set_my_description("visi", language_code="lv")
    await bot.set_my_short_description("short")
    await bot.set_my_name("name")
    assert (await bot.get_my_description("lv")).description == "visi"
    assert (await bot.get_my_description("de")).description == "all"
    assert (await bot.get_my_short_description()).short_description == "short"
    assert (await bot.get_my_name()).name == "name"
    with refused("too long"):
        await bot.set_my_description("x" * (BotDescriptionLimit.MAX_DESCRIPTION_LENGTH + 1))
    with refused("too long"):
        await bot.set_my_short_description("x" * (BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH + 1))


async def test_an_inline_query_is_answered_once_with_checked_articles(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    query = Update.de_json(person.asks_inline("grant")).inline_query
    assert query is not None
    await bot.answer_inline_query(query.id, [article(text="<b>450</b>")], cache_time=5, is_personal=True)
    answer = telegram.inline_answers[query.id]
    assert answer.results[0].message.text == "450"
    assert (answer.cache_time, answer.is_personal) == (5, True)
    with refused("Query is too old"):
        await bot.answer_inline_query(query.id, [])


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article(text="<b>")], "Can't parse entities"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
    ],
)
async def test_inline_results_telegram_would_refuse_are_refused(
    bot: Bot, person: Person, results: list[InlineQueryResultArticle], reason: str
) -> None:
    query = Update.de_json(person.asks_inline("grant")).inline_query
    assert query is not None
    with refused(reason):
        await bot.answer_inline_query(query.id, results)


async def test_the_button_above_inline_results_needs_a_proper_start_parameter(
    bot: Bot, person: Person
) -> None:
    query = Update.de_json(person.asks_inline("grant")).inline_query
    assert query is not None
    with refused("START_PARAM_INVALID"):
        await bot.answer_inline_query(
            query.id, [], button=InlineQueryResultsButton("x", start_parameter="a b")
        )


async def test_webhook_settings_are_checked_and_kept(bot: Bot, telegram: LocalTelegram) -> None:
    with refused("HTTPS"):
        await bot.set_webhook("http://e.lv")
    with refused("unallowed characters"):
        await bot.set_webhook("https://e.lv", secret_token="ā")
    with refused("unknown kind of update"):
        await bot.set_webhook("https://e.lv", allowed_updates=["messages"])
    await bot.set_webhook("https://e.lv", secret_token="s3cret", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("https://e.lv", ("message",))
    assert telegram.deliveries.webhook["secret_token"] == "s3cret"
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_waiting_updates_are_given_until_confirmed(
    bot: Bot, person: Person, telegram: LocalTelegram
) -> None:
    for text in ("one", "two"):
        telegram.deliver(person.writes(text))
    first, second = await bot.get_updates()
    assert await bot.get_updates(offset=first.update_id) == (first, second)
    assert await bot.get_updates(offset=second.update_id) == (second,)
    assert await bot.get_updates(offset=second.update_id + 1, allowed_updates=["message"]) == ()
    telegram.deliver(person.asks_inline("not asked for"))
    assert await bot.get_updates() == ()
