"""Question sets: their lines, what was relabelled since, and the rule that splits them.

Half of a split set, *hold*, tells whether the other half, *tune*, was learnt by heart. Of hold only totals
are ever shown; so sets in `tests/questions/` are always split.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge import yamlfile
from knowledge.model import KnowledgeError


class Question(BaseModel):
    """A line of a question set; without `must`, or of tier "outside", nothing here answers it.

    `correction_ok` marks a question with a false premise: a reply that denies it is as good as declining.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    q: str
    lang: str
    style: str = ""
    tier: str = ""
    fact: str = ""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    correction_ok: bool = False

    @property
    def outside(self) -> bool:
        """Whether the knowledge holds no answer."""
        return not self.must or self.tier == "outside"

    @property
    def hold(self) -> bool:
        """Whether it belongs to the half of which only totals are shown; decided by the id alone."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


class Relabel(BaseModel):
    """What a question is held to instead of its own line, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str
    tier: str | None = None
    must: tuple[str, ...] | None = None
    must_not: tuple[str, ...] | None = None


def read(files: Sequence[Path], relabelled: Path | None = None) -> list[Question]:
    """The questions of all files in order, relabelled where the file of relabels names them."""
    relabels = _relabels(relabelled) if relabelled else {}
    questions = [question for file in files for question in _lines(file)]
    return [_with(question, relabels.get(question.id)) for question in questions]


def must_be_split(file: Path) -> bool:
    """Whether a set is one of ours, whose hold half nobody may see."""
    folder = file.resolve().parent
    return folder.name == "questions" and folder.parent.name == "tests"


def _with(question: Question, relabel: Relabel | None) -> Question:
    if relabel is None:
        return question
    said = relabel.model_dump(exclude={"reason"}, exclude_none=True)
    return question.model_copy(update=said)


def _lines(file: Path) -> list[Question]:
    questions = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                questions.append(Question.model_validate_json(line))
            except ValidationError as error:
                problem = error.errors()[0]
                where = ".".join(str(step) for step in problem["loc"])
                raise typer.BadParameter(f"{file}:{number}: {where}: {problem['msg']}") from None
    if not questions:
        raise typer.BadParameter(f"{file} holds no question")
    return questions


def _relabels(file: Path) -> dict[str, Relabel]:
    text = yamlfile.read(file, str(file))
    try:
        return TypeAdapter(dict[str, Relabel]).validate_python(yamlfile.parse(text, str(file)) or {})
    except ValidationError as error:
        problem = error.errors()[0]
        line = yamlfile.line_of(text, problem["loc"])
        raise typer.BadParameter(f"{file}:{line}: {problem['loc'][-1]}: {problem['msg']}") from None
    except KnowledgeError as error:
        raise typer.BadParameter(str(error)) from None
