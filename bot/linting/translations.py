"""Latvian and English must say the same: both there, the same facts, the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.linting.facts import exists, is_wording
from bot.linting.figures import allowed_figures
from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.templates import parts
from bot.linting.twins import Twin
from knowledge.load import Knowledge


def unequal(twins: Iterable[Twin], knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Texts that stand in one language only, or name other facts, values or figures than their twin."""
    allowed = allowed_figures(knowledge)
    for twin in twins:
        if not twin.lv or not twin.en:
            yield Finding(*_missing(twin, places))
            continue
        lv, en = parts(twin.lv), parts(twin.en)
        lv_facts, en_facts = (
            frozenset(fact for fact in side.facts if not is_wording(fact, knowledge)) for side in (lv, en)
        )
        if not all(exists(fact, knowledge) for fact in lv_facts ^ en_facts):
            continue  # a misspelt name, which is said as such
        if lv_facts != en_facts:
            yield Finding(places.at(twin.en_file, twin.en_path), _other("facts", twin, lv_facts, en_facts))
        elif lv.values != en.values:
            yield Finding(places.at(twin.en_file, twin.en_path), _other("values", twin, lv.values, en.values))
        else:
            excused = allowed.get(twin.name.split("/")[1], frozenset())
            lv_figures, en_figures = ((side.written | side.counted) - excused for side in (lv, en))
            if lv_figures != en_figures:
                said = _other("figures", twin, lv_figures, en_figures)
                yield Finding(places.at(twin.en_file, twin.en_path), said, "warning")


def _missing(twin: Twin, places: Places) -> tuple[str, str]:
    """Place and message for a text without its twin; the place is that of the text there is."""
    if twin.lv:
        return places.at(twin.lv_file, twin.lv_path), f"{twin.name}: add the English text"
    return places.at(twin.en_file, twin.en_path), f"{twin.name}: add the Latvian text"


def _other(what: str, twin: Twin, lv: frozenset[str], en: frozenset[str]) -> str:
    only_lv, only_en = ", ".join(sorted(lv - en)), ", ".join(sorted(en - lv))
    sides = [f"only in Latvian: {only_lv}"] * bool(only_lv) + [f"only in English: {only_en}"] * bool(only_en)
    return f"{twin.name}: the two languages name different {what} ({'; '.join(sides)}); make them agree"
