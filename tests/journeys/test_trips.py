"""The card of a trip as a person works it: kinds, people, days, real cost, names, and what cannot be read."""

from __future__ import annotations

import pytest

from bot.local.conversation import Conversation, Shown
from handlers.context import Services
from tests.conftest import Begin
from tests.journeys.screens import BOTH, chosen, figures, is_check, labels, press, say, who


def copied(shown: Shown) -> list[str]:
    return [button.value for button in shown.flat_buttons if button.action == "copy_text"]


async def stepped(talk: Conversation, shown: Shown, after: str) -> Shown:
    """Presses the button that stands right behind the one whose label begins so."""
    names = labels(shown)
    at = next(number for number, label in enumerate(names) if label.startswith(after))
    return await press(talk, at + 2, shown.message_id)


# kinds


@BOTH
async def test_a_button_switches_the_kind_and_back_in_the_same_message(begin: Begin, language: str) -> None:
    talk = await begin(language)
    training = await say(talk, "/travel Rīga Brno 3")
    assert "275 EUR × 3 = 825 EUR" in figures(training)
    meeting = await press(talk, "🤝")
    assert (meeting.edited, meeting.message_id) == (True, training.message_id)
    assert "575 EUR × 3 = 1725 EUR" in figures(meeting)
    assert {"lv": "Itālijas", "en": "Italian"}[language] in meeting.text, "the source of a meeting's rate"
    assert not any("🛏" in label for label in labels(meeting)), "a meeting's sum covers the stay"
    assert figures(await press(talk, "🎓")) == figures(training)


async def test_a_distance_has_both_kinds_too(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 2500 2")
    assert "760 EUR × 2 = 1520 EUR" in figures(await press(talk, "🤝"))


async def test_a_meeting_too_near_says_where_its_rates_begin_and_can_be_switched(begin: Begin) -> None:
    talk = await begin("en")
    shown = await say(talk, "/travel 60 km 2 people meeting")
    assert "100 km" in shown.text
    assert "EUR" not in shown.text
    assert "20 EUR × 2 = 40 EUR" in figures(await press(talk, "🎓"))


@BOTH
async def test_a_table_works_for_each_kind(begin: Begin, language: str) -> None:
    talk = await begin(language)
    table = await say(talk, "/travel Lisabona: Rīga 4, Brno 3, Porto 2")
    assert "2120 EUR + 1080 EUR + 360 EUR = 3560 EUR" in figures(table)
    meeting = figures(await press(talk, "🤝"))
    for line in ("760 EUR × 4 = 3040 EUR", "760 EUR × 3 = 2280 EUR", "575 EUR × 2 = 1150 EUR"):
        assert line in meeting
    assert "3040 EUR + 2280 EUR + 1150 EUR = 6470 EUR" in meeting


# a place to go to, and no start


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("lv", "/travel Berlīne 3"),
        ("lv", "cik maksa brauciens uz Berlini 3 skolotajiem"),
        ("en", "/travel to Berlin for 3"),
        ("en", "how much for a trip to Berlin, 3 teachers"),
    ],
)
async def test_without_a_start_it_reckons_from_the_town_of_the_agency_and_says_so(
    begin: Begin, language: str, text: str
) -> None:
    talk = await begin(language)
    shown = await say(talk, text)
    assert "275 EUR × 3 = 825 EUR" in figures(shown)
    assert {"lv": "Sākumpunkts nav nosaukts", "en": "no starting point"}[language] in shown.text
    moved = await say(talk, {"lv": "no Porto", "en": "from Porto"}[language])
    assert moved.edited
    assert "360 EUR × 3 = 1080 EUR" in figures(moved)
    assert {"lv": "Sākumpunkts nav nosaukts", "en": "no starting point"}[language] not in moved.text


@pytest.mark.parametrize(
    "text", ["/travel uz Liepāju", "/travel no Berlīnes", "vai skola Berlīnē var būt partneris"]
)
async def test_a_place_at_home_or_no_place_to_go_to_is_no_journey(begin: Begin, text: str) -> None:
    shown = await say(await begin("lv"), text)
    assert "Sākumpunkts nav nosaukts" not in shown.text


