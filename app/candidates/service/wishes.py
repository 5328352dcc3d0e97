"""Change what the person wants and can do: jobs, skills, titles, travel, week and hours, refusals."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import selectinload

from app.candidates.models import Candidate, CandidateTitle, CandidateTravel, WantedTrade
from app.candidates.rules import CandidateRefusal, Question, Section
from app.candidates.rules.sections import (
    MOST_SKILLS,
    MOST_TRADES,
    Availability,
    HeldTitle,
    TravelLimit,
    hours_refusals,
    last_valid_day,
    title_refusals,
    travel_refusals,
)
from app.candidates.service.changing import changed, for_change, known_slugs, refuse
from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.core.transaction import transaction
from app.reference.models import Condition, Licence, Skill, Title, Trade


@transaction
def save_jobs(
    candidate_id: UUID,
    trades: Sequence[str],
    own_words: str,
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """The trades wanted, the preferred one first, and what the person says of them."""
    options = selectinload(Candidate.trades)
    candidate = for_change(by, candidate_id, Section.JOBS, version, options)
    wanted = list(dict.fromkeys(trades))
    refuse([CandidateRefusal.TOO_MANY_TRADES] if len(wanted) > MOST_TRADES else [])
    known_slugs(Trade, wanted)
    write_trades(candidate, wanted)
    candidate.own_words = own_words
    return changed(candidate, by, Section.JOBS, question)


def write_trades(candidate: Candidate, wanted: Sequence[str]) -> None:
    """Keep the rows that stay, in the new order."""
    kept = {line.trade_slug: line for line in candidate.trades}
    lines = [kept.get(slug) or WantedTrade(trade_slug=slug) for slug in wanted]
    for rank, line in enumerate(lines, 1):
        line.rank = rank
    candidate.trades = lines


@transaction
def save_skills(
    candidate_id: UUID,
    skills: Sequence[str],
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """What the person can do."""
    candidate = for_change(by, candidate_id, Section.SKILLS, version)
    held = list(dict.fromkeys(skills))
    refuse([CandidateRefusal.TOO_MANY_SKILLS] if len(held) > MOST_SKILLS else [])
    known_slugs(Skill, held)
    candidate.skills = held
    return changed(candidate, by, Section.SKILLS, question)


@transaction
def save_titles(
    candidate_id: UUID,
    titles: Sequence[HeldTitle],
    licences: Sequence[str],
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """Titles with their dates, and licences. A title whose validity is known by law gets its last day from it."""
    options = selectinload(Candidate.titles)
    candidate = for_change(by, candidate_id, Section.TITLES, version, options)
    refuse(title_refusals(titles, clock.today()))
    known_slugs(Title, [title.slug for title in titles])
    known_slugs(Licence, licences)
    write_titles(candidate, titles)
    candidate.licences = list(dict.fromkeys(licences))
    return changed(candidate, by, Section.TITLES, question)


def write_titles(candidate: Candidate, titles: Sequence[HeldTitle]) -> None:
    """Keep the rows that stay."""
    kept = {line.title_slug: line for line in candidate.titles}
    lines = []
    for title in titles:
        line = kept.get(title.slug) or CandidateTitle(title_slug=title.slug)
        months = db.session.get_one(Title, title.slug).validity_months
        line.obtained_on = title.obtained_on
        line.valid_until = title.valid_until or last_valid_day(title.obtained_on, months)
        lines.append(line)
    candidate.titles = lines


@transaction
def save_travel(
    candidate_id: UUID,
    travels: Sequence[TravelLimit],
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """The means of transport and how far by each."""
    options = selectinload(Candidate.travels)
    candidate = for_change(by, candidate_id, Section.TRAVEL, version, options)
    refuse(travel_refusals(travels))
    write_travels(candidate, travels)
    return changed(candidate, by, Section.TRAVEL, question)


def write_travels(candidate: Candidate, travels: Sequence[TravelLimit]) -> None:
    """Keep the rows that stay."""
    kept = {line.means: line for line in candidate.travels}
    lines = []
    for travel in travels:
        line = kept.get(travel.means.value) or CandidateTravel(means=travel.means.value)
        line.max_minutes, line.max_km = travel.max_minutes, travel.max_km
        lines.append(line)
    candidate.travels = lines


@transaction
def save_availability(
    candidate_id: UUID,
    availability: Availability,
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """From when, at which moments, how many hours."""
    candidate = for_change(by, candidate_id, Section.AVAILABILITY, version)
    refuse(hours_refusals(availability.hours_min, availability.hours_max))
    candidate.available_from, candidate.grid = availability.available_from, availability.grid
    candidate.hours_min, candidate.hours_max = availability.hours_min, availability.hours_max
    return changed(candidate, by, Section.AVAILABILITY, question)


def availability_of(candidate: Candidate) -> Availability:
    """What the file says now: a page that asks one thing keeps the others."""
    return Availability(
        available_from=candidate.available_from,
        **({"grid": candidate.grid} if candidate.grid else {}),
        hours_min=candidate.hours_min,
        hours_max=candidate.hours_max,
    )


@transaction
def save_refusals(
    candidate_id: UUID,
    refusals: Sequence[str],
    *,
    by: Actor,
    version: int | None = None,
    question: Question | None = None,
) -> Candidate:
    """Working conditions that the person refuses: a hard filter of the matching."""
    candidate = for_change(by, candidate_id, Section.REFUSALS, version)
    known_slugs(Condition, refusals)
    candidate.refusals = list(dict.fromkeys(refusals))
    return changed(candidate, by, Section.REFUSALS, question)
