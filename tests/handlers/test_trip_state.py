"""A trip travels in 64 bytes and comes back the same; what is forged comes back as nothing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.buttons import pack, unpack
from handlers.trip_state import LONGEST, decode, encode
from knowledge.party import Party
from knowledge.place_journeys import MOST_ORIGINS
from knowledge.places import load_places
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from knowledge.trip import MOST_DAYS, MOST_MONEY, Start, Ticket, Trip

PLACES = load_places()
towns = st.integers(0, 40_000).map(PLACES.place)
sizes = st.integers(0, MOST_PEOPLE)
parties = st.builds(Party, sizes, sizes, sizes).filter(lambda party: 1 <= party.people <= MOST_PEOPLE)
few = st.builds(Party, st.integers(0, 6), st.integers(0, 14), st.integers(0, 2)).filter(
    lambda p: p.people > 0
)
tickets = st.none() | st.builds(
    Ticket, st.decimals(Decimal("0.01"), MOST_MONEY, places=2).map(Decimal.normalize), st.booleans()
)
kinds = st.sampled_from(("training", "meeting"))
days = st.integers(0, MOST_DAYS)
kilometres = st.decimals(Decimal("0.001"), FARTHEST_KM, places=3) | st.integers(1, FARTHEST_KM).map(Decimal)

by_km = st.builds(
    lambda party, km, kind, days, ticket: Trip((Start(party),), km=km, kind=kind, days=days, ticket=ticket),
    parties, kilometres, kinds, days, tickets,
)  # fmt: skip
single = st.builds(
    lambda start, end, party, kind, days, ticket: Trip(
        (Start(party, start),), end, kind=kind, days=days, ticket=ticket
    ),
    towns, towns, parties, kinds, days, tickets,
)  # fmt: skip


def tables(people: st.SearchStrategy[Party]) -> st.SearchStrategy[Trip]:
    return st.builds(
        lambda starts, end, kind, days, at: Trip(
            tuple(Start(party, origin) for origin, party in starts),
            end,
            kind=kind,
            days=days,
            selected=at % len(starts),
        ),
        st.lists(st.tuples(towns, people), min_size=1, max_size=MOST_ORIGINS),
        towns, kinds, days, st.integers(0, 7),
    )  # fmt: skip


def same(trip: Trip) -> bool:
    packed = encode(trip)
    return packed is not None and len(packed) <= LONGEST and decode(packed, PLACES) == trip


@settings(max_examples=300, deadline=None)
@given(by_km | single | tables(few))
def test_every_trip_comes_back_from_a_button(trip: Trip) -> None:
    packed = encode(trip)
    assert packed is not None
    assert len(packed) <= LONGEST
    press = unpack(pack("j", "lv", packed))
    assert press is not None
    assert press.fields == (packed,)
    assert decode(packed, PLACES) == trip


@settings(max_examples=100, deadline=None)
@given(tables(parties))
def test_a_crowd_from_everywhere_comes_back_or_has_no_button(trip: Trip) -> None:
    assert encode(trip) is None or same(trip)


def test_eight_places_with_a_class_and_its_teachers_fit() -> None:
    capitals = ["Rīga", "Viļņa", "Tallina", "Helsinki", "Varšava", "Brisele", "Lisabona", "Atēnas"]
    found = [PLACES.find(name).best for name in capitals]
    starts = tuple(Start(Party(staff=4, learners=30), place) for place in found)
    assert same(Trip(starts, PLACES.find("Parīze").best, days=14, selected=7))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=LONGEST) | st.from_regex(r"[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{0,58}", fullmatch=True))
def test_nothing_forged_raises_or_makes_a_senseless_trip(forged: str) -> None:
    trip = decode(forged, PLACES)
    assert trip is None or (trip.starts and trip.people >= 1 and trip.days <= MOST_DAYS)
