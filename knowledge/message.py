"""A message as a person sends it: greeting, story, and one or several questions."""

from __future__ import annotations

import re

from knowledge import words

MOST_QUESTIONS = 3
"""Questions of one message that are answered; more would be a list nobody reads on a phone."""

_END = re.compile(
    r"""
      (?<=[?!…])\s+           # after a question or an exclamation
    | (?<=[^\W\d_]{2}\.)\s+(?=[^\W\d_])   # after a full stop that ends a word: not in "24. marts"
    | \s*\n+\s*
    | ;\s+
    """,
    re.VERBOSE,
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message, in order."""
    return tuple(part for part in (piece.strip() for piece in _END.split(text.strip())) if part)


def questions(text: str) -> tuple[str, ...]:
    """The sentences that ask: those with a question mark or a word that asks; at most three."""
    asking = tuple(sentence for sentence in sentences(text) if asks(sentence))
    return asking[:MOST_QUESTIONS]


def asks(sentence: str) -> bool:
    """Whether a sentence asks, by its mark or its first words."""
    if sentence.rstrip("\"'”“»)").endswith("?"):
        return True
    first = [token.form for token in words.tokens(sentence)[:3]]
    return any(form in words.question_words(language) for form in first for language in ("lv", "en", "ru"))
