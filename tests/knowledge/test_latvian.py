"""The Latvian stemmer, measured: forms that meet their lemma, and words that must not meet."""

from itertools import combinations

import pytest

from knowledge.latvian import negated
from knowledge.words import fold, stem
from tests.knowledge.test_latvian_forms import LAST, LATER, TUNED


def hits(forms_of: dict[str, list[str]]) -> tuple[int, int, list[str]]:
    """Forms with the key of their lemma, all forms (each with and without diacritics), and the misses."""
    good, misses = 0, []
    for lemma, forms in forms_of.items():
        for form in forms:
            for typed in (form, fold(form.casefold())):
                if stem(typed) == stem(lemma):
                    good += 1
                else:
                    misses.append(f"{typed} ({lemma})")
    return good, good + len(misses), misses


@pytest.mark.parametrize(
    ("words", "least"), [(TUNED, 0.985), (LATER, 0.985), (LAST, 0.985)], ids=["tuned", "later", "last"]
)
def test_forms_meet_their_lemma(words: dict[str, list[str]], least: float) -> None:
    good, total, misses = hits(words)
    assert good / total >= least, misses


def test_different_words_stay_apart() -> None:
    lemmas = [*TUNED, *LATER, *LAST]
    merged = [(a, b) for a, b in combinations(lemmas, 2) if stem(a) == stem(b)]
    pairs = len(lemmas) * (len(lemmas) - 1) / 2
    assert len(merged) / pairs <= 0.002, merged


@pytest.mark.parametrize(
    "forms",
    [
        "termiņš termins termiņa terminu termiņi termiņiem",
        "ceļš cela celi ceļiem celu",
        "uzņēmums uznemuma uzņēmumiem",
        "jāiesniedz jaiesniedz iesniegt iesniedzam iesniegšu iesniegšana iesniegts iesniegtā iesniedzot",
        "piedalīties piedalīšanās piedalāmies",
        "pieteikties piesakos piesakās jāpiesakās pieteicās pieteikšanās pieteikums",
        "var nevar varam varētu jāvar",
        "maksā nemaksā jāmaksā maksājam maksāšana",
        "ir esam būs nav bija būtu",
    ],
)
def test_forms_people_type_meet(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skola", "skolotājs"),
        ("skola", "skolēns"),
        ("kad", "kādi"),
        ("kur", "kura"),
        ("maksāt", "atmaksāt"),
        ("maksāt", "mācīties"),
        ("dalībnieks", "dalība"),
        ("pasākums", "pateikt"),
        ("vecāki", "vecs"),
        ("uzņēmums", "uzņemt"),
        ("budžets", "bizness"),
        ("daba", "dabūt"),
        ("attālums", "attālināts"),
    ],
)
def test_words_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "word",
    [
        "nevar",
        "nedrikst",
        "nevajag",
        "nemaksa",
        "nav",
        "neiesniegts",
        "nepiedalas",
        "neizmanto",
        "nesedz",
        "nesanem",
        "nebraukt",
    ],
)
def test_negation_is_told(word: str) -> None:
    assert negated(word)


@pytest.mark.parametrize(
    "word",
    [
        "nedela",
        "nepieciesams",
        "neviens",
        "nesen",
        "network",
        "netherlands",
        "new",
        "need",
        "next",
        "never",
        "necessary",
        "nest",
        "neto",
        "nometne",
        "nereti",
        "neatkarigs",
        "nevalstiska",
        "neformala",
        "negotiate",
        "nearest",
        "nepal",
        "nevienam",
        "nekad",
        "nekas",
        "neck",
    ],
)
def test_words_that_only_begin_with_ne_are_not_negated(word: str) -> None:
    assert not negated(word)


@pytest.mark.parametrize(
    "word", ["jauns", "jautāt", "janvāris", "jūnijs", "Jānis", "Japāna", "jaunietis", "jauda"]
)
def test_words_that_only_begin_with_ja_keep_it(word: str) -> None:
    assert stem(word).startswith("j")
