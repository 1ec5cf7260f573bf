"""A conversation as a pleasant terminal shows it: styles, links, frames, numbered buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.panel import Panel
from rich.progress import Progress
from rich.style import Style
from rich.text import Text

from bot.local.conversation import Shown
from bot.local.entities import Run

WIDTH = 88
"""Longer lines tire the eye."""

_STYLES = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "underline": Style(underline=True),
    "strikethrough": Style(strike=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
    "blockquote": Style(dim=True),
    "expandable_blockquote": Style(dim=True),
}


class Terminal:
    """Shows messages one below the other; an edited one stands again, marked as edited."""

    def __init__(
        self, *, edited: str, below: Callable[[Shown], list[str]], console: Console | None = None
    ) -> None:
        self._edited = edited
        self._below = below
        self._console = console or Console(highlight=False)

    def show(self, shown: Shown) -> None:
        """A message in a frame, a toast as one line."""
        if shown.kind == "toast":
            self._console.print(Text(f"💬 {shown.text}", style="yellow"))
            return
        text = Text().join(_styled(run) for run in shown.runs)
        rows = [Text(row, style="bold blue") for row in self._below(shown)]
        content = Group(text, *([Text("")] if rows else []), *rows)
        title = f"✎ {self._edited}" if shown.edited else None
        width = min(WIDTH, self._console.width)
        self._console.print(
            Panel(content, title=title, title_align="left", width=width, border_style="dim", padding=(0, 1))
        )


def _styled(run: Run) -> Text:
    style = Style.combine([Style.null(), *(_STYLES[name] for name in run.styles if name in _STYLES)])
    if run.url:
        style += Style(link=run.url, underline=True, color="blue")
    return Text(run.text, style=style)


@contextmanager
def progress() -> Iterator[Callable[[int], None]]:
    """A bar on standard error; call what it gives with the total after each step."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda total: bar.update(task, advance=1, total=total)
