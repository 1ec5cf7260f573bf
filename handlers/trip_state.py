"""A trip as the data behind a button: all its state in one field of at most 58 characters.

Bits rather than text, since eight places with their people would not fit otherwise.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from decimal import Decimal

from knowledge.party import Party
from knowledge.place import Place
from knowledge.place_journeys import MOST_ORIGINS
from knowledge.places import Places
from knowledge.travel import MOST_PEOPLE
from knowledge.trip import MOST_DAYS, MOST_MONEY, Start, Ticket, Trip

LONGEST = 58
"""Characters that kind, version and language leave of a button's 64 bytes."""

_PLACE = 25  # bits of a GeoNames id; the greatest of 2026 has 24
_FEW = (MOST_ORIGINS - 1).bit_length()  # of a start's number, counted from 0
_CENTS = 100
_DECIMALS = 12  # of a kilometre; a typed figure has fewer digits


def encode(trip: Trip) -> str | None:
    """The trip's state; none where so many starts have so many people of each kind that it is too long."""
    bits = [str(int(trip.kind == "meeting")), _any(trip.days), str(int(trip.km is not None))]
    if trip.km is not None:
        places = -int(trip.km.normalize().as_tuple().exponent)
        places = max(places, 0)
        bits += [_any(places), _any(int(trip.km.scaleb(places))), _party(trip.starts[0].party)]
    elif trip.destination is not None:
        bits += [_fixed(int(trip.destination.key, 36), _PLACE), _fixed(len(trip.starts) - 1, _FEW)]
        for start in trip.starts:
            bits += [_fixed(int(start.origin.key, 36) if start.origin else 0, _PLACE), _party(start.party)]
        bits.append(_fixed(trip.selected, _FEW))
    bits.append(str(int(trip.ticket is not None)))
    if trip.ticket is not None:
        bits += [str(int(trip.ticket.each)), _any(int(trip.ticket.amount * _CENTS))]
    # The 1 keeps the zeros at the beginning.
    number = int("1" + "".join(bits), 2)
    packed = base64.b85encode(number.to_bytes((number.bit_length() + 7) // 8)).decode()
    return packed if len(packed) <= LONGEST else None


def decode(packed: str, places: Places) -> Trip | None:
    """The trip behind a button; none for a forged one, or where a place is gone from the gazetteer."""
    try:
        number = int.from_bytes(base64.b85decode(packed))
        trip = _Bits(bin(number)[3:]).trip(places)
    except (ValueError, ArithmeticError):
        return None
    return trip if _sensible(trip) else None


def _sensible(trip: Trip) -> bool:
    people = all(1 <= start.party.people <= MOST_PEOPLE for start in trip.starts)
    amount = trip.ticket is None or 0 < trip.ticket.amount <= MOST_MONEY
    return people and amount and trip.days <= MOST_DAYS and trip.selected < len(trip.starts)


def _party(party: Party) -> str:
    return _any(party.staff) + _any(party.learners) + _any(party.others)


def _fixed(number: int, width: int) -> str:
    if number >> width:
        raise ValueError(f"{number} has more than {width} bits")
    return f"{number:0{width}b}"


def _any(number: int) -> str:
    """A number from 0 in Elias's gamma code: small ones take few bits."""
    digits = f"{number + 1:b}"
    return "0" * (len(digits) - 1) + digits


class _Bits:
    """Reads in the order in which ``encode`` writes; ValueError where bits are missing or left over."""

    def __init__(self, bits: str) -> None:
        self._bits = bits
        self._at = 0

    def trip(self, places: Places) -> Trip:
        trip = Trip((), kind="meeting" if self._fixed(1) else "training", days=self._any())
        if self._fixed(1):
            decimals = self._any()
            if decimals > _DECIMALS:
                raise ValueError("no such fraction of a kilometre")
            km = Decimal(self._any()).scaleb(-decimals)
            trip = replace(trip, km=km, starts=(Start(self._party()),))
        else:
            destination, count = self._place(places), self._fixed(_FEW) + 1
            origins = [(self._place(places), self._party()) for _ in range(count)]
            starts = tuple(Start(party, origin) for origin, party in origins)
            trip = replace(trip, destination=destination, starts=starts, selected=self._fixed(_FEW))
        if self._fixed(1):
            each = bool(self._fixed(1))
            trip = replace(trip, ticket=Ticket(Decimal(self._any()) / _CENTS, each))
        if self._at != len(self._bits):
            raise ValueError("bits are left over")
        return trip

    def _party(self) -> Party:
        return Party(self._any(), self._any(), self._any())

    def _place(self, places: Places) -> Place:
        place = places.by_number(self._fixed(_PLACE))
        if place is None:
            raise ValueError("no such place")
        return place

    def _fixed(self, width: int) -> int:
        taken = self._bits[self._at : self._at + width]
        self._at += width
        if len(taken) < width:
            raise ValueError("bits are missing")
        return int(taken, 2)

    def _any(self) -> int:
        zeros = 0
        while self._fixed(1) == 0:
            zeros += 1
        self._at -= 1
        return self._fixed(zeros + 1) - 1
