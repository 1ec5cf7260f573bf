"""/check: the eligibility quiz, one message edited in place.

All its state travels in the buttons (and, for typed answers, in the chat's open card): a digest of the rules
and the answers given, nothing else.
"""

from __future__ import annotations

from html import unescape

from handlers.buttons import Button, Press, pack, unpack
from handlers.check_result import result
from handlers.check_typed import OUT_OF_RANGE, read_prefill, read_typed
from handlers.context import Turn
from handlers.reply import Reply, Rows
from knowledge.answersheet import Answers, Sheet
from knowledge.call import Call
from knowledge.checklist import AmountStep, Checklist, CountStep, DateStep, MonthsStep, Step
from knowledge.checkstate import decode, digest, encode
from knowledge.model import Text
from knowledge.quiz import next_step, offers, options_shown, step_back
from knowledge.render import Rendered
from knowledge.sources import cite

KIND = "c"

CANCEL = "x"
"""The further field of the button that ends the quiz."""

FIGURES_A_ROW = 4
"""Figures side by side: more would be cut off on a narrow phone."""

DATES_A_ROW = 2


async def command(turn: Turn, args: str) -> Reply:
    """`/check`, or with what is known already: `/check KA203 18 mēneši 3 partneri 3 valstis`."""
    checklist, call = _rules(turn)
    return _card(turn, read_prefill(checklist, call, args))


async def pressed(turn: Turn, press: Press) -> Reply:
    """An answer, a step back, the start again or the end: whatever the button packs."""
    checklist, call = _rules(turn)
    edition, state, action = (*press.fields, "", "", "")[:3]
    answers = decode(checklist, state)
    if action == CANCEL:
        return Reply(turn.say("check.cancelled"), ((_restart(turn),),), in_place=True)
    if answers is None or edition != digest(checklist, call) or action:
        return _card(turn, Answers(), in_place=True, notice=turn.say("check.stale"))
    return _card(turn, answers, in_place=True)


def typed(turn: Turn, text: str) -> Reply | None:
    """A typed answer to the open step counts as its button; None where the text is no answer to it."""
    press = unpack(turn.card.state) if turn.card else None
    if press is None or press.kind != KIND:
        return None
    checklist, call = _rules(turn)
    edition, state = (*press.fields, "", "")[:2]
    answers = decode(checklist, state)
    step = next_step(checklist, call, answers) if answers is not None else None
    if answers is None or step is None or edition != digest(checklist, call):
        return None
    turn = turn.speaking(press.language)
    read = read_typed(checklist, call, step, text)
    if read is None:
        return None
    if read == OUT_OF_RANGE:
        most = step.most if isinstance(step, CountStep | MonthsStep | AmountStep) else None
        least = step.least if isinstance(step, AmountStep) else 1
        notice = turn.say("check.out_of_range", least=least, most=most)
        return _card(turn, answers, in_place=True, notice=notice)
    for answered, value in read.values:
        if answers.get(answered) is None:
            answers = answers.give(answered, value)
    return _card(turn, answers, in_place=True)


def _card(turn: Turn, answers: Answers, *, in_place: bool = False, notice: str = "") -> Reply:
    """The open question, or the result where none is open."""
    checklist, call = _rules(turn)
    step = next_step(checklist, call, answers)
    if step is None:
        html, rows = result(turn, Sheet(checklist, call, answers))
        return Reply(html, (_navigation(turn, answers), *rows), in_place=in_place)
    return Reply(
        _question(turn, Sheet(checklist, call, answers), step, notice),
        (*_answer_rows(turn, answers, step), _navigation(turn, answers, cancel=True)),
        in_place=in_place,
        card=_packed(turn, answers),
    )


def _question(turn: Turn, sheet: Sheet, step: Step, notice: str) -> str:
    values = sheet.values(step)
    ask = _rendered(turn, step.ask, values)
    hint = _rendered(turn, step.hint, values) if step.hint else None
    steps = sheet.checklist.steps
    html = turn.say(
        "check.question",
        notice=notice,
        place=steps.index(step) + 1,
        total=len(steps),
        recap=" · ".join(_recap(turn, sheet, s) for s in steps if sheet.answers.get(s.id) is not None),
        ask=ask.html,
        hint=hint.html if hint else "",
        start=not sheet.answers.values,
        example=turn.label("check.example"),
    )
    cited = cite(turn.services.knowledge.documents, hint.sources if hint else (), turn.language)
    return html + ("\n\n" + turn.say("footer.source", sources="; ".join(cited)) if cited else "")


def _recap(turn: Turn, sheet: Sheet, step: Step) -> str:
    option = sheet.option(step)
    said = (option.short or option.label) if option else step.recap
    return _text(turn, said, sheet.values(step)) if said else ""


def _answer_rows(turn: Turn, answers: Answers, step: Step) -> Rows:
    checklist, call = _rules(turn)
    buttons = []
    for value in offers(checklist, call, answers, step):
        then = answers.give(step.id, value)
        label = (
            _text(turn, step.offer, Sheet(checklist, call, then).values(step)) if step.offer else str(value)
        )
        buttons.append(Button(label, _packed(turn, then)))
    width = DATES_A_ROW if isinstance(step, DateStep) else FIGURES_A_ROW
    rows = [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
    values = Sheet(checklist, call, answers).values(step)
    for option in options_shown(checklist, call, answers, step):
        label = _text(turn, option.label, values)
        rows.append((Button(label, _packed(turn, answers.give(step.id, option.code))),))
    return tuple(rows)


def _navigation(turn: Turn, answers: Answers, *, cancel: bool = False) -> tuple[Button, ...]:
    checklist, call = _rules(turn)
    before = step_back(checklist, call, answers)
    buttons: list[Button] = []
    if before is not None:
        buttons.append(Button(turn.label("check.back"), _packed(turn, before)))
    if answers.values:
        buttons.append(_restart(turn))
    if cancel:
        buttons.append(
            Button(turn.label("check.cancel"), pack(KIND, turn.language, digest(checklist, call), "", CANCEL))
        )
    return tuple(buttons)


def _restart(turn: Turn) -> Button:
    return Button(turn.label("check.restart"), _packed(turn, Answers()))


def _packed(turn: Turn, answers: Answers) -> str:
    checklist, call = _rules(turn)
    return pack(KIND, turn.language, digest(checklist, call), encode(checklist, answers))


def _rendered(turn: Turn, text: Text, values: dict[str, object]) -> Rendered:
    return turn.services.renderer.render(text.to(turn.language), turn.language, values)


def _text(turn: Turn, text: Text, values: dict[str, object]) -> str:
    return unescape(_rendered(turn, text, values).html)


def _rules(turn: Turn) -> tuple[Checklist, Call]:
    knowledge = turn.services.knowledge
    return knowledge.checks[knowledge.call.id], knowledge.call
