"""Why Latin letters get one key: what the English step does to English, to Latvian, and where both meet."""

from knowledge import latvian
from knowledge.words import fold, stem
from tests.knowledge.test_english import FAMILIES
from tests.knowledge.test_latvian_forms import LAST, LATER, TUNED

LATVIAN = {**TUNED, **LATER, **LAST}


def test_latvian_alone_would_lose_english_forms() -> None:
    forms = [(form, family[0]) for family in FAMILIES for form in family]
    alone = sum(latvian.stem(form) == latvian.stem(lemma) for form, lemma in forms)
    together = sum(stem(form) == stem(lemma) for form, lemma in forms)
    assert alone / len(forms) < 0.8
    assert together == len(forms)


def test_the_english_step_changes_almost_no_latvian_form() -> None:
    forms = {fold(form.casefold()) for forms in LATVIAN.values() for form in forms}
    changed = [form for form in forms if stem(form) != latvian.stem(form)]
    assert len(changed) / len(forms) < 0.001, changed


def test_latvian_and_english_words_that_share_a_key_mean_the_same() -> None:
    shared = {
        (lemma, family[0]) for lemma in LATVIAN for family in FAMILIES if stem(lemma) == stem(family[0])
    }
    same = {
        ("students", "student"),
        ("studente", "student"),
        ("partneris", "partner"),
        ("universitāte", "university"),
    }
    same |= {
        ("prioritāte", "priority"),
        ("kilometrs", "kilometre"),
        ("adrese", "address"),
        ("plānot", "plan"),
        ("organizēt", "organise"),
    }
    assert not shared - same
