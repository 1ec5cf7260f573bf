"""Templates over facts → text; the facts a text uses bring their sources along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType

from jinja2 import StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from knowledge import formats
from knowledge.entry import Entry
from knowledge.facts.money import Band
from knowledge.formats import Number
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError, Language, Sector, Sourced, Text

_used: ContextVar[dict[str, None]] = ContextVar("sources used by the text being rendered")


class _FactEnvironment(ImmutableSandboxedEnvironment):
    """Notes the source of every fact a template reads."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute: by the object's type, so looked up once for each."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known

    def getattr(self, obj: object, attribute: str) -> object:
        """The attribute; where it is a value and not a further fact, its owner's source is noted."""
        value: object = super().getattr(obj, attribute)
        if isinstance(obj, Sourced) and not _leads_to_facts(value):
            note_sources(obj.source)
        return value


def note_sources(sources: tuple[str, ...]) -> None:
    """Adds to the sources of the text being rendered; outside a rendering it does nothing."""
    used = _used.get(None)
    if used is not None:
        used.update(dict.fromkeys(sources))


def _leads_to_facts(value: object) -> bool:
    if isinstance(value, Sourced) or callable(value):
        return True
    if isinstance(value, dict):
        value = tuple(value.values())
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Sourced)


_BLANK_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text in Telegram's HTML with the sources of the facts in it."""

    html: str
    sources: tuple[str, ...]


class UnrenderableError(KnowledgeError):
    """A template that makes no text; `said` is why."""

    def __init__(self, said: str, template: str) -> None:
        super().__init__(f"{said} — in the template “{template[:60]}”")
        self.said = said


_OF_FILTERS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What filters and facts raise where a template asks them for what they do not have: `date('dativ')`."""

KEPT_TEXTS = 2048
"""Texts kept: all that people usually get to see, in about 2 MB."""

KEPT_TEMPLATES = 256
"""Compiled templates kept, for phrases with figures of the moment; 10 kB each."""

_PLAIN = (str, int, bool, Markup, NoneType)
"""Types of values from which alone a text follows."""


class Renderer:
    """Renders templates in one language over the facts of the knowledge, which never change.

    Undefined names, unknown facts, unsafe attributes and values that fit no filter raise UnrenderableError.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._environment = _environment()
        # a compiled template takes ten times the room of its text: many are kept for their texts only
        self._compiled = lru_cache(KEPT_TEMPLATES)(self._environment.from_string)
        self._said = lru_cache(KEPT_TEXTS)(self._said_anew)
        self._answered = lru_cache(KEPT_TEXTS)(self._answered_anew)

    def render(
        self, template: str, language: Language, values: Mapping[str, object] | None = None
    ) -> Rendered:
        """The template's text; `values` are what the moment adds (sector, figures, names)."""
        plain = tuple((name, type(value), value) for name, value in (values or {}).items())
        if all(kind in _PLAIN for _, kind, _ in plain):
            return self._said(template, language, plain)
        return self._render(template, language, values or {})

    def _said_anew(
        self, template: str, language: Language, values: tuple[tuple[str, type, object], ...]
    ) -> Rendered:
        # the types are part of what is looked up: 1 == True and "<" == Markup("<"), yet they read differently
        return self._render(template, language, {name: value for name, _, value in values})

    def _render(self, template: str, language: Language, values: Mapping[str, object]) -> Rendered:
        token = _used.set({})
        try:
            context = {
                "call": self._knowledge.call,
                "programme": self._knowledge.programme,
                "sector": None,
                **values,
                "lang": language,
            }
            html = _TRAILING.sub("", self._compiled(template).render(context))
            html = _BLANK_LINES.sub("\n\n", html).strip()
            return Rendered(html, tuple(_used.get()))
        except TemplateError as error:
            raise UnrenderableError(error.message or "not a template", template) from error
        except _OF_FILTERS as error:
            raise UnrenderableError(f"{type(error).__name__}: {error}", template) from error
        finally:
            _used.reset(token)

    def filters(self) -> frozenset[str]:
        """Names of all filters that a template may use."""
        return frozenset(self._environment.filters)

    def entry(
        self, entry: Entry, language: Language, sector: Sector | None = None, *, brief: bool = False
    ) -> Rendered:
        """An entry's answer and, unless `brief`, its detail; its own sources come first, then its facts'."""
        text = entry.text(language)
        # One template, since a detail may use what the answer has set; the empty expression keeps the blank
        # line between them where the answer ends with a block, whose newline Jinja takes.
        detail = "" if brief else text.detail.strip()
        whole = text.answer.strip() + ("{{ '' }}\n\n" + detail if detail else "")
        rendered = self._answered(whole, language, sector, entry.about)
        return Rendered(rendered.html, tuple(dict.fromkeys((*entry.source, *rendered.sources))))

    def _answered_anew(
        self, template: str, language: Language, sector: Sector | None, about: str | None
    ) -> Rendered:
        values: dict[str, object] = {"sector": sector}
        if about in self._knowledge.calls:
            values["call"] = self._knowledge.calls[about]
        return self._render(template, language, values)


