"""The knowledge follows its files, but never into a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.web.known import LiveKnowledge


async def looked(live: LiveKnowledge) -> bool:
    """Two looks: the second finds the files at rest."""
    return await live.look() or await live.look()


async def test_files_that_stay_the_same_are_no_news(live: LiveKnowledge) -> None:
    await looked(live)
    assert not await looked(live)


async def test_a_file_still_being_written_is_left_alone_until_it_rests(live: LiveKnowledge) -> None:
    root = live.known.services.knowledge.root
    file = root / "entries" / "travel.yaml"
    assert isinstance(file, Path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2] + "\n  oops", encoding="utf-8")
    assert not await live.look()
    file.write_text(text + "\n# written to its end\n", encoding="utf-8")
    assert not await live.look()
    assert await live.look()
    assert not live.news.broken
    assert live.news.changed == ("knowledge/data/entries/travel.yaml",)


@pytest.mark.parametrize("content", [b"\xff\xfe not utf-8", b"- id: [", b"- {}", b"{{ x }}: 1"])
async def test_whatever_is_wrong_with_a_file_it_is_said_and_the_last_good_stays(
    live: LiveKnowledge, content: bytes
) -> None:
    file = live.known.services.knowledge.root / "entries" / "people.yaml"
    assert isinstance(file, Path)
    before, known = file.read_bytes(), live.known
    file.write_bytes(content)
    try:
        assert await looked(live)
        assert live.news.broken
        assert live.known is known
        assert live.news.problems[0].place.startswith("knowledge/data/entries/people.yaml")
        assert live.news.problems[0].message
    finally:
        file.write_bytes(before)
        await looked(live)
    assert not live.news.broken


async def test_what_lint_says_follows_a_change_that_was_taken_over(live: LiveKnowledge) -> None:
    file = live.known.services.knowledge.root / "entries" / "money.yaml"
    assert isinstance(file, Path)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("title: Maksimālais finansējums", "title: Lielākais finansējums", 1), "utf-8"
    )
    assert await looked(live)
    assert await live.check()
    assert any("Latvian text changed after the English" in each.message for each in live.news.problems)
    file.write_text(text, encoding="utf-8")
    await looked(live)


async def test_a_text_of_checks_that_cannot_be_shown_is_not_taken_over(live: LiveKnowledge) -> None:
    file = live.known.services.knowledge.root / "checks" / "ka2-2020.yaml"
    assert isinstance(file, Path)
    text, known = file.read_text(encoding="utf-8"), live.known
    file.write_text(text.replace("names('within')", "nam('within')", 1), encoding="utf-8")
    assert await looked(live)
    assert (live.news.broken, live.known is known) == (True, True)
    assert "there is no filter nam" in live.news.problems[0].message
    file.write_text(text, encoding="utf-8")
    await looked(live)
    assert not live.news.broken


@pytest.mark.parametrize("name", ["months.yaml", "budget_words.yaml"])
async def test_a_file_about_the_language_is_said_to_count_at_the_next_start(
    live: LiveKnowledge, name: str
) -> None:
    file = live.known.services.knowledge.root / name
    assert isinstance(file, Path)
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert await looked(live)
    assert live.news.restart == (f"knowledge/data/{name}",)
