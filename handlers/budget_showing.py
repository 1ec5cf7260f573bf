"""A budget on the screen: what is shown of it, and buttons that lead to another budget or another view.

A view is a letter, for a line or a sum with its place behind: `m` months, `o` organisations, `p` project,
`t` meetings (`t0` the first line), `l` activities, `s` sums, `x` the file; the empty one is the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Rows
from knowledge.budget import Reckoning, reckon
from knowledge.budgetplan import Budget
from knowledge.budgetstate import digest, encode
from knowledge.call import Call
from knowledge.render import Rendered
from knowledge.sources import cite

KIND = "b"


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, and the line or sum it is about."""

    kind: str = ""
    at: int | None = None

    @classmethod
    def read(cls, text: str) -> View:
        """The view that a button names; the whole card where it names none."""
        kind, at = text[:1], text[1:]
        return cls(kind, int(at)) if at.isascii() and at.isdecimal() else cls(kind)

    def __str__(self) -> str:
        return self.kind if self.at is None else f"{self.kind}{self.at}"


WHOLE, MONTHS, ORGANISATIONS, PROJECT, FILE = View(), View("m"), View("o"), View("p"), View("x")
MEETINGS, TRAININGS, OWN_SUMS = View("t"), View("l"), View("s")


@dataclass(frozen=True, slots=True)
class Showing:
    """A budget on the screen: buttons lead from it to other budgets and other views."""

    turn: Turn
    budget: Budget
    view: View = WHOLE

    @property
    def call(self) -> Call:
        """The call whose rules count."""
        return self.turn.services.knowledge.call

    @property
    def reckoning(self) -> Reckoning:
        """The budget worked out."""
        return reckon(self.call, self.budget)

    def packed(self) -> str:
        """What a button that leads here carries."""
        state = encode(self.call, self.budget)
        return pack(KIND, self.turn.language, digest(self.call), state, str(self.view))

    def button(self, label: str, *, budget: Budget | None = None, view: View | None = None) -> Button:
        """A button that changes the budget, the view or both."""
        there = replace(self, budget=budget or self.budget, view=self.view if view is None else view)
        return Button(label, there.packed())

    def steps(
        self, label: str, value: int, span: tuple[int, int], give: Callable[[int], Budget], far: int = 0
    ) -> tuple[Button, ...]:
        """A row that makes a value smaller or larger within its span, by one and, if named, by `far`."""
        least, most = span
        ways = (-far, -1, 0, 1, far) if far else (-1, 0, 1)
        buttons = []
        for way in ways:
            if least <= value + way <= most:
                sign = ("−" if way < 0 else "+") + (str(abs(way)) if abs(way) > 1 else "")
                buttons.append(self.button(sign if way else label, budget=give(value + way)))
        return tuple(buttons)

    def back(self, view: View) -> tuple[Button, ...]:
        """The row that leads back."""
        return (self.button(self.turn.label("budget.back"), view=view),)

    def say(self, key: str, detail: Rendered | None = None, **values: object) -> str:
        """A phrase about one thing and its detail, the total so far, and where their figures stand."""
        rendered = self.turn.services.phrases.rendered(
            key,
            self.turn.language,
            budget=self.budget,
            detail=detail.html if detail else "",
            total=self.reckoning.total,
            **values,
        )
        sources = (*rendered.sources, *(detail.sources if detail else ()))
        cited = cite(self.turn.services.knowledge.documents, dict.fromkeys(sources), self.turn.language)
        source = self.turn.say("footer.source", sources="; ".join(cited)) if cited else ""
        return f"{rendered.html}\n\n{source}".strip()


Shown = tuple[str, Rows]
"""Text and buttons of a view."""


def ticked(label: str, chosen: bool) -> str:
    """A choice's label, marked where it is the one chosen."""
    return f"✅ {label}" if chosen else label


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Buttons side by side, so many a row."""
    listed = tuple(buttons)
    return tuple(listed[at : at + width] for at in range(0, len(listed), width))
