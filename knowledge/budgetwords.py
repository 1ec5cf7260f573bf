"""Words that name parts of a budget, as `data/budget_words.yaml` lists them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from knowledge import words, yamlfile
from knowledge.model import Concept
from knowledge.problems import checked

_SHORT = 3
"""Letters of a stem too short to tell words apart ("tikšanās", "tik"): the word counts as it is written."""


@lru_cache(maxsize=1)
def budget_words() -> dict[str, Concept]:
    """Names of parts → their words."""
    name = f"{yamlfile.DATA}/budget_words.yaml"
    text = yamlfile.read(files("knowledge") / "data" / "budget_words.yaml", name)
    return checked(TypeAdapter(dict[str, Concept]), text, name)


def names(part: str, word: str) -> bool:
    """Whether a folded word is a form of one of a part's words."""
    forms, stems = _keys(part)
    return word in forms or not stems.isdisjoint(words.stems(word))


def is_written(part: str, word: str) -> bool:
    """Whether a folded word is one of a part's words just as it is listed."""
    return word in _keys(part)[0]


@lru_cache(maxsize=32)
def _keys(part: str) -> tuple[frozenset[str], frozenset[str]]:
    concept = budget_words()[part]
    forms, stems = set(), set()
    for language, text in (("lv", concept.lv), ("en", concept.en), ("ru", concept.ru)):
        for token in words.tokens(text):
            forms.add(token.form)
            stem = words.index_stem(token, language)
            if len(stem.removeprefix(words.RUSSIAN)) > _SHORT:
                stems.add(stem)
    return frozenset(forms), frozenset(stems)
