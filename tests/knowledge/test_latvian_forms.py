"""Paradigms of Latvian words, built from their class, for measuring the stemmer.

``TUNED`` holds the words the stemmer was worked out on. ``LATER`` and ``LAST`` were written after it and
met 95.7 % and 92.0 % of their forms at first sight; most misses were gerunds of -āt verbs, and atcelt and
saprast, which are irregular. Those were then mended, so the rates the tests hold are those of known words.
"""

import pytest

NOUNS_1 = ["s", "a", "am", "u", "ā", "i", "u", "iem", "us", "os"]
NOUNS_4 = ["a", "as", "ai", "u", "ā", "as", "u", "ām", "ās"]
NOUNS_5 = ["e", "es", "ei", "i", "ē", "es", "ēm", "ēs"]
NOUNS_6 = ["s", "ij", "i", "ī", "is", "īm", "īs", "u"]
ADJECTIVE_ENDINGS = """
s a am u ā i iem us os as ai ām ās ais ā ajam o ajā ie ajiem ajos ajai ajām ajās
āks āka āki āku ākais ākā āko ākie ākajiem i
"""
ADJECTIVE = ADJECTIVE_ENDINGS.split()
ADJECTIVE_SOFT = ["ais", "ā", "ajam", "o", "ajā", "ie", "ajiem", "ajos", "ajai", "ajām", "ajās", "os", "ās"]


def noun_1(root: str, nominative: str = "s") -> list[str]:
    return [root + (nominative if e == "s" else e) for e in NOUNS_1]


def noun_2(root: str, soft: str) -> list[str]:
    """Brālis: root "brāl", soft "brāļ"."""
    return [root + e for e in ("is", "im", "i", "ī")] + [soft + e for e in ("a", "i", "u", "iem", "us", "os")]


def noun_4(root: str) -> list[str]:
    return [root + e for e in NOUNS_4]


def noun_5(root: str, genitive_plural: str) -> list[str]:
    return [root + e for e in NOUNS_5] + [genitive_plural]


def noun_6(root: str) -> list[str]:
    return [root + e for e in NOUNS_6]


def reflexive_action(root: str) -> list[str]:
    return [root + e for e in ("šanās", "šanos")]


def action(root: str) -> list[str]:
    return [root + e for e in ("šana", "šanas", "šanu", "šanai", "šanā")]


def adjective(root: str) -> list[str]:
    return [root + e for e in ADJECTIVE] + ["vis" + root + e for e in ("ākais", "ākā", "ākie")]


def verb(infinitive: str, present: str, third: str, past: str, future: str | None = None) -> list[str]:
    """Forms from the infinitive, the present stem, the 3rd person and the past stem."""
    stem = infinitive.removesuffix("t")
    future = future or stem
    forms = [infinitive, third, "jā" + third]
    forms += [
        present + e for e in ("u", "am", "at", "ot", "ošs", "oša", "ošais", "ošie", "ams", "ama", "amie")
    ]
    forms += [past + e for e in ("u", "i", "a", "ām", "āt", "is", "usi", "uši", "ušas", "ušie")]
    forms += [future + e for e in ("šu", "si", "s", "sim", "siet", "šot")]
    forms += [
        stem + e for e in ("tu", "ts", "ta", "ti", "tas", "tā", "tās", "tais", "tajā", "tie", "tiem", "to")
    ]
    return forms + action(stem)


def verb_aat(root: str, vowel: str = "ā") -> list[str]:
    """Maksāt, organizēt, lidot: the theme vowel runs through all forms."""
    return verb(
        f"{root}{vowel}t", f"{root}{vowel}j", root + ("o" if vowel == "o" else vowel), f"{root}{vowel}j"
    )


def verb_iit(root: str, third: str = "a") -> list[str]:
    """Rakstīt, raksta, rakstīja."""
    return verb(f"{root}īt", root, root + third, f"{root}īj")


def verb_eet(root: str, third: str = "") -> list[str]:
    """Drīkstēt, drīkst, drīkstēja."""
    return verb(f"{root}ēt", root, root + third, f"{root}ēj")


