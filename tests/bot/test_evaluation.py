"""How `eval` judges replies, on a question set made for it."""

import json
from pathlib import Path

import pytest

from bot import evaluation
from bot.evaluation import Question, Score, score, table
from bot.settings import Settings
from handlers.context import Services
from handlers.reply import Choice, Finding, Reply
from knowledge.model import Language
from knowledge.search import OutcomeKind


def question(**more: object) -> Question:
    return Question.model_validate({"id": "t-1", "q": "how much?", "lang": "en", "style": "clean"} | more)


@pytest.fixture
def reply(monkeypatch: pytest.MonkeyPatch) -> list[Reply]:
    """What the bot answers, whatever is asked."""
    replies: list[Reply] = []

    async def answer(services: Services, asked: str, language: Language | None) -> Reply:
        return replies[0]

    monkeypatch.setattr(evaluation, "answer", answer)
    return replies


@pytest.mark.parametrize(
    ("kind", "text", "verdict"),
    [
        ("answer", "Up to <b>450 000</b> EUR", ""),
        ("gap", "450 000, but nobody knows", ""),
        ("answer", "No idea", "WRONG"),
        ("gap", "No idea", "missed"),
        ("choices", "450 000?", "near"),
        ("choices", "Did you mean", "missed"),
        ("answer", "450 000 per month", "WRONG"),
    ],
)
async def test_verdicts_on_a_question_with_an_answer(
    services: Services, reply: list[Reply], kind: OutcomeKind, text: str, verdict: str
) -> None:
    reply.append(Reply(text, finding=Finding(kind, "grant", 0.5)))
    asked = question(must=["450.000"], must_not=["per month"])
    assert (await score(services, asked)).verdict == verdict


async def test_a_runner_up_with_the_answer_assists(services: Services, reply: list[Reply]) -> None:
    choices = (Choice("a", "A", "nothing"), Choice("b", "B", "<b>450 000</b>"))
    reply.append(Reply("Did you mean", finding=Finding("choices", None, 0.5, (), choices)))
    result = await score(services, question(must=["450.000"]))
    assert (result.strict, result.assisted, result.verdict) == (False, True, "near")


@pytest.mark.parametrize(("kind", "verdict"), [("answer", "FALSE"), ("gap", ""), ("fallback", "")])
@pytest.mark.parametrize("outside", [{}, {"must": ["x"], "tier": "outside"}])
async def test_verdicts_on_a_question_from_outside(
    services: Services, reply: list[Reply], kind: OutcomeKind, verdict: str, outside: dict[str, object]
) -> None:
    reply.append(Reply("Something", finding=Finding(kind, None, 0.5)))
    assert (await score(services, question(**outside))).verdict == verdict


def test_rates_by_language_and_style() -> None:
    inside, outside = question(must=["x"]), question(lang="lv", style="typo")
    scores = [
        Score(inside, "answer", "a", 1, 10, 1, strict=True, assisted=True),
        Score(inside, "answer", "b", 1, 10, 1, wrong=True),
        Score(outside, "answer", "c", 1, 10, 1, false=True),
    ]
    rows = {row.split()[0]: row.split() for row in table(scores)}
    assert rows["en"][1:] == ["2", "50.0", "%", "50.0", "%", "50.0", "%", "0", "–"]
    assert rows["lv"][1:] == ["0", "–", "–", "–", "1", "100.0", "%"]
    assert rows.keys() >= {"clean", "typo", "all"}


def test_a_file_is_scored_and_its_misses_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluation, "build_services", lambda clock: services)
    lines = [
        {
            "id": "t-1",
            "q": "how many partners?",
            "lang": "en",
            "style": "clean",
            "must": ["nowhere to be found"],
        },
        {"id": "t-2", "q": "qwertz yxcvb", "lang": "en", "style": "clean", "why": "gibberish"},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    evaluation.evaluate(Settings(), file)
    said = capsys.readouterr().out
    assert "t-1 [en] how many partners?" in said
    assert "nowhere to be found" in said
    assert "t-2" not in said
    assert "time per question: median" in said


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "t-1", "q": "?", "lang": "en"}\n{"id": "t-2"}\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"set\.jsonl:2"):
        evaluation.evaluate(Settings(), file)
