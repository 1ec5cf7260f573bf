"""Markup of texts, read and not said: tags that are not closed, signs that Telegram wants written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.twins import Twin
from bot.local.markup import MarkupError, parse

_EXPRESSION = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_SOMETHING = "https://some.thing"
"""Stands for what an expression says: it may be an address."""

_BARE = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[\da-fA-F]+);)")
_WRITTEN_OUT = re.compile(r"&(?:lt|gt|amp|quot);")
_OFFSET = re.compile(r" at byte offset \d+$")


def fault(template: str) -> str | None:
    """What Telegram would refuse in a template, all its branches taken together; None where it is fine."""
    if "<" not in template and "&" not in template:
        return None
    try:
        parse(_EXPRESSION.sub(lambda found: _SOMETHING if found[0][1] == "{" else "", template))
    except MarkupError as error:
        return described(error)
    return None


def described(error: MarkupError) -> str:
    """The error for whoever wrote the text: bytes of what was sent say nothing there."""
    return f"{_OFFSET.sub('', str(error))}; close each tag where it was opened, in the same field"


def ampersands(twins: Iterable[Twin], places: Places) -> Iterator[Finding]:
    """An & that markup needs written out, and one written out where there is no markup."""
    for twin in twins:
        plain = twin.role == "fact" or twin.name.endswith("/title")
        for text, file, path in (
            (twin.lv, twin.lv_file, twin.lv_path),
            (twin.en, twin.en_file, twin.en_path),
        ):
            found = (_WRITTEN_OUT if plain else _BARE).search(_EXPRESSION.sub("", text))
            if found is None:
                continue
            said = "there is no markup here; write & alone" if plain else "in markup & is written &amp;"
            yield Finding(places.near(file, path, found[0]), f"{twin.name}: {said}", "warning")
