"""Normalising, tokens, keys and chat spellings."""

import random
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.chat_spelling import variants
from knowledge.words import (
    Kind,
    Script,
    index_stem,
    negated,
    normalise,
    question_words,
    stem,
    stems,
    stop_words,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kādi  TERMIŅI – “Ceļš”?", 'kadi termini - "cels"?'),
        ("какого числа", "kakogo chisla"),
        ("ter\u200bmi\u0146s\u00ad\u202e", "termins"),
        ("1\u00a0999\tkm\n", "1 999 km"),
        ("Ｆｕｌｌ ½", "full 1/2"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("KA201 ka-201 'KA 201' КА201", "ka201 ka201 ka201 ka201"),
        ("KA2 vai ka 1", "ka2 vai ka1"),
        ("e-pasts e-pastu E pasts", "epasts epastu epasts"),
        ("Erasmus+ un erasmus plus, Erasmus", "erasmus un erasmus erasmus"),
        ("STEM jomā", "stem joma"),
        ("2021.–2027. gads", "2021 2027 gads"),
        ("850km 4x 12 500 12.500 99,5%", "850 km 4 x 12500 12500 99.5 %"),
        ("teacher's don't", "teacher dont"),
        (
            "raksti uz info@viaa.gov.lv vai https://www.viaa.gov.lv/lv/x?y=1",
            "raksti uz info@viaa.gov.lv vai viaa.gov.lv",
        ),
        ("kad termiņš?? 😀👍🏽 👨‍👩‍👧", "kad termins"),
        ("€ 500", "eur 500"),
    ],
)
def test_tokens(text: str, forms: str) -> None:
    assert [t.form for t in tokens(text)] == forms.split()


def test_a_token_keeps_its_diacritics_script_and_kind() -> None:
    termins, srok, code = tokens("Termiņš срок KA201")
    assert (termins.original, termins.form, termins.script) == ("termiņš", "termins", Script.LATIN)
    assert (srok.script, srok.kind) == (Script.CYRILLIC, Kind.WORD)
    assert code.kind is Kind.CODE


def test_keys_of_the_three_languages() -> None:
    assert stems("termiņiem") == ("termin", "ru:termin")
    assert stems("сроков") == ("ru:srok",)
    assert stem("срок") in stems("sroki")
    assert index_stem("srok", "ru") == index_stem("срок", "ru") == "ru:srok"
    assert index_stem("deadlines", "en") == stem("deadline")
    assert stems("KA 201") == ("ka201",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kaads", "kads"),
        ("teermiinsh", "termins"),
        ("loooti", "loti"),
        ("celjsh", "cels"),
        ("wisi", "visi"),
        ("iesniegshana", "iesniegsana"),
        ("maaciities", "macities"),
    ],
)
def test_chat_spellings(typed: str, meant: str) -> None:
    assert variants(typed)[0] == meant


def test_an_ordinary_word_has_no_variants() -> None:
    assert variants("projekts") == ()


def test_stop_words_are_folded_and_leave_questions_in() -> None:
    assert {"ka", "tas", "musu"} <= stop_words("lv")
    assert {"chto", "cto"} <= question_words("ru")
    for language in ("lv", "en", "ru"):
        assert not {"kad", "cik", "when", "kogda"} & stop_words(language)


def test_negation_is_a_flag_beside_the_key() -> None:
    assert negated("nedrīkst")
    assert not negated("drīkst")
    assert stem("nedrīkst") == stem("drīkst")


def test_ten_words_take_less_than_60_microseconds_once_seen() -> None:
    question = "Cik naudas varam saņemt par braucienu uz partneru sanāksmi Vācijā"
    rounds = 300

    def once() -> float:
        began = time.perf_counter()
        for _ in range(rounds):
            for token in tokens(question):
                stems(token)
        return (time.perf_counter() - began) / rounds

    assert min(once() for _ in range(5)) < 60e-6


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(max_examples=200)
@given(st.text(alphabet="abcāčēģīķļņšūžАБВёйщ ,.-0123456789éüõñß", max_size=60))
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normalise(composed) == normalise(decomposed)
    assert tokens(composed) == tokens(decomposed)


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=40))
def test_a_key_is_never_empty_and_always_the_same(word: str) -> None:
    assert stem(word)
    assert stems(word) == stems(word)
    for token in tokens(word):
        assert token.form
        assert all(stems(token))
        assert all(variants(token.form))


@pytest.mark.parametrize("seed", range(10))
def test_4096_random_characters_are_read(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(
        chr(chance.choice((chance.randrange(0x250), chance.randrange(0xD800)))) for _ in range(4096)
    )
    assert normalise(normalise(text)) == normalise(text)
    for token in tokens(text):
        assert all(stems(token))


@pytest.mark.parametrize("piece", ["as", "aj", "a.", "a-", "aa", "ya ", "щ", "1.", "a'"])
def test_no_message_takes_long(piece: str) -> None:
    text = (piece * 4096)[:4096]
    began = time.perf_counter()
    for token in tokens(text):
        stems(token)
        variants(token.form)
    assert time.perf_counter() - began < 0.5
