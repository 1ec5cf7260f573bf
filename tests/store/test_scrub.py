"""What is taken out of a question before it is kept, and what stays in it."""

import pytest

from bot.store.scrub import LONGEST, scrubbed


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("rakstiet uz anna.berzina@skola.edu.lv lūdzu", "rakstiet uz [e-mail] lūdzu"),
        ("mans kods ir 010190-12345", "mans kods ir [code]"),
        ("jaunais 32123456789", "jaunais [code]"),
        ("zvaniet 29123456 vai 67 08 54 12", "zvaniet [phone] vai [phone]"),
        ("+371 29 123 456, 00371-29123456", "[phone], [phone]"),
        ("call +44 (20) 7946 0958", "call [phone]"),
        ("es esmu @anna_berzina", "es esmu [name]"),
        ("skat. https://t.me/anna un www.anna.lv", "skat. [link] un [link]"),
        ("konts 123456789012", "konts [number]"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_identifies_somebody_is_taken_out(question: str, kept: str) -> None:
    assert scrubbed(question) == kept


@pytest.mark.parametrize(
    "question",
    [
        "850 km, 4 skolēni, 450 000 EUR",
        "programma 2021-2027 vai 2014 2020",
        "termiņš 24.03.2020 plkst. 12:00, 24-03-2020",
        "KA201 KA202 12500 mēnesī",
    ],
)
def test_figures_of_the_call_stay(question: str) -> None:
    assert scrubbed(question) == question


def test_a_life_story_is_cut() -> None:
    assert len(scrubbed("a " * 4000)) == LONGEST
