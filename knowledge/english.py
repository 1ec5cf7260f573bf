"""English word forms, brought to where the Latvian stemmer can finish them.

Light on purpose: -ing, -ed, -y, possessives and British spelling. Plurals and silent -e need nothing
here, since the endings -s, -es, -ies, -e are Latvian endings too. Words of one family (apply, applicant,
application) stay apart; the vocabulary of concepts joins them where they mean the same.
"""

import re

_IRREGULAR = {
    "children": "child",
    "childs": "child",
    "people": "person",
    "peoples": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "paid": "pay",
    "went": "go",
    "gone": "go",
    "sent": "send",
    "spent": "spend",
    "written": "write",
    "wrote": "write",
    "got": "get",
    "given": "give",
    "gave": "give",
    "began": "begin",
    "begun": "begin",
    "left": "leave",
    "held": "hold",
    "taken": "take",
    "took": "take",
    "known": "know",
    "chosen": "choose",
    "criteria": "criterion",
    "center": "centre",
    "centers": "centre",
    "kilometers": "kilometre",
    "kilometer": "kilometre",
    "meters": "metre",
    "programmes": "program",
    "programme": "program",
    "enrolment": "enrollment",
    "traveler": "traveller",
    "travelers": "traveller",
    "cancelled": "cancel",
    "cancelling": "cancel",
    "fulfil": "fulfill",
    "colour": "color",
    "labour": "labor",
    "cheque": "check",
    "judgement": "judgment",
    "licence": "license",
    "tying": "tie",
    "flies": "fly",
    "choosing": "choose",
    "chose": "choose",
    "moved": "move",
    "saved": "save",
    "involved": "involve",
    "using": "use",
    "used": "use",
    "uses": "use",
}
_BRITISH = re.compile(r"([a-z]{3,}[nltmrdv])is(e[sd]?|ing|ations?|ers?)")
_ING = re.compile(r"([a-z]*[aeiouy][a-z]*[a-z]|[a-z]{3,})ings?")
_ED = re.compile(r"([a-z]*[aeiouy][a-z]*[b-df-hj-np-tv-z])ed")
_Y = re.compile(r"([a-z]{2,}[^aeiou])y")


def reduce(word: str) -> str:
    """A folded word without endings that only English has; other words come back unchanged.

    Latvian has no y, no final -ing and of final -ed only "ved" (leads), which is spared.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3:
        return word
    if "is" in word and (match := _BRITISH.fullmatch(word)):
        word = f"{match[1]}iz{match[2]}"
    if word.endswith(("ing", "ings")):
        match = _ING.fullmatch(word)
        if match and len(match[1]) >= 3:
            word = _single(match[1])
    elif word.endswith("ied") and len(word) > 5:
        word = word[:-3] + "y"
    elif word.endswith("ed") and not word.endswith(("ved", "eed")):
        match = _ED.fullmatch(word)
        if match and len(match[1]) >= 3:
            word = _single(match[1])
    elif word.endswith(("ved",)) and len(word) > 5 and word[-4] in "eiouar" and not word.endswith("ieved"):
        word = word[:-2]
    if match := _Y.fullmatch(word):
        word = match[1]
    return word


def _single(base: str) -> str:
    """Submitt → submit, travell → travel."""
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiou":
        return base[:-1]
    return base
