"""What did the person answer, in their own plain words? The lines of « Mon profil »."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.candidates.labels import FRENCH_OF_MINE, QUESTIONS, SUMMARY
from app.candidates.models import Candidate
from app.candidates.queries import FileLines
from app.candidates.rules import FrenchLevel, Question
from app.candidates.rules.questions import WIZARD
from app.candidates.views.facts import hours_words, travel_words
from app.core.french import date_words, phone
from app.core.grid import grid_lines

ASIDE = (Question.NAME, Question.CONTACT, Question.HOME)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the person; no line: not answered yet."""

    question: Question
    title: str
    asked: str
    lines: Sequence[str]


def answers(candidate: Candidate, lines: FileLines, today: date) -> list[Answer]:
    """Every answer, those about the person first."""
    said = _said(candidate, lines, today)
    return [
        Answer(question, SUMMARY[question], QUESTIONS[question], said[question] or list(_nothing(candidate, question)))
        for question in (*ASIDE, *WIZARD)
    ]


def answered(candidate: Candidate, lines: FileLines, today: date) -> set[str]:
    """The questions that have an answer, from the person or from whoever accompanies them."""
    said = _said(candidate, lines, today)
    filled = {question.value for question in WIZARD if said[question]}
    return filled | set(candidate.answered)


def _nothing(candidate: Candidate, question: Question) -> Iterator[str]:
    """« Rien » is an answer when the person gave it."""
    if question.value in candidate.answered:
        unknown = {Question.START, Question.WEEK, Question.HOURS, Question.FRENCH}
        yield "Je ne sais pas encore" if question in unknown else "Rien"


def _said(candidate: Candidate, lines: FileLines, today: date) -> Mapping[Question, list[str]]:
    start = candidate.available_from
    commune = candidate.commune.name if candidate.commune else ""
    hours = hours_words(candidate.hours_min, candidate.hours_max)
    own = [f"«\u00a0{candidate.own_words}\u00a0»"] if candidate.own_words else []
    return {
        Question.NAME: [candidate.full_name],
        Question.CONTACT: [part for part in (phone(candidate.phone), candidate.email or "") if part],
        Question.HOME: [part for part in (candidate.address, commune) if part],
        Question.JOBS: [*lines.trades, *own],
        Question.SKILLS: list(lines.skills),
        Question.TITLES: [*(name for _, name in lines.titles), *lines.licences],
        Question.START: [("Tout de suite" if start <= today else f"Le {date_words(start, today)}")] if start else [],
        Question.WEEK: grid_lines(candidate.grid) if candidate.grid else [],
        Question.HOURS: [f"{hours} par semaine"] if hours else [],
        Question.TRAVEL: [travel_words(travel) for travel in lines.travels],
        Question.FRENCH: [FRENCH_OF_MINE[FrenchLevel(candidate.french)]] if candidate.french else [],
        Question.REFUSALS: list(lines.refusals),
    }