def _environment() -> _FactEnvironment:
    environment = _FactEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_in_language,
    )
    environment.filters.update(
        money=_money, number=_number, percent=_percent, date=_date, month=_month, clock=_clock,
        tenths=_tenths, capitalised=_capital, cited=_cited,
        plural=_plural, counted=_counted, items=_items, joined=_joined, names=_names, band=_band,
    )  # fmt: skip
    return environment


@pass_context
def _in_language(context: Context, value: object) -> object:
    return value.to(context["lang"]) if isinstance(value, Text) else value


@pass_context
def _money(context: Context, value: Number) -> str:
    return formats.money(value, context["lang"], context["call"].currency)


@pass_context
def _number(context: Context, value: Number) -> str:
    return formats.number(value, context["lang"])


@pass_context
def _tenths(context: Context, value: Number) -> str:
    return formats.tenths(value, context["lang"])


@pass_context
def _percent(context: Context, value: int) -> str:
    return formats.percent(value, context["lang"])


@pass_context
def _date(context: Context, value: str, case: str = "nominative", year: bool = True) -> str:
    return formats.day(value, context["lang"], case, year=year)


@pass_context
def _month(context: Context, value: str, case: str = "nominative") -> str:
    return formats.month(value, context["lang"], case)


@pass_context
def _clock(context: Context, value: str) -> str:
    return formats.clock(value, context["lang"])


@pass_context
def _plural(context: Context, value: Number, one: str, other: str, zero: str | None = None) -> str:
    return formats.plural(value, context["lang"], one, other, zero)


def _capitalised(value: Text | str, language: Language) -> str:
    text = value.to(language) if isinstance(value, Text) else value
    return text[:1].upper() + text[1:]


@pass_context
def _capital(context: Context, value: Text | str) -> str:
    """The text with a capital first letter."""
    return _capitalised(value, context["lang"])


@pass_context
def _cited(_context: Context, sources: tuple[str, ...]) -> str:
    """Nothing to read: notes sources that no value of the text brings along.

    It takes the context so that Jinja does not work it out once and for all when it compiles.
    """
    note_sources(sources)
    return ""


@pass_context
def _band(context: Context, band: Band) -> str:
    """The edges of a distance band: "500–1999 km"; the open last one: "≥ 8000 km"."""
    first = formats.number(band.from_km, context["lang"])
    if band.to_km is None:
        return f"≥\u00a0{first}\u00a0km"
    return f"{first}–{formats.number(band.to_km, context['lang'])}\u00a0km"


@pass_context
def _counted(context: Context, value: int, single: str, other: str, zero: str | None = None) -> str:
    """Like `plural`, but one is a word of the phrase and not a figure: "viena prioritāte"."""
    return single if value == 1 else formats.plural(value, context["lang"], single, other, zero)


@pass_context
def _items(context: Context, values: tuple[Text, ...]) -> Markup:
    """A bulleted list, one text a line."""
    return Markup("\n").join(Markup("• ") + escape(line) for line in _strings(context, values))


@pass_context
def _joined(context: Context, values: tuple[Text, ...], last: str = ", ") -> str:
    """The texts with commas between them; `last` stands before the last one (" un ", " and ")."""
    words = list(_strings(context, values))
    return ", ".join(words[:-1]) + last + words[-1] if len(words) > 1 else "".join(words)


@pass_context
def _names(context: Context, sectors: tuple[Sector, ...], form: str = "name") -> tuple[str, ...]:
    """The names of sectors in the form asked for (`name`, `of`, `within`)."""
    return tuple(getattr(context["call"].sector(s), form).to(context["lang"]) for s in sectors)


def _strings(context: Context, values: tuple[Text | str, ...]) -> Iterator[str]:
    for value in values:
        yield value.to(context["lang"]) if isinstance(value, Text) else str(value)
