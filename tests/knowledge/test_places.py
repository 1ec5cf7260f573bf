"""Names of towns as people type them: cases, languages, no diacritics, typos, namesakes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.places import Place, Places, load_places

# Town and ISO country: forms that must mean it without a question and without repair.
FORMS = """
Aizkraukle, LV: Aizkraukle
Aizpute, LV: Aizputē
Alūksne, LV: Alūksnes
Ankara, TR: Ankaras
Antalya, TR: Antāliju
Antwerp, BE: Antverpenē
Athens, GR: Atēnām, Афин
Baden-Baden, DE: Baden-Baden
Balvi, LV: Balvos, Balviem
Barcelona, ES: Barselonu, Барселоны
Bari, IT: Bari
Bauska, LV: Bauskas
Belgrade, RS: Belgradu
Bergen, NO: Bergenā
Berlin, DE: Berlīnē
Białystok, PL: Bialystok
Birmingham, GB: Birmingham
Bologna, IT: Boloņā
Bordeaux, FR: Bordo
Braga, PT: Bragu
Bratislava, SK: Bratislavu
Bremen, DE: Brēmenes
Brno, CZ: Brno
Brussels, BE: Брюсселя, Brisele, Briseli, Bruselē, Briselē
Bucharest, RO: Bukarestē
Budapest, HU: Budapeštas
Burgas, BG: Burgasā
Cambridge, GB: Kembridžas
Chisinau, MD: Kišiņevas, Kišiņevu
Cluj-Napoca, RO: Kluža-Napoka, Klužā, Cluj
Coimbra, PT: Koimbru
Copenhagen, DK: Kopenhagena, Kopenhāgenā
Córdoba, ES: Cordoba
Cēsis, LV: Cēsīm, Cēsu
Daugavpils, LV: Daugavpilī, Даугавпилса
Dobele, LV: Dobelē
Dresden, DE: Drēzdenē
Dublin, IE: Dublinu
Düsseldorf, DE: Diseldorfā, Duesseldorf
Edinburgh, GB: Edinburgā
Faro, PT: Faro
Florence, IT: Florence, Firenze, Florenci
Frankfurt am Main, DE: Frankfurtes, Frankfurt, Frankfurtē
Gdańsk, PL: Gdaņskā
Geneva, CH: Genève, Ženēvu
Gent, BE: Gentē
Glasgow, GB: Glāzgovu
Gothenburg, SE: Gēteborgu, Goteborg
Graz, AT: Grācu
Gulbene, LV: Gulbenes
Hamburg, DE: Hamburgas
Helsinki, FI: Helsinkos, Helsinkiem, Хельсинки
Iaşi, RO: Iasi
Istanbul, TR: Stambulu, Стамбула
Jelgava, LV: Jelgavu, Елгавы
Jēkabpils, LV: Jēkabpilī
Jūrmala, LV: Jūrmalā, Юрмалы
Katowice, PL: Katovicēs
Kaunas, LT: Kauņā, Kaunas, Kauņas
Klaipėda, LT: Klaipēdu, Klaipeda
Košice, SK: Košicēs, Kosice
Kraków, PL: Krakovu, Krakow
Krāslava, LV: Krāslavas
Kuldīga, LV: Kuldīgā
Kyiv, UA: Kijivas, Kijevu, Kijivu, Киева
Köln, DE: Ķelni, Köln, Koeln
L'Aquila, IT: L'Aquila, Laquila, L Aquila
Leipzig, DE: Leipcigā
León, ES: Leona
Liepāja, LV: Liepājas, Liepājā, Лиепаи
Limassol, CY: Limasolā
Limbaži, LV: Limbažiem, Limbažu
Lisbon, PT: Lisabonas, Lisabonu, Лиссабон, Lisbonu
Ljubljana, SI: Ļubļanā
London, GB: Londonā
Ludza, LV: Ludzu
Luxembourg, LU: Luksemburga, Luksemburgu
Lyon, FR: Lionā
Līvāni, LV: Līvānos
Madona, LV: Madonā
Madrid, ES: Madridi, Мадрида
Malmö, SE: Malmē, Malmo
Manchester, GB: Mančestrā
Maribor, SI: Maribora, Mariborā
Marseille, FR: Marseļu
Milan, IT: Milānu
Minsk, BY: Minskas
Moscow, RU: Москвы, Maskavu
Munich, DE: Minhenes, München
Málaga, ES: Malagu
Mārupe, LV: Mārupē
Naples, IT: Neapoli
Narva, EE: Narvu
New York City, US: New York, Ņujorku, Ņujorkā
Newcastle upon Tyne, GB: Newcastle
Nice, FR: Nica, Nicas
Nicosia, CY: Nikosijas
Novi Sad, RS: Novi Sadā
Nuremberg, DE: Nirnbergu
Nīca, LV: Nīca
Ogre, LV: Ogre, Ogres
Olaine, LV: Olaines
Oslo, NO: Oslo
Ostrava, CZ: Ostravā
Palermo, IT: Palermo
Panevėžys, LT: Panevēžā
Paris, FR: Parīzi, Париж
Pilsen, CZ: Plzeņā, Plzen
Plovdiv, BG: Plovdivā
Podgorica, ME: Podgoricu
Ponta Delgada, PT: Ponta Delgada
Porto, PT: Porto
Poznań, PL: Poznaņu
Prague, CZ: Prāgas, Праги
Preiļi, LV: Preiļos
Pristina, XK: Prištinā
Pskov, RU: Pleskavā
Pärnu, EE: Pērnavas
Reykjavík, IS: Reikjavīku, Reykjavik
Riga, LV: Rīga, Rīgas, Риги, Rīgai, Rigu, riga, RĪGA
Rijeka, HR: Riekā, Rijekā
Rome, IT: Romas, Romu
Rotterdam, NL: Roterdamā
Saint Petersburg, RU: Санкт-Петербурга, Sankt-Peterburga
Saldus, LV: Saldū, Saldus
Salzburg, AT: Zalcburgā
Santa Cruz de Tenerife, ES: Santa Cruz de Tenerife
Sarajevo, BA: Sarajevā
Sevilla, ES: Seviļu
Sigulda, LV: Siguldas, Siguldā
Skopje, MK: Skopjes, Skopji
Sofia, BG: Sofiju
Split, HR: Splitā
Stockholm, SE: Stokholmā
Strasbourg, FR: Strasbūru
Stuttgart, DE: Štutgartes
Tallinn, EE: Tallinu, Таллина, Таллинн
Talsi, LV: Talsiem
Tartu, EE: Tartu, Tērbatā
Tbilisi, GE: Tbilisi
The Hague, NL: Hāgas
Thessaloníki, GR: Saloniku, Salonikos
Timişoara, RO: Timišoarā
Tirana, AL: Tirānā
Toulouse, FR: Tulūzas
Trondheim, NO: Tronheimā
Tukums, LV: Tukumā, Tukuma
Turin, IT: Turīnā
Uppsala, SE: Upsalā
Valencia, ES: Valensija, Valencia, Valensiju
Valga, EE: Valga
Valka, LV: Valka
Valletta, MT: Valletas, Valletu
Valmiera, LV: Valmierā, Valmeiras
Venice, IT: Venēcijas
Ventspils, LV: Ventspilī, Ventspili
Vienna, AT: Vīni, Vīnē, Вену
Vilnius, LT: Viļņā, Вильнюса, Vilņas, Vilnas
Warsaw, PL: Varšavu, Varšavā, Варшавы
Wrocław, PL: Vroclavas
Yerevan, AM: Erevānā
Zagreb, HR: Zagrebu
Zürich, CH: Cīrihē, Zürich
Århus, DK: Orhūsā
İzmir, TR: Izmirā
Ķekava, LV: Ķekavā
Łódź, PL: Lodzu, Lodz
Šiauliai, LT: Šauļos, Šauļiem, Siauliai
""".strip().splitlines()


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


def best(places: Places, name: str, near: Place | None = None) -> str:
    found = places.find(name, near)
    return f"{found.best.name}, {found.best.country}" if found.best else "none"


@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.partition(":")[0])
def test_every_form_means_its_town(places: Places, line: str) -> None:
    town, forms = line.split(": ")
    for form in forms.split(", "):
        found = places.find(form)
        assert (best(places, form), found.tie, found.guessed) == (town, False, False), form


def test_the_list_of_forms_is_long_enough() -> None:
    assert sum(line.count(",") for line in FORMS) >= 200


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("Daugavplis", "Daugavpils, LV"),
        ("Daugavplī", "Daugavpils, LV"),
        ("Barselna", "Barcelona, ES"),
        ("Lisbaona", "Lisbon, PT"),
        ("Kopenhgena", "Copenhagen, DK"),
        ("Stokhloma", "Stockholm, SE"),
        ("Vlamiera", "Valmiera, LV"),
        ("Rihga", "Riga, LV"),
        ("Reezekne", "Rēzekne, LV"),
        ("Liepaaja", "Liepāja, LV"),
        ("Ceesis", "Cēsis, LV"),
        ("Tuluuza", "Toulouse, FR"),
        ("Budapshta", "Budapest, HU"),
        ("Varsawa", "Warsaw, PL"),
        ("Лисабонн", "Lisbon, PT"),
    ],
)
def test_typos_are_forgiven(places: Places, typed: str, town: str) -> None:
    assert best(places, typed) == town


def test_a_repaired_name_says_that_it_was_guessed(places: Places) -> None:
    found = places.find("Daugavplis")
    assert found.guessed
    assert found.typed == "Daugavplis"
    assert not places.find("Daugavpilī").guessed


@pytest.mark.parametrize("typed", ["Qwerty", "Xyz", "", "  ", "???", "123", "🙂", "里加", "a"])
def test_what_is_no_town_finds_none(places: Places, typed: str) -> None:
    found = places.find(typed)
    assert found.best is None
    assert found.others == ()
    assert found.country is None


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Valmiers gads", ()), ("Daugavvpilss", ("Daugavpils",)), ("Barcelonetta", ("Barcelona",))],
)
def test_unknown_names_have_neighbours(places: Places, typed: str, near: tuple[str, ...]) -> None:
    names = [place.name for place in places.nearest(typed)]
    assert len(names) <= 3
    assert set(near) <= set(names)


@pytest.mark.parametrize(
    ("typed", "town", "others"),
    [
        ("Valencia", "Valencia, ES", {"VE"}),
        ("Córdoba", "Córdoba, ES", {"AR"}),
        ("Frankfurt", "Frankfurt am Main, DE", set()),
        ("Halle", "Halle (Saale), DE", {"BE", "DE"}),
        ("Newcastle", "Newcastle upon Tyne, GB", {"AU", "ZA"}),
        ("Birmingham", "Birmingham, GB", set()),
        ("Valletas", "Valletta, MT", {"FR"}),
        ("Ludzu", "Ludza, LV", {"PL"}),
    ],
)
def test_the_dominant_town_of_a_name_wins_and_others_are_offered(
    places: Places, typed: str, town: str, others: set[str]
) -> None:
    found = places.find(typed)
    assert best(places, typed) == town
    assert {other.country for other in found.others} >= others
    assert len(found.others) <= 3
    assert not found.tie


@pytest.mark.parametrize("typed", ["Brest", "Mérida", "Sala"])
def test_a_real_tie_asks(places: Places, typed: str) -> None:
    found = places.find(typed)
    assert found.tie
    assert found.others


def test_the_other_end_decides_a_tie(places: Places) -> None:
    minsk, madrid = places.find("Minsk").best, places.find("Madrid").best
    assert best(places, "Brest", minsk) == "Brest, BY"
    assert not places.find("Mérida", madrid).tie
    assert best(places, "Mérida", madrid) == "Mérida, ES"


def test_diacritics_tell_namesakes_apart(places: Places) -> None:
    """Nīca is in Latvia; Nica is Nice in Latvian."""
    assert best(places, "Nīcā") == "Nīca, LV"
    assert best(places, "Nicu") == "Nice, FR"


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("Valensija, Venecuēla", "Valencia, VE"),
        ("Halle (Beļģija)", "Halle, BE"),
        ("Brest, Belarus", "Brest, BY"),
        ("Brest, Francija", "Brest, FR"),
        ("Валенсия, Венесуэла", "Valencia, VE"),
    ],
)
def test_a_country_beside_the_name_decides(places: Places, typed: str, town: str) -> None:
    assert best(places, typed) == town


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("Vācija", "DE"),
        ("Vāciju", "DE"),
        ("Latvijas", "LV"),
        ("Malta", "MT"),
        ("Spain", "ES"),
        ("Испании", "ES"),
        ("Gruzija", "GE"),
        ("Georgia", "GE"),
        ("Holandi", "NL"),
        ("Anglijā", "GB"),
        ("Turkey", "TR"),
        ("Ziemeļmaķedonija", "MK"),
        ("Kipra", "CY"),
    ],
)
def test_a_country_alone_is_no_place_but_is_recognised(places: Places, typed: str, country: str) -> None:
    found = places.find(typed)
    assert found.best is None
    assert found.country == country
    assert {other.country for other in found.others} == {country}


def test_a_country_offers_its_capital_first(places: Places) -> None:
    assert places.find("Turcija").others[0].name == "Ankara"
    assert places.find("Vācija").others[0].name == "Berlin"


@pytest.mark.parametrize("typed", ["Luksemburga", "Monako", "Sanmarīno", "Singapore"])
def test_a_city_that_shares_its_country_s_name_is_a_place(places: Places, typed: str) -> None:
    assert places.find(typed).best is not None


def test_keys_are_short_and_lead_back(places: Places) -> None:
    for name in ("Rīga", "Lisabona", "Baden-Baden", "Ventspils"):
        place = places.find(name).best
        assert place is not None
        assert len(place.key) <= 8
        assert places.by_key(place.key) == place
    assert places.by_key("zzzzzzzz") is None
    assert places.by_key("") is None


def test_the_key_of_riga_never_changes(places: Places) -> None:
    """Buttons sent before a new gazetteer must go on working."""
    assert best(places, "Rīga") == "Riga, LV"
    riga = places.by_key("9rzg")
    assert riga is not None
    assert riga.name == "Riga"


@settings(deadline=None)  # the first example loads the gazetteer
@given(st.text(max_size=200))
def test_no_name_raises(text: str) -> None:
    places = load_places()
    found = places.find(text)
    assert found.best is not None or not found.tie
    assert len(places.nearest(text)) <= 3
