"""Latvian word forms, without diacritics, to one key each.

Written for folded text ("termins", "jaiesniedz"), because people type so and because folding already
undoes the soft consonants (ļ, ņ, š, ž, č, dž). Three steps: a known irregular root, else the longest
inflection, else what derivation left behind (-šana, -ums, theme vowels, participles). Consistency
matters, beauty does not: the key of "budžets" may be any string as long as every form gives it.

Measured in ``tests/knowledge/test_latvian.py``: of 8,430 forms of 231 words, with and without diacritics,
99 % get the key of their lemma (92 to 96 % of words not seen before), and 13 of 26,565 pairs of words share
one, most of them meant to (jautāt and jautājums).
Left out on purpose: agents in -tājs stay apart from their verb (skolotājs is not skola), -ība and
-nieks stay (dalībnieks is not dalība), prefixes stay (atmaksāt is not maksāt).
"""

import re
from itertools import product

SHORTEST = 3
"""Letters a key keeps at least: "cel" (ceļš), "gad" (gads) are whole roots."""


def _words(text: str) -> list[str]:
    return text.split()


_CASES = _words(
    "a as ai am u us os o e es ei em i is im ie iem s ij iet ies amies aties imies ieties "
    "ais aja ajam ajai ajas ajos ajiem ajo ajie"
)
_ENDINGS = tuple(frozenset(e for e in _CASES if len(e) == n) for n in range(max(map(len, _CASES)) + 1))

# What may stand between a root and its case ending; only used to recognise forms of the roots below.
_THEMES = _words(
    "t ts j aj ej ij oj uj at et it ot ut s as es is os us san asan esan isan osan usan "
    "us jus ajus ejus ijus ojus jos ajos ejos ijos ojos jam ajam ejam ijam ojam am "
    "jum ajum ejum ijum ojum um ak"
)
_FORMS = frozenset(theme + case for theme, case in product(["", *_THEMES], ["", *_CASES]))

_ROOTS: dict[str, str] = {
    # Nouns that look inflected or derived and are neither.
    **dict.fromkeys(_words("menes termin budzet uznemum pasakum attalum ligum vecak sekret mater"), ""),
    **dict.fromkeys(_words("program problem system sistem tem skem team claim exam item intern"), ""),
    **dict.fromkeys(_words("adres interes kurs proces statut institut konkurs resurs kampus campus"), ""),
    **dict.fromkeys(_words("valod grafik pirm otr anket bilet pilset tarif biedr pamat rezultat"), ""),
    **dict.fromkeys(_words("nedel lapus lappus majaslap"), ""),
    # Which and when, which and where are different questions.
    "kad": "kads",
    "kur": "kurs-",
    "sais": "sait",
    "atskais": "atskait",
    "biles": "bilet",
    "studens": "student",
    "iestaz": "iestad",
    "gadin": "gad",
    "mac": "mac",
    "starpbriz": "starpbrid",
    "programm": "program",
    "kilometer": "kilometr",
    "uznemej": "uznemum",
    "maks": "maks",
    "atmaks": "atmaks",
    "apmaks": "apmaks",
    "samaks": "samaks",
    "nomaks": "nomaks",
    "izmaks": "izmaks",
    "iemaks": "iemaks",
    "parmaks": "parmaks",
    "piemaks": "piemaks",
    # Derived nouns too short for the general rule.
    "ilgum": "ilg",
    "ilgst": "ilg",
    "sakum": "sak",
    "beigum": "beig",
    "braucien": "brauk",
    "lidojien": "lid",
    "izbraucien": "izbrauk",
    "parbraucien": "parbrauk",
    # Verbs whose present, past or infinitive have different roots.
    "var": "var",
    "spej": "spej",
    "spe": "spej",
    "lid": "lid",
    "zin": "zin",
    "dabu": "dabu",
    "dabuj": "dabu",
    "but": "but",
    "bus": "but",
    "bij": "but",
    "esam": "but",
    "esat": "but",
    "esot": "but",
    "vajadzig": "vajag",
    "vajadzib": "vajag",
    "seg": "seg",
    "sedz": "seg",
}