def reflexive(infinitive: str, present: str, past: str) -> list[str]:
    """Pieteikties, piesakos, pieteicos: stems without endings."""
    forms = [infinitive + "ties"]
    forms += [present + e for e in ("os", "ies", "as", "amies", "aties", "oties")]
    forms += [past + e for e in ("os", "ās", "āmies", "āties", "ies", "usies", "ušies")]
    forms += [infinitive + e for e in ("šos", "sies", "simies", "sieties", "tos")]
    return [*forms, "jā" + present + "as", *reflexive_action(infinitive)]


def reflexive_long(root: str, vowel: str) -> list[str]:
    """Piedalīties, piedalās, piedalījās; the infinitive vowel is given."""
    stem = root + vowel
    forms = [
        f"{stem}ties",
        f"{root}os",
        f"{root}ies",
        f"{root}ās",
        f"{root}āmies",
        f"{root}āties",
        f"jā{root}ās",
    ]
    forms += [f"{stem}j{e}" for e in ("os", "ies", "ās", "āmies", "āties", "ies", "usies", "ušies")]
    forms += [f"{stem}{e}" for e in ("šos", "sies", "simies", "sieties", "tos")]
    return forms + reflexive_action(stem)


TUNED: dict[str, list[str]] = {
    "skola": noun_4("skol"),
    "skolotājs": noun_1("skolotāj"),
    "skolotāja": noun_4("skolotāj"),
    "skolēns": noun_1("skolēn"),
    "bērns": [*noun_1("bērn"), "bērniņš", "bērniņa", "bērniņi", "bērniņiem"],
    "nauda": [*noun_4("naud"), "naudiņa", "naudiņu", "naudiņas"],
    "maksāt": verb_aat("maks"),
    "segt": verb("segt", "sedz", "sedz", "sedz"),
    "atmaksāt": verb_aat("atmaks"),
    "apmaksāt": verb_aat("apmaks"),
    "termiņš": noun_1("termiņ", "š"),
    "pieteikums": noun_1("pieteikum"),
    "pieteikties": reflexive("pieteik", "piesak", "pieteic"),
    "iesniegt": verb("iesniegt", "iesniedz", "iesniedz", "iesniedz"),
    "anketa": noun_4("anket"),
    "partneris": noun_2("partner", "partner"),
    "valsts": noun_6("valst"),
    "projekts": noun_1("projekt"),
    "budžets": noun_1("budžet"),
    "mēnesis": noun_2("mēnes", "mēneš"),
    "gads": [*noun_1("gad"), "gadiņš", "gadiņu"],
    "diena": noun_4("dien"),
    "cilvēks": noun_1("cilvēk"),
    "dalībnieks": noun_1("dalībniek"),
    "dalībniece": noun_5("dalībniec", "dalībnieču"),
    "braukt": verb("braukt", "brauc", "brauc", "brauc"),
    "brauciens": noun_1("braucien"),
    "lidot": verb_aat("lid", "o"),
    "lidojums": noun_1("lidojum"),
    "ceļš": [*noun_1("ceļ", "š")],
    "attālums": noun_1("attālum"),
    "prioritāte": noun_5("prioritāt", "prioritāšu"),
    "nozare": noun_5("nozar", "nozaru"),
    "joma": noun_4("jom"),
    "augstskola": noun_4("augstskol"),
    "universitāte": noun_5("universitāt", "universitāšu"),
    "pieaugušais": ["pieauguš" + e for e in ADJECTIVE_SOFT],
    "profesionāls": adjective("profesionāl"),
    "izglītība": noun_4("izglītīb"),
    "apmācība": noun_4("apmācīb"),
    "mācīties": reflexive_long("māc", "ī"),
    "mācības": noun_4("mācīb"),
    "students": noun_1("student"),
    "studente": noun_5("student", "studenšu"),
    "personāls": noun_1("personāl"),
    "vadītājs": noun_1("vadītāj"),
    "kontakts": noun_1("kontakt"),
    "zvanīt": verb_iit("zvan"),
    "rakstīt": verb_iit("rakst"),
    "jautāt": verb_aat("jaut"),
    "jautājums": noun_1("jautājum"),
    "drīkstēt": verb_eet("drīkst"),
    "vajadzēt": [
        "vajadzēt",
        "vajag",
        "vajadzēja",
        "vajadzēs",
        "vajadzētu",
        "vajadzīgs",
        "vajadzīga",
        "vajadzīgi",
    ],
    "varēt": [*verb_eet("var"), "nevar", "nevarēs", "nevaram", "nevarētu"],
    "ilgums": noun_1("ilgum"),
    "ilgs": adjective("ilg"),
    "sākt": verb("sākt", "sāk", "sāk", "sāk"),
    "sākties": ["sākas", "sākties", "sāksies", "sākās", "sāksimies"],
    "beigties": ["beidzas", "beigties", "beigsies", "beidzās", "beigsimies"],
    "beigas": ["beigas", "beigu", "beigām", "beigās"],
    "sākums": noun_1("sākum"),
    "pagarināt": verb("pagarināt", "pagarin", "pagarina", "pagarināj"),
    "pagarinājums": noun_1("pagarinājum"),
    "pieredze": noun_5("pieredz", "pieredžu"),
    "apmaiņa": noun_4("apmaiņ"),
    "inovācija": noun_4("inovācij"),
    "rezultāts": noun_1("rezultāt"),
    "aktivitāte": noun_5("aktivitāt", "aktivitāšu"),
    "pasākums": noun_1("pasākum"),
    "sanāksme": noun_5("sanāksm", "sanāksmju"),
    "konference": noun_5("konferenc", "konferenču"),
    "grāmata": noun_4("grāmat"),
    "lapa": noun_4("lap"),
    "lappuse": noun_5("lappus", "lappušu"),
    "saite": noun_5("sait", "saišu"),
    "mājaslapa": noun_4("mājaslap"),
    "uzņēmums": noun_1("uzņēmum"),
    "biedrība": noun_4("biedrīb"),
    "bibliotēka": noun_4("bibliotēk"),
    "bērnudārzs": noun_1("bērnudārz"),
    "pašvaldība": noun_4("pašvaldīb"),
    "iestāde": noun_5("iestād", "iestāžu"),
    "organizācija": noun_4("organizācij"),
    "līgums": noun_1("līgum"),
    "pilnvara": noun_4("pilnvar"),
    "paraksts": noun_1("parakst"),
    "valoda": noun_4("valod"),
    "Latvija": ["Latvij" + e for e in ("a", "as", "ai", "u", "ā")],
    "ārzemes": ["ārzemes", "ārzemju", "ārzemēm", "ārzemēs"],
    "piedalīties": reflexive_long("piedal", "ī"),
    "brālis": noun_2("brāl", "brāļ"),
    "lācis": noun_2("lāc", "lāč"),
    "liels": adjective("liel"),
    "jauns": adjective("jaun"),
    "garš": adjective("gar")[1:],
    "dabūt": verb("dabūt", "dabūj", "dabū", "dabūj"),
    "saņemt": verb("saņemt", "saņem", "saņem", "saņēm"),
    "nākt": verb("nākt", "nāk", "nāk", "nāc"),
    "lūgt": verb("lūgt", "lūdz", "lūdz", "lūdz"),
}

