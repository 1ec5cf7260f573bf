"""Russian word forms, typed in Cyrillic or in Latin letters, to one key.

Both scripts are brought to the same coarse Latin spelling first (ч, ch → c; ш, щ, sh, sch → s; ы, й, y, j →
i), then one table of endings serves both. Coarse spelling merges some sounds; the words of this bot survive.
"""

import re
from functools import lru_cache

CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "ju", "я": "ja", "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u",
    }
)  # fmt: skip
"""Cyrillic to the Latin spelling that Russian speakers in Latvia type most (zh, ch, sh, ju, ja)."""

_COARSE = (
    (re.compile("(?<=t)s[jy]a$"), ""),  # -ться, -тся
    (re.compile("shch|sch|sh"), "s"),
    (re.compile("ch|ts|tc"), "c"),
    (re.compile("zh"), "z"),
    (re.compile("kh|x"), "h"),
    (re.compile("[yj]o"), "e"),
    (re.compile("[yj]e"), "e"),
    (re.compile("[yj]"), "i"),
    (re.compile("w"), "v"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)

_ENDINGS_TEXT = (
    # nouns
    "a i u e o om em oi ei am ami ah iam iami iah ov ev ii ia iu ie iei iem iom "
    # adjectives
    "aia oe ee ogo ego omu emu im imi ih uiu iuiu ii "
    # verbs
    "at it et ut iat iut is es ete ite al ala alo ali il ila ilo ili el ela eli ial iala iali "
    "aet aem aiu aiut aite aes uet uem uiut uiu uiut ovat eval ivat avat ivaet ivali ival aia iaet iaiut "
    "ena eno eni enii anie anii ania enie enia eniem aniem eniu aniu"
)
_ENDINGS = tuple(
    frozenset(e for e in _ENDINGS_TEXT.split() if len(e) == n)
    for n in range(max(map(len, _ENDINGS_TEXT.split())) + 1)
)

# Roots that change inside the word, as coarse Latin: suppletive plurals, fleeting vowels, verb aspects.
_ROOTS = {
    "deneg": "deng", "deng": "deng", "denez": "deng",
    "rebenok": "det", "rebenk": "det", "rebiat": "det", "det": "det", "detei": "det", "detm": "det",
    "podav": "poda", "podat": "poda", "podai": "poda", "podam": "poda", "podad": "poda", "podal": "poda",
    "podac": "poda", "podast": "poda", "podae": "poda", "podan": "poda",
    "zaplat": "plat", "oplat": "oplat", "oplac": "oplat", "plac": "plat", "plat": "plat", "zaplac": "plat",
    "liud": "celovek", "celovek": "celovek", "ludei": "celovek", "liudei": "celovek", "ludi": "celovek",
    "den": "den", "dn": "den", "dnei": "den", "mesiac": "mesiac", "srok": "srok",
    "god": "god", "goda": "god", "let": "god",
    "mog": "moc", "moz": "moc", "moc": "moc", "mozn": "mozn", "mozno": "mozn",
    "ucastvu": "ucast", "ucastv": "ucast", "ucast": "ucast", "ucastnik": "ucastnik",
    "poluc": "poluc", "polucit": "poluc", "nuz": "nuzn", "nuzn": "nuzn", "nuzen": "nuzn",
    "edu": "ed", "edet": "ed", "ehat": "ed", "eh": "ed", "ezd": "ed", "ezz": "ed", "poed": "ed", "poeh": "ed",
    "ucitel": "ucitel", "universitet": "universit", "cisel": "cisl", "oplacen": "oplac",
    "kto": "kto", "cto": "cto", "sto": "sto", "skolk": "skolk",
}  # fmt: skip
_FLEETING = re.compile(r"([a-z]*[aeiou][a-z]*[bcdfghklmnprstvz])[oe](k|c)")
# "bilet" alone looks like a verb form; so the same letters go after a case ending has gone: "bileta".
_VERBAL = re.compile(r"([a-z]*[aeiou][a-z]*[^aeiou])(?:[aei]t|[aei]l|[ei]s)")
_ROOT_FORMS = frozenset(
    ("", "sia", "s", *_ENDINGS_TEXT.split(), "t", "l", "li", "la", "no", "n", "na", "ni", "m", "em")
)


@lru_cache(maxsize=16_384)
def coarse(word: str) -> str:
    """One rough Latin spelling for a Russian word in either script: "числа", "chisla" → "cisla"."""
    word = word.translate(CYRILLIC).replace("'", "")
    for pattern, replacement in _COARSE:
        word = pattern.sub(replacement, word)
    return word


def stem(word: str) -> str:
    """The key all forms of a Russian word share, from Cyrillic or from Latin letters; never empty."""
    spelt = coarse(word)
    if len(spelt) <= 2:
        return spelt or word
    for length in range(len(spelt), 1, -1):
        head = spelt[:length]
        if head in _ROOTS and spelt[length:] in _ROOT_FORMS:
            return _ROOTS[head]
    if len(spelt) > 5 and spelt.endswith("sia"):
        spelt = spelt[:-3]
    base = spelt
    for length in range(min(len(_ENDINGS) - 1, len(spelt) - 3), 0, -1):
        if spelt[-length:] in _ENDINGS[length]:
            base = spelt[:-length]
            break
    if match := _VERBAL.fullmatch(base):
        base = match[1]
    if match := _FLEETING.fullmatch(base):
        base = match[1] + match[2]
    return _ROOTS.get(base, base)
