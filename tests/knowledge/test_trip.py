"""What a trip brings: bands, days with a known rate, real cost; and never less for more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.call import Call
from knowledge.numbers import numbers
from knowledge.party import Party, party_of
from knowledge.place import Place
from knowledge.places import load_places
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from knowledge.trip import MOST_DAYS, MOST_MONEY, Kind, Start, Ticket, Trip, cost, expensive
from tests import elsewhen, worlds

CALL = worlds.knowledge().call
CALLS = (CALL, elsewhen.knowledge().call)
KINDS: tuple[Kind, ...] = ("training", "meeting")


def km_trip(
    km: str, party: Party, kind: Kind = "training", days: int = 0, ticket: Ticket | None = None
) -> Trip:
    return Trip((Start(party),), km=Decimal(km), kind=kind, days=days, ticket=ticket)


def town(name: str) -> Place:
    found = load_places().find(name).best
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("4 skolēni", Party(learners=4)),
        ("4 skolēni un 2 skolotāji", Party(staff=2, learners=4)),
        ("6 people, of them 2 teachers", Party(staff=2, others=4)),
        ("6 skolēni un 2 pavadoņi", Party(learners=6, others=2)),
        ("sešiem skolēniem un divām pavadošajām personām", Party(learners=6, others=2)),
        ("8 mācību apguvēji", Party(learners=8)),
        ("0 cilvēki", Party()),
        ("850 km", None),
    ],
)
def test_people_are_counted_by_their_kinds(text: str, party: Party | None) -> None:
    assert party_of(numbers(text)) == party


def test_travel_counts_everybody_and_the_stay_each_by_their_rate() -> None:
    spent = cost(CALL, km_trip("850", Party(staff=2, learners=6), days=5))
    [part] = spent.parts
    assert part.travel == 275 * 8
    assert [(stay.learners, stay.total) for stay in part.stays] == [(True, 58 * 5 * 6), (False, 106 * 5 * 2)]
    assert spent.total == 275 * 8 + 58 * 5 * 6 + 106 * 5 * 2


def test_after_the_last_known_day_days_are_counted_as_unknown_and_not_paid() -> None:
    spent = cost(CALL, km_trip("850", Party(staff=1), days=20))
    assert (spent.known_days, spent.unknown_days) == (14, 6)
    assert spent.total == 275 + 106 * 14


def test_accompanying_persons_travel_but_their_stay_is_open() -> None:
    spent = cost(CALL, km_trip("850", Party(learners=6, others=2), days=5))
    assert spent.total == 275 * 8 + 58 * 5 * 6
    assert spent.either == (106 * 5 * 2, 58 * 5 * 2)
    assert not spent.undecided, "no word on who travels would settle it"


def test_people_of_no_named_kind_have_two_totals() -> None:
    spent = cost(CALL, km_trip("850", Party(others=4), days=5))
    assert spent.undecided
    assert spent.either == (106 * 5 * 4, 58 * 5 * 4)


def test_a_meeting_has_bands_of_its_own_and_no_days() -> None:
    spent = cost(CALL, km_trip("2000", Party(staff=3), "meeting", days=5))
    assert spent.total == 760 * 3
    assert (spent.known_days, spent.unknown_days, spent.either) == (0, 0, None)
    assert cost(CALL, km_trip("99", Party(staff=3), "meeting")).total == 0


def test_the_same_place_brings_nothing() -> None:
    riga = town("Rīga")
    spent = cost(CALL, Trip((Start(Party(learners=3), riga),), riga, days=5))
    assert spent.total == 0
    assert spent.parts[0].way is None


@pytest.mark.parametrize(
    ("band", "real", "paid"),
    [
        (275, "392.85", None),  # 70 % of it is 274.995
        (275, "392.87", "314.30"),
        (275, "500", "400"),
        (275, "300", None),
        (0, "10", "8"),
        (20, "1200.50", "960.40"),
    ],
)
def test_the_share_of_the_real_cost_is_paid_only_where_the_band_covers_too_little(
    band: int, real: str, paid: str | None
) -> None:
    assert expensive(CALL, band, Decimal(real)).paid == (Decimal(paid) if paid else None)


def test_a_ticket_counts_for_each_or_for_all() -> None:
    each = cost(CALL, km_trip("850", Party(staff=3), ticket=Ticket(Decimal(600))))
    assert each.total == 1440
    together = cost(CALL, km_trip("850", Party(staff=3), ticket=Ticket(Decimal(600), each=False)))
    assert together.total == 825
    assert cost(CALL, km_trip("850", Party(staff=3), "meeting", ticket=Ticket(Decimal(600)))).total == 1725


@pytest.mark.parametrize(
    "trip",
    [
        km_trip("850", Party()),
        km_trip("850", Party(staff=600, learners=600)),
        km_trip("0", Party(1)),
        km_trip("-1", Party(1)),
        km_trip("20041", Party(1)),
        km_trip("850", Party(1), days=-1),
        km_trip("850", Party(1), days=MOST_DAYS + 1),
        km_trip("850", Party(1), ticket=Ticket(Decimal(0))),
        km_trip("850", Party(1), ticket=Ticket(Decimal(-5))),
        km_trip("850", Party(1), ticket=Ticket(Decimal(MOST_MONEY + 1))),
        Trip(()),
        Trip((Start(Party(1)),)),
    ],
)
def test_nonsense_is_refused(trip: Trip) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
        cost(CALL, trip)


sizes = st.integers(0, 300)
parties = st.builds(Party, sizes, sizes, sizes).filter(lambda party: 1 <= party.people < MOST_PEOPLE)
distances = st.decimals(Decimal("0.1"), FARTHEST_KM, places=1)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CALLS), st.sampled_from(KINDS), parties, distances, st.integers(0, 30), st.data())
def test_more_people_never_bring_less(
    call: Call, kind: Kind, party: Party, km: Decimal, days: int, data: st.DataObject
) -> None:
    which = data.draw(st.sampled_from(("staff", "learners", "others")))
    more = Party(**{f: getattr(party, f) + (f == which) for f in ("staff", "learners", "others")})
    fewer_cost = cost(call, Trip((Start(party),), km=km, kind=kind, days=days))
    assert cost(call, Trip((Start(more),), km=km, kind=kind, days=days)).total >= fewer_cost.total


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CALLS), st.sampled_from(KINDS), parties, distances, distances, st.integers(0, 30))
def test_a_farther_place_never_brings_less(
    call: Call, kind: Kind, party: Party, a: Decimal, b: Decimal, days: int
) -> None:
    near, far = (
        cost(call, Trip((Start(party),), km=km, kind=kind, days=days)).total for km in sorted((a, b))
    )
    assert near <= far


@settings(max_examples=100, deadline=None)
@given(parties, distances, st.decimals(Decimal("0.01"), 5000, places=2), st.booleans())
def test_a_told_ticket_never_brings_less_than_the_band(
    party: Party, km: Decimal, amount: Decimal, each: bool
) -> None:
    plain = cost(CALL, Trip((Start(party),), km=km))
    assert cost(CALL, Trip((Start(party),), km=km, ticket=Ticket(amount, each))).total >= plain.total