LATER: dict[str, list[str]] = {
    "atbalstīt": verb_iit("atbalst"),
    "atbildēt": verb_eet("atbild"),
    "organizēt": verb_aat("organiz", "ē"),
    "strādāt": verb_aat("strād"),
    "izmantot": verb_aat("izmant", "o"),
    "sagatavot": verb_aat("sagatav", "o"),
    "aizpildīt": verb_iit("aizpild"),
    "nosūtīt": verb_iit("nosūt"),
    "izvēlēties": reflexive_long("izvēl", "ē"),
    "sadarboties": [
        "sadarboties",
        "sadarbojas",
        "sadarbojamies",
        "sadarbojās",
        "sadarbosies",
        "sadarbošanās",
    ],
    "apstiprināt": verb("apstiprināt", "apstiprin", "apstiprina", "apstiprināj"),
    "noslēgt": verb("noslēgt", "noslēdz", "noslēdz", "noslēdz"),
    "iegūt": [
        "iegūt",
        "iegūst",
        "iegūstam",
        "ieguva",
        "ieguvām",
        "iegūs",
        "iegūsim",
        "iegūtu",
        "iegūšana",
        "iegūts",
    ],
    "pirkt": verb("pirkt", "pērk", "pērk", "pirk"),
    "pārtraukt": verb("pārtraukt", "pārtrauc", "pārtrauc", "pārtrauc"),
    "vērtēt": verb_aat("vērt", "ē"),
    "vērtētājs": noun_1("vērtētāj"),
    "pasniedzējs": noun_1("pasniedzēj"),
    "darbinieks": noun_1("darbiniek"),
    "audzēknis": noun_2("audzēkn", "audzēkņ"),
    "klase": noun_5("klas", "klašu"),
    "pilsēta": noun_4("pilsēt"),
    "viesnīca": noun_4("viesnīc"),
    "autobuss": noun_1("autobus"),
    "vilciens": noun_1("vilcien"),
    "lidmašīna": noun_4("lidmašīn"),
    "biļete": noun_5("biļet", "biļešu"),
    "dokuments": noun_1("dokument"),
    "veidlapa": noun_4("veidlap"),
    "ziņojums": noun_1("ziņojum"),
    "pārskats": noun_1("pārskat"),
    "atskaite": noun_5("atskait", "atskaišu"),
    "konkurss": noun_1("konkurs"),
    "uzsaukums": noun_1("uzsaukum"),
    "nometne": noun_5("nometn", "nometņu"),
    "jaunietis": noun_2("jauniet", "jaunieš"),
    "vecāki": ["vecāki", "vecāku", "vecākiem", "vecākus", "vecākos"],
    "ģimene": noun_5("ģimen", "ģimeņu"),
    "draugs": noun_1("draug"),
    "galds": noun_1("gald"),
    "māja": noun_4("māj"),
    "suns": ["suns", "suņa", "sunim", "suni", "sunī", "suņi", "suņu", "suņiem", "suņus"],
    "kaķis": noun_2("kaķ", "kaķ"),
    "laiks": noun_1("laik"),
    "laikapstākļi": ["laikapstākļi", "laikapstākļu", "laikapstākļiem", "laikapstākļos"],
    "restorāns": noun_1("restorān"),
    "spēle": noun_5("spēl", "spēļu"),
    "mūzika": noun_4("mūzik"),
    "kritērijs": noun_1("kritērij"),
    "nosacījums": noun_1("nosacījum"),
    "noteikums": noun_1("noteikum"),
    "iespēja": noun_4("iespēj"),
    "stratēģisks": adjective("stratēģisk"),
    "starptautisks": adjective("starptautisk"),
    "vietējais": ["vietēj" + e for e in ("ais", "ā", "o", "ie", "ajiem", "os", "ās", "ajā")],
    "digitāls": adjective("digitāl"),
    "lēts": adjective("lēt"),
    "dārgs": adjective("dārg"),
    "grupa": noun_4("grup"),
    "seminārs": noun_1("seminār"),
    "praktikants": noun_1("praktikant"),
    "stipendija": noun_4("stipendij"),
    "pabalsts": noun_1("pabalst"),
    "avanss": noun_1("avans"),
    "konts": noun_1("kont"),
    "banka": noun_4("bank"),
    "kods": noun_1("kod"),
    "reģistrācija": noun_4("reģistrācij"),
    "reģistrēties": [
        "reģistrēties",
        "reģistrējas",
        "reģistrējos",
        "reģistrējāmies",
        "reģistrēsies",
        "reģistrēšanās",
    ],
}

