"""The settings of the search, tuned on the development questions and the tune half of tests/questions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """The settings of the search; a wrong answer was held to cost five times a "did you mean".

    Deciding: from the confidence `alone` on, the first entry answers alone; below it, the second stands
    beside it in short, provided the confidence that one of the two is right reaches `minimum` and the first
    has at least the similarity `least`; otherwise, topics are offered from the similarity `choices` on and
    named as nearest from `hint` on. A redirect that reaches the share `not_ours` of an unsure answer's score
    stands before it, provided some word belongs to redirects for the share `foreign`. `by_similarity`,
    `by_lead` and `bias` make the confidence in the first, those with `either` that in one of the two.

    Comparing: `question_side` is the share of the question (the rest: of the phrasing) that a phrasing is
    measured by, `phrasing_share` that of the best phrasing (the rest: of the whole entry) in the similarity;
    a phrasing that says the same counts at least its likeness to the power `exact`, neighbouring words add
    at most `pairs`. A long question is measured by its `telling` weightiest words. `by_sector` lifts entries
    that answer by sector where the question names one, `other_sector` lowers those of another sector,
    `elsewhere` entries that never mention the other action named, `strange` those that answer where a word
    belongs to redirects alone.

    Words: how much counts what is not the word itself: a word of the same `concept`, the `root` without
    its verb prefix, a `repaired` typo, a word of the `story` around the question, an `unknown` word.
    """

    alone: float = 0.92
    minimum: float = 0.5
    least: float = 0.29
    choices: float = 0.33
    hint: float = 0.2
    not_ours: float = 0.8
    foreign: float = 0.4
    by_similarity: float = 3.0
    by_lead: float = 6.7
    bias: float = -1.4
    either_by_similarity: float = 3.2
    either_by_lead: float = 7.1
    either_bias: float = -1.5
    question_side: float = 0.6
    phrasing_share: float = 0.35
    exact: float = 2.5
    concept: float = 0.7
    by_sector: float = 1.08
    other_sector: float = 0.8
    elsewhere: float = 0.75
    pairs: float = 0.3
    strange: float = 0.65
    telling: int = 8
    story: float = 0.35
    root: float = 0.5
    repaired: float = 0.7
    unknown: float = 0.5
