"""How `eval` judges replies, on a question set made for it."""

import hashlib
import json
from pathlib import Path

import pytest

from bot import evaluation, scoring
from bot.confusion import NOWHERE, Satisfying, confusion
from bot.evaltables import figures, rates, reliability
from bot.questionset import Question, must_be_split, read
from bot.scoring import Score, score
from bot.settings import Settings
from handlers.context import Services
from handlers.reply import Choice, Finding, Reply
from knowledge.deciding import OutcomeKind
from knowledge.model import Language


def question(**more: object) -> Question:
    return Question.model_validate({"id": "t-1", "q": "how much?", "lang": "en", "style": "clean"} | more)


@pytest.fixture
def reply(monkeypatch: pytest.MonkeyPatch) -> list[Reply]:
    """What the bot answers, whatever is asked."""
    replies: list[Reply] = []

    async def answer(
        services: Services, asked: str, language: Language | None, *, for_tools: bool = True
    ) -> Reply:
        return replies[0]

    monkeypatch.setattr(scoring, "answer", answer)
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
    rows = {row.split()[0]: row.split() for row in rates(scores)}
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
    evaluation.evaluate(Settings(), [file])
    said = capsys.readouterr().out
    assert "t-1 [en] how many partners?" in said
    assert "nowhere to be found" in said
    assert "t-2" not in said
    assert "time per question: median" in said


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "t-1", "q": "?", "lang": "en"}\n{"id": "t-2"}\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"set\.jsonl:2"):
        evaluation.evaluate(Settings(), [file])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The guide does not say so.", ""),
        ("Tādas likmes nav.", ""),
        ("Tas netiek segts.", ""),
        ("Līdz 450 000 no programmas, nedēļas laikā, next network", "FALSE"),
    ],
)
async def test_a_false_premise_may_be_corrected(
    services: Services, reply: list[Reply], text: str, verdict: str
) -> None:
    reply.append(Reply(text, finding=Finding("answer", "grant", 0.9)))
    assert (await score(services, question(correction_ok=True))).verdict == verdict
    assert (await score(services, question())).verdict == "FALSE"


def questions_file(folder: Path, count: int = 20) -> Path:
    folder.mkdir(parents=True)
    lines = ({"id": f"q-{n}", "q": f"qwertz {n}", "lang": "en", "must": ["never"]} for n in range(count))
    (folder / "set.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return folder / "set.jsonl"


def test_the_half_of_a_question_follows_from_its_id() -> None:
    halves = {name: question(id=name).hold for name in ("g-001", "g-002", *map(str, range(9)))}
    digests = {name: hashlib.sha256(name.encode()).digest()[0] % 2 == 1 for name in halves}
    assert halves == digests
    assert len(set(halves.values())) == 2


@pytest.mark.parametrize(("folder", "split"), [("tests/questions", False), ("elsewhere", True)])
def test_of_hold_only_totals_are_shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    services: Services,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    split: bool,
) -> None:
    monkeypatch.setattr(evaluation, "build_services", lambda clock: services)
    file = questions_file(tmp_path / folder)
    evaluation.evaluate(Settings(), [file], split=split)
    said = capsys.readouterr().out
    tune, hold = said.split("== hold")
    for asked in read([file]):
        assert (f"{asked.id} " in tune, f"{asked.id} " in hold) == (not asked.hold, False)
    assert "strict" in hold
    assert "score" in hold


def test_our_own_sets_are_split_whatever_is_asked(tmp_path: Path) -> None:
    assert must_be_split(Path("tests/questions/golden.jsonl"))
    assert not must_be_split(tmp_path / "questions" / "dev.jsonl")


def test_a_question_is_held_to_its_relabel(tmp_path: Path) -> None:
    file = questions_file(tmp_path / "set")
    relabels = tmp_path / "relabelled.yaml"
    relabels.write_text(
        "q-1: {reason: known, must: [new]}\nq-2: {reason: not ours, tier: outside}\n", "utf-8"
    )
    asked = {q.id: q for q in read([file], relabels)}
    assert (asked["q-0"].must, asked["q-1"].must) == (("never",), ("new",))
    assert (asked["q-1"].outside, asked["q-2"].outside) == (False, True)


@pytest.mark.parametrize("wrong", ["q-1: {must: [new]}", "q-1: {reason: x, mist: []}", "q-1: [", "q-1: x"])
def test_a_broken_relabel_is_named(tmp_path: Path, wrong: str) -> None:
    file = questions_file(tmp_path / "set")
    relabels = tmp_path / "relabelled.yaml"
    relabels.write_text("# why\n" + wrong + "\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"relabelled\.yaml:[23]"):
        read([file], relabels)


def test_our_relabels_can_be_read() -> None:
    ours = Path(__file__).parents[1] / "questions"
    assert read([ours / "negative.jsonl"], ours / "relabelled.yaml")


def test_the_reliability_table_counts_the_right_ones_of_each_range() -> None:
    asked = question(must=["x"])
    scores = [
        Score(asked, "answer", "a", 0.95, 10, 1, best_right=True),
        Score(asked, "answer", "a", 1.0, 10, 1, best_right=False),
        Score(asked, "choices", None, 0.41, 10, 1, best_right=True),
        Score(asked, "answer", "travel", 0.42, 10, 1, best_right=None),
    ]
    rows = [row.split() for row in list(reliability(scores))[1:]]
    assert rows == [["0.4", "–", "0.5", "1", "1.00"], ["0.9", "–", "1.0", "2", "0.50"]]


async def test_the_best_entry_is_judged_where_it_is_only_offered(
    services: Services, reply: list[Reply]
) -> None:
    choices = (Choice("a", "A", "450 000"), Choice("b", "B", "nothing"))
    reply.append(Reply("Did you mean", finding=Finding("choices", None, 0.5, (), choices)))
    assert (await score(services, question(must=["450.000"]))).best_right is True
    assert (await score(services, question(must=["nothing"]))).best_right is False
    assert (await score(services, question())).best_right is False
    reply[0] = Reply("The youth agency", finding=Finding("redirect", "youth-field", 0.9))
    assert (await score(services, question())).best_right is True
    reply[0] = Reply("275 EUR", finding=Finding("answer", "travel", 0.9))
    assert (await score(services, question(must=["275"]))).best_right is None


def test_lengths_of_replies() -> None:
    asked = question(must=["x"])
    scores = [Score(asked, "answer", "a", 1, length, 1) for length in (100, 200, 1600)]
    assert "median 200" in list(figures(scores))[1]
    assert "longest 1600 characters; 1 over 1500" in list(figures(scores))[1]


def test_confusion_names_what_was_got_and_what_would_have_been_right(services: Services) -> None:
    ceiling = question(id="t-9", q="cik naudas var dabūt projektam", must=["450.?000"])
    assert Satisfying(services).entries(ceiling)[0] == "grant-ceiling"
    nowhere = question(id="t-8", must=["no text holds this"])
    scores = [
        Score(ceiling, "answer", "duration", 0.9, 10, 1, wrong=True),
        Score(nowhere, "choices", None, 0.4, 10, 1),
        Score(question(must=["x"]), "answer", "a", 1, 10, 1, strict=True),
    ]
    rows = list(confusion(services, scores))
    assert any(row.startswith("duration") and "grant-ceiling" in row and "t-9" in row for row in rows)
    assert any(row.startswith("(choices)") and NOWHERE in row for row in rows)
    assert len(rows) == 3
