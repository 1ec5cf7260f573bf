"""A message as a person sends it: greeting, story, and one or several questions."""

from __future__ import annotations

import re

from knowledge import words

MOST_QUESTIONS = 3
"""Questions of one message that are answered; more would be a list nobody reads on a phone."""

_AND = frozenset(("un", "and", "i"))
"""Folded; the last is Russian."""

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


def joined(text: str) -> tuple[str, ...]:
    """The questions of a single sentence that "and" joins, at most three: "cik partneru un kad termiņš".

    Only where each begins with a word that asks and says something more, and none points to another ("and
    what does it cost"); else none.
    """
    if len(sentences(text)) != 1:
        return ()
    parts: list[list[str]] = [[]]
    typed = text.split()
    for at, word in enumerate(typed):
        if words.normalise(word) in _AND and 0 < at < len(typed) - 1 and _is_asking(typed[at + 1]):
            parts.append([])
        else:
            parts[-1].append(word)
    whole = len(parts) > 1 and all(len(part) > 1 and asks(" ".join(part)) for part in parts)
    whole = whole and not any(token.form in words.listed("pointing") for token in words.tokens(text))
    return tuple(" ".join(part) for part in parts[:MOST_QUESTIONS]) if whole else ()


def _is_asking(word: str) -> bool:
    token = next(iter(words.tokens(word)), None)
    return token is not None and any(
        token.form in words.question_words(language) for language in ("lv", "en", "ru")
    )


def asks(sentence: str) -> bool:
    """Whether a sentence asks, by its mark or its first words."""
    if sentence.rstrip("\"'”“»)").endswith("?"):
        return True
    first = [token.form for token in words.tokens(sentence)[:3]]
    return any(form in words.question_words(language) for form in first for language in ("lv", "en", "ru"))


def asked(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of a message that ask, or else request ("tell me the sum, please"), and the story around.

    Where none does, all of them ask.
    """
    parts = sentences(text)
    asking = tuple(part for part in parts if asks(part)) or tuple(part for part in parts if _requests(part))
    return (asking, tuple(part for part in parts if part not in asking)) if asking else (parts, ())


def _requests(sentence: str) -> bool:
    return any(token.form in words.listed("request") for token in words.tokens(sentence))