# Second roots of verbs that also take prefixes: prefix + key, "piesak" → "pieteik", "ieguv" → "iegu".
_PREFIXES = _words("aiz ap at ie iz no pa par pie sa uz")
_PREFIXED = {
    "sak": ("teik", "sak"),  # piesakos is pieteikties, but bare sākt is commoner than saku in questions
    "teic": ("teik", "teik"),
    "teik": ("teik", "teik"),
    "nak": ("nak", "nak"),
    "nac": ("nak", "nak"),
    "naks": ("nak", "nak"),
    "gust": ("gu", "gust"),
    "guv": ("gu", "guv"),
    "gut": ("gu", "gut"),
    "gus": ("gu", "gus"),
    "gu": ("gu", "gu"),
    "dod": ("dot", "dot"),
    "dev": ("dot", "dot"),
    "dos": ("dot", "dot"),
    "dot": ("dot", "dot"),
    "liek": ("lik", "lik"),
    "liec": ("lik", "lik"),
    "lik": ("lik", "lik"),
    "lic": ("lik", "lik"),
    "perk": ("pirk", "pirk"),
    "perc": ("pirk", "pirk"),
    "brauc": ("brauk", "brauk"),
    "sut": ("sut", "sut"),
    "nem": ("nem", "nem"),
    "iet": ("iet", "iet"),
    "iesim": ("iet", "iet"),
    "ej": ("iet", "iet"),
    "gaj": ("iet", "iet"),
    "ved": ("ves", "ves"),
    "ves": ("ves", "ves"),
    "vest": ("ves", "ves"),
    "liedz": ("lieg", "lieg"),
    "cel": ("cel", "cel"),
    "cels": ("cel", "cel"),
    "celt": ("cel", "cel"),
    "tiek": ("tik", "tik"),
    "tik": ("tik", "tik"),
    "tic": ("tic", "tic"),
}
for _root, (_with_prefix, _bare) in _PREFIXED.items():
    _ROOTS.setdefault(_root, _bare)
    for _prefix in _PREFIXES:
        _ROOTS.setdefault(_prefix + _root, _prefix + _with_prefix)
_ROOTS |= {
    **dict.fromkeys(_words("saprot saprat saprast saprati sapra"), "saprast"),
    **dict.fromkeys(_words("atrod atrad atrast atradi atra"), "atrast"),
    "pieejam": "pieejam",
    "metoz": "metod",
    "iesak": "ieteik",
    "uzsak": "uzsak",  # uzsākt (to begin) is commoner than uzteikt (to praise)
    "aizsak": "aizsak",
    "pasak": "pateik",
    "patik": "patik",
    "noteik": "noteik",
    "saist": "saist",
}
_LONGEST_ROOT = max(map(len, _ROOTS))

_WHOLE = {
    **dict.fromkeys(_words("ir esmu esi bus but butu busi nav"), "but"),
    **dict.fromkeys(_words("iet eju ejam ejat iesim iesiet"), "iet"),
    **dict.fromkeys(_words("dot dod dodu dos dosu"), "dot"),
}

# Debitive: "jaiesniedz". What follows ja- in words that are no verbs of duty.
_NO_DUTY = re.compile(r"ja(?:u(?!z)|nv|n[iu]|pan|kas$|kt|ht|smi|ros|maik|va$|zz)")

_NEGATED_PREFIX = re.compile(r"ne(?:aiz|ap|at|ie|iz|no|pa|pie|sa|uz|tie?k|ja)[a-z]{3,}")
_NEGATED_ROOT = re.compile(
    r"ne(?:var|drikst|vajag|vajadz|vaig|zin|maks|brau[ck]|lido|snie[dg]|saka|tei[kc]|dod|dab|gri[bv]|"
    r"strad|sut|rakst|der|es(?:am|at|mu|ot)|bij|bus|but|sedz|seg|lieto|gust|gu[vts]|skait|rad|redz|"
    r"liek|lik|pirk|perk|izdo|ved|notik|beidz|beig|macit|atbilst|atbild|klust|kluv|esm|nem|nak|sak)"
)
_NOT_NEGATED = re.compile(
    r"ne(?:piecies|atkarig|pilngad|paties|atliekam|noteikt|sen|vien|dela|saka?$|apol|noliedz|iespejam$)"
)


def negated(word: str) -> bool:
    """Whether a folded verb form carries ne-: "nevar", "neiesniegts", "nav"; not "nepieciešams", "nedēļa"."""
    if not word.startswith("n"):
        return False
    if word in ("nav", "neesam", "neesmu", "neesat", "nebija", "nebus"):
        return True
    if not word.startswith("ne") or _NOT_NEGATED.match(word):
        return False
    return bool(_NEGATED_ROOT.match(word) or _NEGATED_PREFIX.fullmatch(word))


