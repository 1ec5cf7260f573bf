"""Makes the pictures of docs/images anew: `ka2bot web` on a phone, in both languages, as small PNGs.

Needs Debian's chromium and the extra `dev`: `make screenshots`.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, ViewportSize, expect

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests import worlds
from tests.browser.chromium import browser
from tests.browser.preview import PHONE, Preview, Visitor, preview

IMAGES = Path(__file__).parent.parent / "docs" / "images"

COLOURS = 256
"""Of the palette: a page of flat colours loses nothing to the eye and two thirds of its size."""

DESKTOP: ViewportSize = {"width": 1200, "height": 760}

MONEY = "entries/money.yaml"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is said before, in which language, on what."""

    name: str
    says: tuple[str, ...]
    language: Literal["lv", "en"] = "lv"
    scheme: Literal["light", "dark"] = "light"
    size: ViewportSize | None = None
    presses: tuple[str, ...] = ()
    why: bool = False
    broken: bool = False


SHOTS = (
    Shot("question-lv", ("cik naudas var dabut",)),
    Shot("question-en", ("how many partners do we need",), "en", "dark"),
    Shot("travel-en", ("travel 850 km, 4 pupils", "/travel 850 4"), "en"),
    Shot("check-lv", ("/check",), presses=("Organizācija Latvijā", "KA201 · skolu izglītība")),
    Shot("why-en", ("how long may a project last",), "en", why=True),
    Shot("broken-lv", ("cik naudas var dabut",), size=DESKTOP, broken=True),
)


async def main() -> None:
    """Every picture, with a chat of its own."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with browser() as chromium, preview(Path(folder), worlds.OPEN) as page:
            for shot in SHOTS:
                picture = await taken(chromium, page, shot)
                path = IMAGES / f"{shot.name}.png"
                path.write_bytes(small(picture))
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")  # noqa: T201 - what it is for


async def taken(chromium: Browser, page: Preview, shot: Shot) -> bytes:
    """The picture as the browser makes it, twice as fine as a page's pixels on a phone."""
    context = await chromium.new_context(
        viewport=shot.size or PHONE,
        color_scheme=shot.scheme,
        locale={"lv": "lv-LV", "en": "en-GB"}[shot.language],
        reduced_motion="reduce",
        has_touch=shot.size is None,
        device_scale_factor=2 if shot.size is None else 1,
    )
    visitor = Visitor(await context.new_page())
    await visitor.opens(page.url)
    if shot.language == "en":
        await visitor.page.get_by_role("radio", name="EN").check(force=True)
        await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
        await visitor.is_ready()
    for text in shot.says:
        await visitor.says(text)
    for label in shot.presses:
        await visitor.presses(label)
        await expect(visitor.last.get_by_role("button", name=label, exact=True)).to_have_count(0)
    if shot.why:
        await visitor.last.locator(".side").click()
        await expect(visitor.why).to_be_in_viewport()
    if shot.broken:
        page.write(MONEY, "title: Maks", "titel: Maks")
        await expect(visitor.news).to_be_visible()
    picture = await visitor.page.screenshot(animations="disabled", caret="hide")
    if shot.broken:
        page.write(MONEY, "titel: Maks", "title: Maks")
        await expect(visitor.news.locator("h2")).to_contain_text(MONEY)
    await context.close()
    return picture


def small(picture: bytes) -> bytes:
    """The same picture with a palette."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    reduced = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    asyncio.run(main())
