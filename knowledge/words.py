"""Text to comparable words: what the index and every question pass through.

The language of a message is never guessed (short Latvian is taken for something else half of the time).
A word in Latin letters has one key whatever its language: English endings that Latvian lacks are removed
first, then the Latvian stemmer runs. A Latin word has a second key, ``ru:…``, because it may be Russian
typed in Latin letters; a Cyrillic word has only that one.

One key for Latvian and English was chosen after measuring: see ``tests/knowledge/test_words_rates.py``.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from pydantic import TypeAdapter

from knowledge import english, latvian, russian, yamlfile
from knowledge.problems import checked

RUSSIAN = "ru:"
"""Prefix of Russian keys, so that "net" (net profit) and "нет" (no) stay two words."""

CACHED_WORDS = 16_384
_CACHED_TEXTS = 8  # one reply looks at the words of its question a dozen times
LONGEST_WORD = 64  # letters; what goes on is cut, so that no message can be slow or fill the caches

_QUOTES = dict.fromkeys("‘’‚‛′`´ʼʹ＇", "'") | dict.fromkeys("“”„‟«»″❝❞", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_SIGNS = str.maketrans(_QUOTES | _DASHES | {"⁄": "/", "\u2028": " ", "\u2029": " "})
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# The letters nearly all messages consist of; the rest takes the slow way through Unicode decomposition.
_COMMON = russian.CYRILLIC | str.maketrans("āčēģīķļņšūž", "acegiklnsuz")
_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))


class Script(StrEnum):
    """The letters a word is typed in."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"


class Kind(StrEnum):
    """What a token is; only words are stemmed and repaired."""

    WORD = "word"
    NUMBER = "number"
    CODE = "code"  # KA201
    ADDRESS = "address"  # e-mail, URL
    SIGN = "sign"  # %


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: ``form`` folded to plain Latin, ``original`` casefolded with its diacritics."""

    form: str
    original: str
    script: Script
    kind: Kind


@lru_cache(maxsize=1)
def word_data() -> dict[str, Any]:
    """``data/words.yaml``: stop words, question words, number words, units."""
    name = f"{yamlfile.DATA}/words.yaml"
    text = yamlfile.read(resources.files("knowledge").joinpath("data", "words.yaml"), name)
    return checked(TypeAdapter(dict[str, Any]), text, name)


@lru_cache(maxsize=8)
def stop_words(language: str) -> frozenset[str]:
    """Folded words that carry no topic in "lv", "en" or "ru"; question words ("kad") are not among them."""
    return frozenset(_listed("stop", language))


@lru_cache(maxsize=8)
def question_words(language: str) -> frozenset[str]:
    """Folded words that ask ("cik", "kad", "who"): weak evidence for a topic, but evidence."""
    return frozenset(_listed("question", language))


@lru_cache(maxsize=8)
def _small_words(language: str) -> frozenset[str]:
    return stop_words(language) | question_words(language)


@lru_cache(maxsize=1)
def continuing_words() -> frozenset[str]:
    """Folded words that open a follow-up: "un augstskolām?", "and for adults?", "а для школ?"."""
    return listed("continuing")


@lru_cache(maxsize=CACHED_WORDS)
def carries_no_topic(token: Token) -> bool:
    """Whether a word is a stop word, asks or only continues, in any of the languages."""
    known = (_small_words(language) for language in ("lv", "en", "ru"))
    return token.form in continuing_words() or any(token.form in listed for listed in known)


@lru_cache(maxsize=8)
def listed(section: str) -> frozenset[str]:
    """The folded words of a section of `data/words.yaml`, all languages together."""
    return frozenset(word for text in word_data()[section].values() for word in normalise(text).split())


def languages_of(text: str) -> tuple[str, ...]:
    """The languages whose small words (the, ir, как) a text has most of; several where they tie.

    Not for finding an answer, only for choosing the language it is given in: short texts often have none.
    """
    found = tokens(text)
    if any(token.script is Script.CYRILLIC for token in found):
        return ("ru",)
    counts = {
        language: sum(token.form in _small_words(language) for token in found)
        for language in ("lv", "en", "ru")
    }
    counts["lv"] += any(letter in "āčēģīķļņšūž" for token in found for letter in token.original)
    most = max(counts.values())
    return tuple(language for language, count in counts.items() if count == most) if most else ()


def _listed(section: str, language: str) -> list[str]:
    words = normalise(word_data()[section].get(language, "")).split()
    return [*words, *(russian.coarse(w) for w in words)] if language == "ru" else words


def normalise(text: str) -> str:
    """Text as it is compared: lower case, plain quotes and dashes, Cyrillic in Latin letters, no diacritics.

    "Kādi  ТЕРМИНЫ – “Ceļš”" → 'kadi terminy - "cels"'. Applying it twice changes nothing; composed and
    decomposed input give the same. Punctuation and figures stay, invisible characters go.
    """
    return fold(_visible(text))


def fold(text: str) -> str:
    """Casefolded text without diacritics and in Latin letters; spaces and punctuation stay."""
    if text.isascii():
        return text
    return _folded(text)


def _folded(text: str) -> str:
    # Repeated since a compatibility form may unfold to a capital, a sign or another compatibility form.
    for _ in range(4):
        latin = text.translate(_COMMON)
        if latin.isascii():
            text = latin
            break
        plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if unicodedata.category(c) != "Mn")
        plain = unicodedata.normalize("NFC", plain).casefold().translate(_LETTERS).translate(_SIGNS)
        if plain == text:
            break
        text = plain
    return " ".join(text.split())


def _visible(text: str) -> str:
    """Casefolded NFKC text with one kind of quote, dash and space, and nothing that cannot be seen."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(
            c if (kind := unicodedata.category(c)) not in _INVISIBLE else " " if kind == "Cc" else ""
            for c in text
        )
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_SIGNS)
    return " ".join(text.split())