def stem(word: str) -> str:
    """The key all forms of a folded Latvian word share; at least three letters of it, or the word itself.

    ne- and the debitive jā- do not change the key ("nevar" = "var"); ask ``negated`` for the former.
    """
    if word in _WHOLE:
        return _WHOLE[word]
    if len(word) <= SHORTEST:
        return word
    if negated(word):
        word = word[2:]
        if len(word) <= SHORTEST or word in _WHOLE:
            return _WHOLE.get(word, word)
    if word.startswith("ja") and len(word) >= 5 and not _NO_DUTY.match(word):
        word = word[2:]
        if word in _WHOLE:
            return _WHOLE[word]
    root = _root_of(word)
    if root is not None:
        return root
    base, ending = _without_ending(word)
    key = _underived(_undoubled(base), ending)
    return _ROOTS.get(key) or (key if key in _ROOTS else _harden(key))


def _root_of(word: str) -> str | None:
    for length in range(min(len(word), _LONGEST_ROOT), 1, -1):
        head = word[:length]
        if head in _ROOTS and word[length:] in _FORMS:
            return _ROOTS[head] or head
    return None


_AGENT = re.compile(r"[a-z]{2}[^aeiou][aeio]t$")


def _without_ending(word: str) -> tuple[str, str]:
    for length in range(min(len(_ENDINGS) - 1, len(word) - SHORTEST), 0, -1):
        ending = word[-length:]
        if ending in _ENDINGS[length]:
            base = word[:-length]
            if ending.startswith("aj") and _AGENT.search(base):
                return base + "aj", ending[2:]  # skolotaj-iem, not skolot-ajiem
            return base, ending
    return word, ""


_DEGREE = re.compile(r"(?:vis)?(.{2,}?[^aeiou])ak")
_GERUND = re.compile(r"(.{3,}[aeiou][js])[ao]t")
_ACTION = re.compile(r"(.{2,}?[^aeiou])[aeiou]?san|(.{3,})j?(?<=[aeiou]j)jum")
_NOUN = re.compile(r"(.{3,}?)[aeio]jum|(.{4,})um")
_PARTICIPLE = re.compile(r"(.{5,}|.{3,}j)(?:us|os)|(.{5,}|.{3,}j|.{2,}(?:dz|c))am")
_THEME_J = re.compile(r"(.{3,})(?:(?<![aeio]t)a|[eiou])j")
_THEME_T = re.compile(r"(.{2,}[^aeiou])[aeio]t")
_FUTURE = re.compile(r"(.{3,}[^aeiou])[aeiou]s")
_FUTURE_SHORT = re.compile(r"(.{2,}[^aeiou])[aeiou]s")
_DIMINUTIVE = re.compile(r"(.{3,}[^aeiou])in")
_SOFT_T = re.compile(r"(.{2,}[^aeiou]ie)s")  # jaunietis, jaunieša
_SOFTENING = frozenset(("a", "i", "u", "iem", "us", "os"))
_ONLY_FUTURE = frozenset(("im", "iet", "ies", "imies", "ieties"))


def _underived(base: str, ending: str) -> str:
    """Strip, in this order: soft t, degree, -šana, -ums, participle, theme (j, t, s) and diminutive."""
    if ending in _SOFTENING and (match := _SOFT_T.fullmatch(base)):
        return match[1] + "t"
    if match := _DEGREE.fullmatch(base):
        return match[1]
    if match := _GERUND.fullmatch(base):
        base = match[1]
    for pattern in (_ACTION, _NOUN, _PARTICIPLE):
        if match := pattern.fullmatch(base):
            base = match[match.lastindex or 0]
            break
    future = _FUTURE_SHORT if ending in _ONLY_FUTURE else _FUTURE
    for pattern in (_THEME_J, _THEME_T, future):
        if match := pattern.fullmatch(base):
            base = match[1]
            break
    if match := _DIMINUTIVE.fullmatch(base):
        base = match[1]
    return base


def _undoubled(base: str) -> str:
    """Programm → program, class → clas: plurals and two languages differ in doubled letters."""
    if len(base) > SHORTEST and base[-1] == base[-2] and base[-1] not in "aeiou":
        return base[:-1]
    return base


_ENDS_OF_STEM = ("kt", "gt", "mt", "pt", "bt", "gs", "ks")


def _harden(base: str) -> str:
    """Undo what inflection does to the last consonant: iesniedz, iesniegs, iesniegt → iesnieg; zemj → zem."""
    if len(base) > SHORTEST and base[-1] == "j" and base[-2] in "bpmv":
        base = base[:-1]
    shortest = SHORTEST + 1 if base.endswith("ks") else SHORTEST  # "maks" is a root, "brauks" a future
    if len(base) > shortest and base.endswith(_ENDS_OF_STEM):
        base = base[:-1]
    if len(base) > SHORTEST and base.endswith("dz"):
        return base[:-2] + "g"
    if len(base) > SHORTEST and base.endswith("c"):
        return base[:-1] + "k"
    return base