async def test_a_great_bare_figure_after_a_distance_is_another_distance(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "850 km 4 cilvēki")
    assert "360 EUR × 4 = 1440 EUR" in figures(await say(talk, "un ja 2200"))


# people and days


@BOTH
async def test_the_stay_is_added_and_who_travels_settles_the_rate(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/travel 850 4")
    both = await press(talk, "🛏")
    staff, learners = 1100 + 106 * 3 * 4, 1100 + 58 * 3 * 4
    assert f"{staff} EUR" in figures(both)
    assert f"{learners} EUR" in figures(both)
    assert copied(both) == [str(staff), str(learners)]
    settled = await press(talk, "🎒")
    assert figures(settled).startswith(f"{learners} EUR ")
    assert copied(settled) == [str(learners)]
    more = await stepped(talk, settled, "🛏")
    assert figures(more).startswith(f"{1100 + 58 * 4 * 4} EUR ")
    with_staff = await press(talk, "💼")
    assert figures(with_staff).startswith(f"{275 * 5 + 58 * 4 * 4 + 106 * 4} EUR ")


async def test_each_kind_of_people_has_its_stepper(begin: Begin) -> None:
    talk = await begin("lv")
    shown = await say(talk, "/travel Rīga Brno 6 skolēni un 2 skolotāji")
    shown = await stepped(talk, shown, "💼 Personāls: 2")
    shown = await stepped(talk, shown, "🎒 Apguvēji: 6")
    assert {"🎒 Apguvēji: 7", "💼 Personāls: 3"} <= set(labels(shown))
    assert "275 EUR × 10 = 2750 EUR" in figures(shown)


async def test_in_a_table_one_place_after_another_is_stepped(begin: Begin) -> None:
    talk = await begin("lv")
    shown = await say(talk, "/travel Lisabona: Rīga 4, Brno 3, Porto 2")
    assert "Rīga 👥 4" in labels(shown)
    shown = await press(talk, "▸ Brno")
    shown = await stepped(talk, shown, "Brno 👥 3")
    assert "360 EUR × 4 = 1440 EUR" in figures(shown)
    assert "530 EUR × 4 = 2120 EUR" in figures(shown), "Riga stays as it was"
    assert "▸ Porto" in labels(shown)
    assert "Rīga 👥 4" in labels(await press(talk, "▸ Porto")) or "▸ Rīga" in labels(talk.screen()[-1])


@BOTH
async def test_days_beyond_the_known_rate_are_named_with_where_to_look(begin: Begin, language: str) -> None:
    text = figures(await say(await begin(language), "/travel 850 km 2 skolotāji 20 dienas"))
    assert text.startswith(f"{550 + 106 * 14 * 2} EUR ")
    assert {"lv": "15.–20. diena nav pieskaitīta", "en": "Days 15–20 are not added"}[language] in text
    assert "107" in text
    assert "VIAA" in text


@BOTH
async def test_the_rate_of_accompanying_persons_is_not_guessed(begin: Begin, language: str) -> None:
    shown = await say(await begin(language), "/travel 850 km 6 skolēni un 2 pavadoņi 5 dienas")
    text = figures(shown)
    certain = 275 * 8 + 58 * 5 * 6
    assert text.startswith(f"{certain} EUR ")
    assert copied(shown) == [str(certain)]
    assert {"lv": "avotos nav pateikts", "en": "the sources do not say"}[language] in text
    assert "1060 EUR" in text
    assert "580 EUR" in text


# typed to the open card


async def test_a_typed_change_edits_the_open_card(begin: Begin) -> None:
    talk = await begin("lv")
    card = await say(talk, "/travel Rīga Lisabona 4")
    for typed, total in (("6 skoleni", 3180), ("5 dienas", 4920), ("2 skolotāji un 6 skolēni", 7040)):
        shown = await say(talk, typed)
        assert (shown.edited, shown.message_id) == (True, card.message_id)
        assert figures(shown).startswith(f"{total} EUR ")
    assert "760 EUR × 8 = 6080 EUR" in figures(await say(talk, "projekta sanāksme, 8 cilvēki"))


@BOTH
async def test_a_question_after_the_card_keeps_its_places_and_kind(begin: Begin, language: str) -> None:
    talk = await chosen(begin, language)
    await say(talk, "/travel sanāksme Rīga Brno 3")
    asked = await say(talk, {"lv": "un četriem?", "en": "and for four?"}[language])
    assert asked.kind == "new"
    assert "↪️" in asked.text
    assert "Brno" in asked.text
    assert "575 EUR × 4 = 2300 EUR" in figures(asked)


@BOTH
async def test_the_real_cost_typed_to_the_card_is_weighed(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/travel 850 4")
    shown = await say(
        talk, {"lv": "reālās ceļa izmaksas 900 EUR", "en": "real travel cost 900 EUR"}[language]
    )
    assert figures(shown).startswith("2880 EUR ")
    assert "2520 EUR" in figures(shown), "70 % of what all tickets cost"
    together = await press(talk, {"lv": "Tik maksā visiem", "en": "That is for all"}[language])
    assert figures(together).startswith("1100 EUR "), "275 × 4 is more than 70 % of 900"
    assert "630 EUR" in figures(together)
    assert figures(await press(talk, "✖")).startswith("1100 EUR ")


async def test_a_decimal_comma_is_read_and_shown(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850")
    shown = await say(talk, "biļete maksā 500,55 EUR")
    assert figures(shown).startswith("400,44 EUR ")
    assert copied(shown) == ["400,44"]
    english = await begin("en")
    await say(english, "/travel 850")
    assert copied(await say(english, "the ticket is 500.55 EUR")) == ["400.44"]


@BOTH
async def test_the_real_cost_alone_says_up_to_which_distance_it_helps(begin: Begin, language: str) -> None:
    question = {"lv": "reālās ceļa izmaksas 900 EUR", "en": "real travel cost 900 EUR"}[language]
    text = figures(await say(await chosen(begin, language), question))
    for figure in ("630 EUR", "720 EUR", "3999 km"):
        assert figure in text


async def test_after_the_real_cost_the_distance_may_follow(begin: Begin) -> None:
    talk = await chosen(begin, "lv")
    await say(talk, "reālās ceļa izmaksas 900 EUR")
    assert "900 EUR × 80 % = 720 EUR" in figures(await say(talk, "un 850 km?"))


@pytest.mark.parametrize("word", ["sanāksmes", "apmācības", "biļetes", "mobilitāte", "paldies", "un?"])
async def test_a_word_without_a_figure_is_a_question_and_no_change(begin: Begin, word: str) -> None:
    talk = await begin("lv")
    card = await say(talk, "/travel 850 4")
    shown = await say(talk, word)
    assert shown.message_id != card.message_id
    assert "275 EUR × 4" not in figures(shown)


async def test_a_running_check_is_not_pushed_aside_by_a_sum(begin: Begin, services: Services) -> None:
    talk = await begin("lv")
    card = await say(talk, "/check")
    await say(talk, "cik maksās ceļš 850 km diviem skolēniem")
    open_card = await services.store.card(who(talk))
    assert open_card is not None
    assert open_card.message == card.message_id
    assert is_check(card)


async def test_an_ordinary_question_under_an_open_card_is_answered_without_a_way_back(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850 4")
    shown = await say(talk, "cik partneru vajag?")
    assert "vismaz 3" in shown.text
    assert not any("/check" in label for label in labels(shown))


# names


@BOTH
@pytest.mark.parametrize(
    ("typed", "lv", "en"),
    [
        ("Rīga Lisabona", "Rīga (LV) → Lisabona (PT)", "Riga (LV) → Lisbon (PT, “Lisabona”)"),
        ("no Rigas uz lisabonu", "Rīga (LV) → Lisabona (PT)", "Riga (LV) → Lisbon (PT, “lisabonu”)"),
        ("Riga Lisbon", "Rīga (LV) → Lisabona (PT, „Lisbon”)", "Riga (LV) → Lisbon (PT)"),
        ("Valmiera Oporto", "Valmiera (LV) → Porto (PT, „Oporto”)", "Valmiera (LV) → Porto (PT, “Oporto”)"),
        ("Rīga Cologne", "Rīga (LV) → Ķelne (DE, „Cologne”)", "Riga (LV) → Cologne (DE)"),
        ("Rīga Tērbata", "Rīga (LV) → Tartu (EE, „Tērbata”)", "Riga (LV) → Tartu (EE, “Tērbata”)"),
        ("Rīga Helsinki", "Rīga (LV) → Helsinki (FI)", "Riga (LV) → Helsinki (FI)"),
    ],
)
async def test_a_town_has_its_usual_name_and_the_one_typed(
    begin: Begin, language: str, typed: str, lv: str, en: str
) -> None:
    shown = await say(await begin(language), f"/travel {typed}")
    assert {"lv": lv, "en": en}[language] in shown.text


async def test_buttons_and_suggestions_speak_the_language_too(begin: Begin) -> None:
    talk = await begin("lv")
    assert "Ķelne" in (await say(talk, "/travel Rīga Kelneee")).text
    assert "Parīze" in (await say(talk, "/travel Francija Rīga")).text


# what cannot be read


@BOTH
@pytest.mark.parametrize(
    ("typed", "lv", "en"),
    [
        ("Rīga Lisabona 0", "no 1 līdz 999", "from 1 to 999"),
        ("Rīga Lisabona 10000", "no 1 līdz 999", "from 1 to 999"),
        ("Rīga Lisabona 4 0 dienas", "Dienas", "Days"),
        ("Rīga Lisabona 4 900 dienas", "Dienas", "Days"),
        ("Rīga Lisabona 4 2,5 dienas", "Dienas", "Days"),
        ("Rīga Lisabona 4 500 mēneši", "dienās", "in days"),
        ("850 4 500 mēneši", "dienās", "in days"),
        ("Rīga Lisabona, biļete -900 EUR", "lielākām par nulli", "above nothing"),
        ("850 km, biļete -900 EUR", "lielākām par nulli", "above nothing"),
        ("850 km, biļete 99 000 000 EUR", "lielākām par nulli", "above nothing"),
        ("24.03.2020", "datuma", "a date"),
        ("24. martā", "datuma", "a date"),
        ("Lisabona: Rīga 4, Brno 3, biļete 900 EUR", "no vienas vietas", "from one place"),
        ("Rīga Xyzzyqa", "neatradu", "did not find"),
    ],
)
async def test_the_word_fits_the_mistake_and_brings_an_example(
    begin: Begin, language: str, typed: str, lv: str, en: str
) -> None:
    shown = await say(await begin(language), f"/travel {typed}")
    assert {"lv": lv, "en": en}[language] in shown.text
    assert "/travel " in shown.text
    example = shown.html.split("<code>")[1].split("</code>")[0]
    assert "→" in (await say(await begin(language), example)).text, "the example works"


@BOTH
async def test_nine_places_are_too_many(begin: Begin, language: str) -> None:
    origins = "Rīga, Brno, Porto, Parīze, Berlīne, Viļņa, Tallina, Oslo, Roma"
    assert "8" in (await say(await begin(language), f"/travel Lisabona: {origins}")).text


@pytest.mark.parametrize("data", ["j1:lv:", "j1:lv:!", "j1:lv:zzzzzzzzzz", "j1:lv:9rzg:9rzg:1", "j1:lv:~~~~"])
async def test_a_forged_trip_is_refused_politely(begin: Begin, data: str) -> None:
    talk = await begin("lv")
    await say(talk, "/travel Rīga Lisabona")
    [shown] = await talk.press_data(data)
    assert "/help" in shown.text