_TOKEN = re.compile(
    r"""
      (?P<url>(?:https?://|www\.)[^\s<>"]+)
    | (?P<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)
    | (?P<code>\b[kк][aа][\s-]?[1-3](?:\d\d)?(?!\d))
    | (?P<e>\b[eэ](?:-\s?|\s)(?:past|mail|learn|twin|rut|service|studij|macib|mācīb)[^\W\d_]*)
    | (?P<ehyphen>\b[eэ]-[^\W\d_]{3,})
    | (?P<erasmus>\berasmus(?:\s?\+|\splus\b))
    | (?P<number>\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)
    | (?P<word>[^\W\d_][^\W_]*(?:'[^\W_]+)*)
    | (?P<sign>[%€])
    """,
    re.VERBOSE,
)
# Most texts are words with spaces and commas between them: a simple pattern reads those four times as
# fast. "ka", "e" and "erasmus" may begin a code or a compound and take the long way.
_PLAIN = re.compile(r"(?:(?!(?:[kк][aа]|[eэ]|erasmus|www)\b)[^\W\d_]+(?:[,.?!;:]+(?: |$)| |$))+")
_LETTERS_ONLY = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GROUPED = re.compile(r"\d{1,3}(?:[ .,]\d{3})+")


@lru_cache(maxsize=_CACHED_TEXTS)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order.

    "KA 201", "ka-201" → ``ka201``; "e-pasts" → ``epasts``; "Erasmus+" → ``erasmus``; "12 500" and "12.500"
    → ``12500``; "850km" → ``850``, ``km``; "2021.–2027." → ``2021``, ``2027``; "teacher's" → ``teacher``;
    a URL → its host. Emoji and punctuation go.
    """
    visible = _visible(text)
    if _PLAIN.fullmatch(visible):
        return tuple(_token("word", word[:LONGEST_WORD]) for word in _LETTERS_ONLY.findall(visible))
    return tuple(_token(match.lastgroup or "", match[0][:LONGEST_WORD]) for match in _TOKEN.finditer(visible))


@lru_cache(maxsize=CACHED_WORDS)
def _token(group: str, raw: str) -> Token:
    script = Script.CYRILLIC if _CYRILLIC.search(raw) else Script.LATIN
    kind = Kind.WORD
    match group:
        case "url":
            raw, kind = re.sub(r"^(?:https?://)?(?:www\.)?", "", raw).split("/")[0] or raw, Kind.ADDRESS
        case "mail":
            kind = Kind.ADDRESS
        case "code":
            raw, kind = "ka" + re.sub(r"\D", "", raw), Kind.CODE
            script = Script.LATIN
        case "e" | "ehyphen":
            raw = re.sub(r"[-\s]", "", raw)
        case "erasmus":
            raw = "erasmus"
        case "number":
            raw, kind = _plain_number(raw), Kind.NUMBER
        case "sign":
            raw, kind = ("eur", Kind.WORD) if raw == "€" else (raw, Kind.SIGN)
        case _:
            raw = raw.removesuffix("'s").replace("'", "") or raw
    return Token(fold(raw).replace(" ", "") or raw, raw, script, kind)


def _plain_number(raw: str) -> str:
    if _GROUPED.fullmatch(raw):
        return re.sub(r"\D", "", raw)
    return raw.replace(",", ".")


@lru_cache(maxsize=CACHED_WORDS)
def stems(word: Token | str) -> tuple[str, ...]:
    """The keys of a word, best first: alternatives, so count the best match of them and not their sum.

    Latin letters: the Latvian-English key, then the ``ru:`` key. Cyrillic: the ``ru:`` key alone. Figures,
    codes and addresses: themselves. For indexing a text of known language take ``index_stem``.
    """
    token = word if isinstance(word, Token) else _single(word)
    if token.kind is not Kind.WORD:
        return (token.form,)
    in_russian = RUSSIAN + russian.stem(token.form)
    if token.script is Script.CYRILLIC:
        return (in_russian,)
    return (_latin(token.form), in_russian)


def stem(word: Token | str) -> str:
    """The best key of a word, never empty unless the word is."""
    return stems(word)[0]


def index_stem(word: Token | str, language: str) -> str:
    """The key under which a word of a text in ``language`` ("lv", "en", "ru") is stored: one word, one."""
    token = word if isinstance(word, Token) else _single(word)
    if token.kind is not Kind.WORD:
        return token.form
    if language == "ru" or token.script is Script.CYRILLIC:
        return RUSSIAN + russian.stem(token.form)
    return _latin(token.form)


def negated(word: Token | str) -> bool:
    """Whether a Latvian verb carries the prefix ne-, which ``stem`` removes: "nedrīkst", "nav"."""
    token = word if isinstance(word, Token) else _single(word)
    return token.script is Script.LATIN and token.kind is Kind.WORD and latvian.negated(token.form)


@lru_cache(maxsize=CACHED_WORDS)
def _latin(form: str) -> str:
    return latvian.stem(english.reduce(form)) or form


def _single(word: str) -> Token:
    found = tokens(word)
    if len(found) == 1:
        return found[0]
    script = Script.CYRILLIC if _CYRILLIC.search(word) else Script.LATIN
    return Token(normalise(word)[:LONGEST_WORD] or word, word, script, Kind.WORD)
