"""Great circles against the ellipsoid, and the properties of a distance."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.place import EARTH_RADIUS_KM
from knowledge.places import Place, distance_km, load_places
from knowledge.travel import FARTHEST_KM

PAIRS = """
Rīga Lisabona
Rīga Tallina
Rīga Viļņa
Daugavpils Brno
Valmiera Porto
Liepāja Stokholma
Ventspils Visby
Rēzekne Pleskava
Valka Tartu
Rīga Reikjavīka
Rīga Atēnas
Rīga Nikosija
Rīga Valleta
Jelgava Šauļi
Cēsis Berlīne
Helsinki Tromsø
Oslo Palermo
Parīze Bukareste
Madride Varšava
Londona Ankara
Dublina Stambula
Roma Sofija
Milāna Zagreba
Funchal Rovaniemi
Minhene Vīne
Briseles Luksemburga
Rīga Ņujorka
Rīga Tokija
Lisabona Sidneja
Rīga Cape_Town
""".strip().splitlines()
SPHERE_AND_ELLIPSOID = Decimal("0.0056")
ROUNDED = Decimal("0.05")


def place(name: str) -> Place:
    found = load_places().find(name.replace("_", " ")).best
    assert found is not None, name
    return found


@pytest.mark.parametrize("pair", PAIRS)
def test_the_sphere_differs_from_the_ellipsoid_as_little_as_stated(pair: str) -> None:
    geodesic = pytest.importorskip(
        "geographiclib.geodesic", reason="geographiclib is missing: pip install -e .[dev]"
    )
    a, b = (place(name) for name in pair.split())
    line = geodesic.Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)
    exact = Decimal(line["s12"]) / 1000
    assert abs(distance_km(a, b) - exact) <= exact * SPHERE_AND_ELLIPSOID + ROUNDED


def test_thirty_pairs_are_compared() -> None:
    assert len(PAIRS) == len(set(PAIRS)) == 30


def test_known_distances() -> None:
    assert distance_km(place("Rīga"), place("Lisabona")) == Decimal("3151.0")
    assert distance_km(place("Rīga"), place("Tallina")) == Decimal("279.6")


def test_the_same_place_twice_is_nought() -> None:
    assert distance_km(place("Rīga"), place("Rīgas")) == 0


def test_the_farthest_distance_is_within_the_limit_of_the_sums() -> None:
    pole, other = at(90, 0), at(-90, 0)
    assert Decimal(EARTH_RADIUS_KM) * 3 < distance_km(pole, other) <= FARTHEST_KM


def at(latitude: float, longitude: float) -> Place:
    return Place("somewhere", "XX", latitude, longitude, 0, "")


anywhere = st.builds(at, st.floats(-90, 90), st.floats(-180, 180))


@given(anywhere, anywhere)
def test_distance_is_symmetric_and_has_one_decimal(a: Place, b: Place) -> None:
    km = distance_km(a, b)
    assert km == distance_km(b, a)
    assert 0 <= km <= FARTHEST_KM
    assert km.as_tuple().exponent == -1


@given(anywhere, anywhere, anywhere)
def test_a_detour_is_never_shorter(a: Place, b: Place, c: Place) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 3 * ROUNDED
