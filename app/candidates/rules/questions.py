"""Which question comes next in « Mon profil »? One a page; stopping and coming back loses nothing."""

from collections.abc import Collection
from typing import Final

from app.candidates.rules.vocabulary import Question

WIZARD: Final = (
    Question.JOBS,
    Question.SKILLS,
    Question.TITLES,
    Question.START,
    Question.WEEK,
    Question.HOURS,
    Question.TRAVEL,
    Question.FRENCH,
    Question.REFUSALS,
)
"""The nine questions, in order; the others are reached by « Changer » only."""


def number_of(question: Question) -> int | None:
    """Its rank from 1; None for a question outside the nine."""
    return WIZARD.index(question) + 1 if question in WIZARD else None


def after(question: Question) -> Question | None:
    """The next of the nine; None after the last, or after one outside the nine."""
    number = number_of(question)
    return WIZARD[number] if number is not None and number < len(WIZARD) else None


def before(question: Question) -> Question | None:
    """The one before; None at the first, or for one outside the nine."""
    number = number_of(question)
    return WIZARD[number - 2] if number is not None and number > 1 else None


def left(answered: Collection[str]) -> tuple[Question, ...]:
    """The questions still without an answer, in order."""
    return tuple(question for question in WIZARD if question.value not in answered)
