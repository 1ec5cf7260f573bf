"""`ka2bot review`: from questions nobody could answer to proposals, with their effect, decided once."""

import asyncio
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr

from bot import review
from bot.metrics import Metrics
from bot.review import Desk
from bot.reviewing import proposals
from bot.reviewing.effect import default_files, questions_of
from bot.reviewing.groups import grouped, ideas, likeness
from bot.reviewing.proposals import Proposals
from bot.reviewing.wordings import wordings
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.store.unsettled import Unsettled
from handlers.context import Services
from handlers.counts import Asked, Reason
from knowledge import yamlfile
from knowledge.deciding import OutcomeKind
from knowledge.entry import phrasings
from knowledge.load import load_knowledge
from tests import worlds
from tests.bot.test_cli import ka2bot
from tests.conftest import SetClock
from tests.databases import sqlite_url

DAY = date(2026, 11, 3)
FARM = ("dzumura murgava knipausī", "knipausu dzumura murgavas")
"""Words that no phrasing holds, nor will."""
GOALS = "cik bļurkas iešmuka pupuļkantorī"
PARTNERS = "cik partneru vajag"
QUESTIONS: tuple[tuple[str, OutcomeKind], ...] = (
    (FARM[0], "fallback"),
    (FARM[0], "fallback"),
    (FARM[1], "choices"),
    (GOALS, "choices"),
)


def missed(question: str, day: date = DAY, kind: str = "fallback") -> Unsettled:
    return Unsettled(question, "lv", kind, day)


def down(question: str, entry: str, reason: Reason | None = None, day: date = DAY) -> Unsettled:
    return Unsettled(question, "lv", "down", day, entry, reason)


