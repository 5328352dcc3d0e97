"""The alert in words, its neighbours, and small numbers of people."""

from datetime import date
from decimal import Decimal

import pytest

from app.clauses.labels.progress import alert_words, few_words, reporting_words
from app.clauses.rules.kinds import Frequency, Nature
from app.clauses.rules.progress import MonthHours, Progress, Works, progress
from app.clauses.rules.terms import Terms

TODAY = date(2026, 11, 5)


def the_lot(objective: int, done: int, today: date = TODAY, ends_on: date = date(2027, 1, 15)) -> Progress:
    months = [MonthHours(date(2026, 9, 1), Decimal(done), Decimal(done))]
    return progress(
        objective=Decimal(objective), months=months, works=Works(date(2026, 3, 2), ends_on), today=today, people=()
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_alert_says_why_and_what_would_do() -> None:
    said = alert_words("Lot 2", the_lot(250, 100), Nature.WORKS, 0, TODAY)
    assert said is not None
    assert plain(said.title) == "Lot 2 : objectif inatteignable dans 6 semaines"
    assert plain(said.left) == "150 h et 10 semaines de chantier"
    assert plain(said.pace) == "Personne n’est en poste : le lot finira à 100 h sur 250."
    assert plain(said.hold) == "une personne à 35 h avant le 15 décembre"
    assert plain(said.other) == "une personne à 18 h dès le lundi 16 novembre"


def test_several_people_are_needed_when_one_is_not_enough() -> None:
    said = alert_words("Lot 1", the_lot(1000, 100), Nature.SERVICES, 0, TODAY)
    assert said is not None
    assert plain(said.title) == "Lot 1 : les personnes en poste ne suffisent plus"
    assert "de marché" in said.left
    assert plain(said.hold).startswith("3 personnes à 35 h avant le ")
    assert "h par semaine en tout dès le lundi 16 novembre" in plain(said.other)


def test_the_last_days_are_said_as_such() -> None:
    said = alert_words("Lot 1", the_lot(107, 100, today=date(2027, 1, 13)), Nature.WORKS, 0, date(2027, 1, 13))
    assert said is not None
    assert plain(said.title) == "Lot 1 : objectif inatteignable dans quelques jours"


def test_nothing_is_said_without_an_alert() -> None:
    assert alert_words("Lot 1", the_lot(250, 250), Nature.WORKS, 1, TODAY) is None
    assert alert_words("Lot 1", the_lot(250, 100, ends_on=date(2028, 1, 15)), Nature.WORKS, 1, TODAY) is None


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 personne"), (1, "moins de 5 personnes"), (4, "moins de 5 personnes"), (5, "5 personnes")],
)
def test_few_people_are_not_counted(count: int, words: str) -> None:
    assert plain(few_words(count)) == words


def test_reports_are_said_with_their_bound() -> None:
    assert reporting_words(Terms(frequency=Frequency.QUARTERLY, due_day=10)) == "chaque trimestre, avant le 10"