LAST: dict[str, list[str]] = {
    "pārbaudīt": verb_iit("pārbaud"),
    "meklēt": verb_aat("mekl", "ē"),
    "plānot": verb_aat("plān", "o"),
    "uzaicināt": verb("uzaicināt", "uzaicin", "uzaicina", "uzaicināj"),
    "palīdzēt": verb_eet("palīdz"),
    "mainīt": verb_iit("main"),
    "nodrošināt": verb("nodrošināt", "nodrošin", "nodrošina", "nodrošināj"),
    "izbeigt": verb("izbeigt", "izbeidz", "izbeidz", "izbeidz"),
    "samazināt": verb("samazināt", "samazin", "samazina", "samazināj"),
    "gaidīt": verb_iit("gaid"),
    "atcelt": verb("atcelt", "atceļ", "atceļ", "atcēl"),
    "saprast": [
        "saprast",
        "saprotu",
        "saprot",
        "saprotam",
        "saprata",
        "sapratu",
        "sapratīs",
        "saprotams",
        "nesaprotu",
    ],
    "interesēties": ["interesēties", "interesējas", "interesējos", "interesējāmies", "interesēšanās"],
    "apdrošināšana": ["apdrošināšana", "apdrošināšanas", "apdrošināšanu", "apdrošināšanai", "apdrošināšanā"],
    "summa": noun_4("summ"),
    "izmaksas": ["izmaksas", "izmaksu", "izmaksām", "izmaksās"],
    "likme": noun_5("likm", "likmju"),
    "kilometrs": noun_1("kilometr"),
    "koordinators": noun_1("koordinator"),
    "direktore": noun_5("direktor", "direktoru"),
    "pedagogs": noun_1("pedagog"),
    "ģimnāzija": noun_4("ģimnāzij"),
    "tehnikums": noun_1("tehnikum"),
    "vidusskola": noun_4("vidusskol"),
    "muzejs": noun_1("muzej"),
    "asociācija": noun_4("asociācij"),
    "ministrija": noun_4("ministrij"),
    "aģentūra": noun_4("aģentūr"),
    "adrese": noun_5("adres", "adrešu"),
    "tālrunis": noun_2("tālrun", "tālruņ"),
    "parole": noun_5("parol", "paroļu"),
    "sistēma": noun_4("sistēm"),
    "kļūda": noun_4("kļūd"),
    "pielikums": noun_1("pielikum"),
    "apliecinājums": noun_1("apliecinājum"),
    "mandāts": noun_1("mandāt"),
    "novērtējums": noun_1("novērtējum"),
    "punkts": noun_1("punkt"),
    "kvalitāte": noun_5("kvalitāt", "kvalitāšu"),
    "ilgtspēja": noun_4("ilgtspēj"),
    "klimats": noun_1("klimat"),
    "veselība": noun_4("veselīb"),
    "vide": noun_5("vid", "vidu"),
    "tehnoloģija": noun_4("tehnoloģij"),
    "metode": noun_5("metod", "metožu"),
    "kurss": noun_1("kurs"),
    "eksāmens": noun_1("eksāmen"),
    "vasara": noun_4("vasar"),
    "nedēļa": noun_4("nedēļ"),
    "stunda": noun_4("stund"),
    "rīts": noun_1("rīt"),
    "brīvs": adjective("brīv"),
    "svarīgs": adjective("svarīg"),
    "vienkāršs": adjective("vienkārš"),
    "mazs": adjective("maz"),
    "pieejams": adjective("pieejam"),
    "valstisks": adjective("valstisk"),
    "vilks": noun_1("vilk"),
    "zivs": noun_6("ziv"),
    "pica": noun_4("pic"),
    "koncerts": noun_1("koncert"),
    "futbols": noun_1("futbol"),
    "telefons": noun_1("telefon"),
}


@pytest.mark.parametrize("lemma", ["termiņš", "iesniegt", "mēnesis"])
def test_paradigms_hold_the_forms_people_type(lemma: str) -> None:
    typed = {"termiņš": "termiņiem", "iesniegt": "jāiesniedz", "mēnesis": "mēnešiem"}
    assert typed[lemma] in TUNED[lemma]