class Kept:
    """What the store holds in a test, and the desk that it lies on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.questions = (
            *(Unsettled(asked, "lv", kind, DAY) for asked, kind in QUESTIONS),
            down(PARTNERS, "minimum-partners", "outdated"),
        )
        self.sets: list[Path] = []

    def desk(self) -> Desk:
        desk = Desk(Settings(database_url=SecretStr("unused")), self.folder / "proposals.yaml", self.sets)
        desk.__dict__["services"] = worlds.services()
        desk.__dict__["kept"] = self.questions
        if not self.sets:
            desk.questions = []
        return desk

    def decide(self, text: str) -> Desk:
        file = self.folder / "decisions.yaml"
        file.write_text(text, encoding="utf-8")
        desk = self.desk()
        review.accept(desk, file)
        return desk

    @property
    def written(self) -> str:
        return (self.folder / "proposals.yaml").read_text(encoding="utf-8")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def firsts(desk: Desk) -> list[str]:
    return [group.wordings[0].text for group in desk.groups]


# wordings and groups


def test_a_wording_is_written_as_it_was_asked_most_and_counts_all_its_spellings() -> None:
    (found,) = wordings(
        [missed("Kur autobuss?"), missed("kur autobuss", DAY + timedelta(days=2)), missed("kur autobuss")]
    )
    assert (found.text, found.count, found.first, found.last) == (
        "kur autobuss", 3, DAY, DAY + timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what does the bus cost", "en"),
        ("cik maksā autobuss", "lv"),
        ("сколько стоит автобус", "ru"),
        ("KA229", "lv"),
    ],
)
def test_a_wording_belongs_among_the_phrasings_of_its_own_language(question: str, language: str) -> None:
    (found,) = wordings([missed(question)])
    assert found.language == language


def test_other_forms_words_and_languages_of_one_matter_are_one_group(services: Services) -> None:
    found = wordings(
        missed(asked)
        for asked in (
            "partneru skaits projektā",
            "cik partneri projektā",
            "сколько партнёров",
            GOALS,
            "projekta partneru skaitu",
        )
    )
    groups = grouped(services.search, found)
    together = next(group for group in groups if len(group.wordings) > 1)
    assert {wording.text for wording in together.wordings} >= {
        "partneru skaits projektā",
        "projekta partneru skaitu",
    }
    assert [wording.text for group in groups for wording in group.wordings].count(GOALS) == 1
    assert GOALS not in [wording.text for wording in together.wordings]


def test_the_same_questions_in_any_order_give_the_same_groups(services: Services) -> None:
    asked = [missed(text) for text, _ in QUESTIONS]
    groups = grouped(services.search, wordings(asked))
    assert grouped(services.search, wordings(reversed(asked))) == groups
    assert [group.count for group in groups] == sorted((g.count for g in groups), reverse=True)


def test_likeness_is_the_same_from_both_sides_and_full_with_itself(services: Services) -> None:
    one, other = (ideas(services.search, text) for text in FARM)
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, {}) == likeness({}, {}) == 0


def test_what_only_signs_say_is_a_group_of_its_own(services: Services) -> None:
    assert len(grouped(services.search, wordings([missed("👍"), missed("???")]))) == 2


# showing


def test_a_group_shows_counts_wordings_dates_and_the_nearest_entries_with_scores_and_places(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    review.show(kept.desk())
    said = capsys.readouterr().out
    first = said.split("\n\n")[0].splitlines()
    assert first[0] == "1: asked 3 times, 2026-11-03, Latvian"
    assert first[1] == "  not known twice; topics offered once"
    assert first[2:4] == [f"    2 ×  {FARM[0]}", f"    1 ×  {FARM[1]}"]
    assert re.search(r"minimum-partners “Cik partneru vajag”  knowledge/data/entries/\w+\.yaml:\d+", said)
    assert "answer of minimum-partners voted 👎 once (outdated 1)" in said
    assert said.splitlines()[-1] == "3 groups of 5 questions wait for a decision."


def test_the_same_as_data(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    review.show_json(kept.desk())
    groups = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [group["count"] for group in groups] == [3, 1, 1]
    assert list(groups[0]) == ["count", "first", "last", "languages", "wordings", "candidates"]
    assert groups[0]["wordings"][0]["not_known"] == 2
    assert all(0 <= c["score"] <= 1 for group in groups for c in group["candidates"])
    (voted,) = [group for group in groups if group["wordings"][0]["voted_down"]]
    assert voted["wordings"][0]["reasons"] == {"outdated": 1}
    assert voted["wordings"][0]["voted_down_entries"] == ["minimum-partners"]


def test_what_is_answered_meanwhile_is_only_counted(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept.questions = (missed(PARTNERS), missed("cik ilgst projekts"), missed(FARM[0]))
    review.show(kept.desk())
    said = capsys.readouterr().out
    assert "1 group of 1 question waits for a decision; 2 more are answered or decided meanwhile." in said


def test_an_answer_voted_down_is_settled_once_another_entry_gives_it(kept: Kept) -> None:
    kept.questions = (down(PARTNERS, "duration"), down("cik ilgst projekts", "duration"))
    assert firsts(kept.desk()) == ["cik ilgst projekts"]


def test_a_calculated_answer_voted_down_waits_until_it_is_mended(kept: Kept) -> None:
    kept.questions = (down("850 km 4 skolēni", "travel-bands", "wrong"),)
    assert firsts(kept.desk()) == ["850 km 4 skolēni"]


def test_a_late_vote_is_shown_by_its_entry(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept.questions = (down("", "duration"), down("", "duration", "wrong"))
    review.show(kept.desk())
    assert "2 ×  duration" in capsys.readouterr().out


def test_nothing_asked_is_said_so(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept.questions = ()
    review.show(kept.desk())
    assert capsys.readouterr().out == "Nothing was asked that needs a look.\n"


# deciding


def test_accepted_phrasings_are_written_as_blocks_to_paste(kept: Kept) -> None:
    kept.decide(f"{FARM[0]}: duration\n")
    tree = yamlfile.parse(kept.written, "proposals")
    assert tree == {"phrasings": [{"id": "duration", "lv": {"asks": "\n".join(FARM) + "\n"}}]}
    assert re.search(
        r"# “Projekta ilgums”, knowledge/data/entries/\w+\.yaml:\d+\n- id: duration", kept.written
    )


def test_a_block_pasted_as_it_stands_is_taken_by_the_knowledge_and_leaves_the_proposals(
    kept: Kept, tmp_path: Path
) -> None:
    kept.decide(f"{FARM[0]}: duration\n")
    block = [line for line in kept.written.splitlines() if line.startswith("      ")]
    data = tmp_path / "data"
    copy_data(data)
    file = data / worlds.knowledge().places["duration"].file
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("- id: duration")
    asks = next(n for n in range(start, len(lines)) if lines[n].strip() == "asks: |")
    file.write_text("\n".join((*lines[: asks + 1], *block, *lines[asks + 1 :])) + "\n", encoding="utf-8")
    knowledge = load_knowledge(data)
    assert set(FARM) <= set(phrasings(knowledge.entries["duration"].lv.asks))
    assert proposals.read(tmp_path / "proposals.yaml", knowledge) == Proposals()


def copy_data(to: Path) -> None:
    root = worlds.knowledge().root
    assert isinstance(root, Path)
    for file in root.rglob("*.yaml"):
        there = to / file.relative_to(root)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(file.read_bytes())


def test_a_new_entry_is_written_with_what_is_left_to_write(kept: Kept) -> None:
    kept.decide(f"{FARM[0]}: new entry\n{GOALS}: new entry\n")
    assert [each.id for each in kept.desk().decided.new_entries] == ["new-1", "new-2"]
    assert "title: …" in kept.written


@pytest.mark.parametrize("decision", ["duration", "new entry", "ignore"])
def test_what_was_decided_is_not_shown_again_nor_what_is_like_it(kept: Kept, decision: str) -> None:
    kept.decide(f"{FARM[0]}: {decision}\n")
    assert FARM[0] not in firsts(kept.desk())
    kept.questions = (*kept.questions, missed("knipausim dzumura murgava"))
    desk = kept.desk()
    assert not any("knipaus" in wording.text for group in desk.groups for wording in group.wordings)


def test_an_answer_put_right_is_shown_again_when_it_comes_up_later(kept: Kept) -> None:
    kept.decide(f"{PARTNERS}: mended\n")
    assert PARTNERS not in firsts(kept.desk())
    kept.questions = (*kept.questions, down(PARTNERS, "minimum-partners", day=DAY + timedelta(days=1)))
    assert PARTNERS in firsts(kept.desk())


def test_two_wordings_of_a_group_may_be_decided_each_by_itself(kept: Kept) -> None:
    kept.decide(f"{FARM[0]}: duration\n{FARM[1]}: ignore\n")
    decided = kept.desk().decided
    assert (decided.phrasings[0].every, phrasings(decided.ignored)) == ((FARM[0],), (FARM[1],))


def test_decisions_add_to_those_made_before(kept: Kept) -> None:
    kept.decide(f"{FARM[0]}: duration\n")
    kept.decide(f"{GOALS}: duration\n")
    (proposed,) = kept.desk().decided.phrasings
    assert proposed.every == (*FARM, GOALS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{GOALS}: ignore\n{FARM[0]}: no-such-entry\n",
            "decisions.yaml:2: there is no entry “no-such-entry”",
        ),
        ("kas tas ir: ignore\n", "decisions.yaml:1: “kas tas ir” waits for no decision"),
        ("- a\n- b\n", "write one decision a line"),
        ("a: [b\n", "decisions.yaml"),
    ],
)
def test_a_mistake_in_the_decisions_names_its_line_and_nothing_is_taken(
    kept: Kept, text: str, said: str
) -> None:
    with pytest.raises(typer.BadParameter) as caught:
        kept.decide(text)
    assert said in str(caught.value)
    assert not (kept.folder / "proposals.yaml").exists()


def test_a_broken_proposals_file_names_its_line(kept: Kept) -> None:
    (kept.folder / "proposals.yaml").write_text("ignored: |\n  x\nphrasing: 1\n", encoding="utf-8")
    with pytest.raises(typer.BadParameter, match=r"proposals\.yaml:3"):
        kept.desk().decided  # noqa: B018 - reads the file


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("zvaniet uz [phone] par murgavu", "something personal"),
        ("dzumura murgava " * 12, "longer than"),
        (PARTNERS, "stands in minimum-partners already"),
        ("👍", "no words"),
    ],
)
def test_what_cannot_be_a_phrasing_is_left_out_and_said_so(kept: Kept, question: str, why: str) -> None:
    kept.questions = (down(question.strip(), "minimum-partners"),)
    (wording,) = wordings(kept.questions)
    decided, said = review.take(kept.desk(), Proposals(), [wording], "duration")
    assert decided == Proposals()
    assert why in said[0]


QUESTION_SET = """\
{"id": "a", "q": "dzumura murgava knipausī?", "lang": "lv", "must": ["36"]}
{"id": "b", "q": "cik ilgst projekts", "lang": "lv", "must": ["36"]}
{"id": "c", "q": "knipausu dzumura murgavas", "lang": "lv"}
"""


def test_the_effect_is_shown_before_anything_is_merged(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.sets = [kept.folder / "set.jsonl"]
    kept.sets[0].write_text(QUESTION_SET, encoding="utf-8")
    kept.decide(f"{FARM[0]}: duration\n")
    said = capsys.readouterr().out
    assert re.search(r"strict\) +1 +2 +\(\+1\)", said)
    assert re.search(r"wrong\) +0 +0\n", said)
    assert re.search(r"false\) +0 +1 +\(\+1\)", said)
    better, worse = said.split("Better:")[1].split("Worse:")
    assert ("a [lv]" in better, "c [lv]" in worse, "b [lv]" in said) == (True, True, False)
    assert "then right (answer, duration)" in better
    assert worlds.services().search.find(FARM[0]).kind != "answer", "nothing was merged"


def test_of_the_projects_own_sets_only_the_half_that_may_be_seen_is_asked() -> None:
    found = questions_of(default_files())
    assert found
    assert not any(question.hold for question in found)


def talked(kept: Kept, *typed: str) -> str:
    """A conversation with these answers; more questions than answers fail."""
    answers: Iterator[str] = iter(typed)
    review.interview(kept.desk(), lambda: next(answers))
    assert next(answers, None) is None, "every answer was asked for"
    return kept.written if (kept.folder / "proposals.yaml").exists() else ""


def test_a_conversation_takes_numbers_ids_and_letters(kept: Kept) -> None:
    talked(kept, "duration", "i", "m")
    decided = kept.desk().decided
    assert [(each.id, each.every) for each in decided.phrasings] == [("duration", FARM)]
    assert phrasings(decided.ignored) == (PARTNERS,) or phrasings(decided.ignored) == (GOALS,)
    assert kept.desk().groups == []


def test_a_number_means_the_entry_with_it(kept: Kept) -> None:
    kept.questions = (missed(GOALS),)
    first = kept.desk().groups[0].candidates[0].entry
    talked(kept, "1")
    assert [each.id for each in kept.desk().decided.phrasings] == [first]


def test_what_is_not_understood_is_asked_again_with_help(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    talked(kept, "9", "nonsense", "", "q")
    said = capsys.readouterr().out
    assert "There is no “9” here." in said
    assert "There is no “nonsense” here." in said
    assert not (kept.folder / "proposals.yaml").exists()


def test_what_was_decided_before_stopping_is_kept(kept: Kept) -> None:
    assert "new-1" in talked(kept, "n", "q")


# the command as it is typed


@pytest.fixture
def database(tmp_path: Path, clock: SetClock) -> str:
    """A database in which the questions have been asked."""
    url = sqlite_url(tmp_path)

    async def ask() -> None:
        store = DurableStore(open_database(url), clock, Metrics())
        await store.open()
        for question, kind in QUESTIONS:
            await store.note_outcome(question, "lv", kind)
        await store.note_outcome(PARTNERS, "lv", "answer", Asked(1, "minimum-partners", "answer", "lv"))
        await store.keep_vote(1, "down", "outdated")
        await store.close()

    asyncio.run(ask())
    return url


def test_the_command_lists_and_accepts(database: str, tmp_path: Path) -> None:
    listed = ka2bot("review", cwd=tmp_path, DATABASE_URL=database)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert FARM[0] in listed.stdout
    data = ka2bot("review", "--json", cwd=tmp_path, DATABASE_URL=database)
    assert json.loads(data.stdout.splitlines()[0])["count"] == 3
    (tmp_path / "d.yaml").write_text(f"{FARM[0]}: ignore\n", encoding="utf-8")
    taken = ka2bot(
        "review", "--accept", "d.yaml", "--proposals", "p.yaml", cwd=tmp_path, DATABASE_URL=database
    )
    assert (taken.returncode, taken.stderr) == (0, "")
    assert "Kept in p.yaml" in taken.stdout
    again = ka2bot("review", "--list", "--proposals", "p.yaml", cwd=tmp_path, DATABASE_URL=database)
    assert FARM[0] not in again.stdout


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    said = ka2bot("review", cwd=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}")
    assert (said.returncode, "there is no database at" in said.stderr) == (2, True)
    assert ka2bot("review", "--list", "--json", cwd=tmp_path).returncode == 2


def test_on_a_terminal_it_is_a_conversation(database: str, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "bot", "review"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env=os.environ | {"DATABASE_URL": database, "PYTHONIOENCODING": "utf-8", "KA2BOT_NOW": "2026-11-22"},
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, b"i\nq\n")
        said, until = b"", time.monotonic() + 60
        while time.monotonic() < until and select.select([ours], [], [], 60)[0]:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            said += piece
    os.close(ours)
    shown = said.decode()
    assert process.returncode == 0, shown
    assert "1 of 3: asked 3 times" in shown
    assert "will not be shown again" in shown
    assert FARM[0] in (tmp_path / "proposals.yaml").read_text(encoding="utf-8")
