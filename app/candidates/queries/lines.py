"""What do the lines of a file say, with their names? One statement for one or several files, for pages that read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, ScalarSelect, any_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.candidates.models import Candidate, CandidateProgramme, CandidateTitle, CandidateTravel, WantedTrade
from app.candidates.rules import Means, Programme
from app.candidates.rules.sections import HeldTitle, ProgrammeStay, TravelLimit
from app.core import clock
from app.core.db import db
from app.organisations.models import Organisation
from app.reference.models import CommuneAssignment, Condition, Licence, Skill, Territory, Title, Trade


@dataclass(frozen=True, slots=True)
class FileLines:
    """The lines of one file; names stand beside slugs, so that nothing more is read."""

    trades: Sequence[str]
    trade_slugs: Sequence[str]
    travels: Sequence[TravelLimit]
    titles: Sequence[tuple[HeldTitle, str]]
    programmes: Sequence[ProgrammeStay]
    skills: Sequence[str]
    licences: Sequence[str]
    refusals: Sequence[str]
    territory: str
    facilitator: str


def lines_of(ids: Collection[UUID]) -> dict[UUID, FileLines]:
    """The lines of these files. The reader has been checked: ids come from a visible file."""
    query = select(
        Candidate.id,
        _trades().label("trades"),
        _travels().label("travels"),
        _titles().label("titles"),
        _programmes().label("programmes"),
        _names(Skill, Candidate.skills, Skill.name).label("skills"),
        _names(Licence, Candidate.licences, Licence.rank).label("licences"),
        _refusals().label("refusals"),
        _territory().label("territory"),
        select(Organisation.name)
        .where(Organisation.id == Candidate.facilitator_organisation_id)
        .scalar_subquery()
        .label("facilitator"),
    ).where(Candidate.id.in_(ids))
    return {row.id: _lines(row._mapping) for row in db.session.execute(query)}


def _names(table: Any, slugs: Any, order: Any) -> ScalarSelect[Any]:
    return (
        select(func.json_agg(aggregate_order_by(table.name, order))).where(table.slug == any_(slugs)).scalar_subquery()
    )


def _refusals() -> ScalarSelect[Any]:
    return (
        select(func.json_agg(aggregate_order_by(Condition.refusal_name, Condition.rank)))
        .where(Condition.slug == any_(Candidate.refusals))
        .scalar_subquery()
    )


def _trades() -> ScalarSelect[Any]:
    pair = func.json_build_array(Trade.slug, Trade.name)
    return (
        select(func.json_agg(aggregate_order_by(pair, WantedTrade.rank)))
        .select_from(WantedTrade)
        .join(Trade, Trade.slug == WantedTrade.trade_slug)
        .where(WantedTrade.candidate_id == Candidate.id)
        .scalar_subquery()
    )


def _travels() -> ScalarSelect[Any]:
    one = func.json_build_array(CandidateTravel.means, CandidateTravel.max_minutes, CandidateTravel.max_km)
    return select(func.json_agg(one)).where(CandidateTravel.candidate_id == Candidate.id).scalar_subquery()


def _titles() -> ScalarSelect[Any]:
    one = func.json_build_array(Title.slug, Title.name, CandidateTitle.obtained_on, CandidateTitle.valid_until)
    return (
        select(func.json_agg(aggregate_order_by(one, Title.name)))
        .select_from(CandidateTitle)
        .join(Title, Title.slug == CandidateTitle.title_slug)
        .where(CandidateTitle.candidate_id == Candidate.id)
        .scalar_subquery()
    )


def _programmes() -> ScalarSelect[Any]:
    stay = CandidateProgramme
    one = func.json_build_array(stay.programme, stay.since, stay.until)
    return (
        select(func.json_agg(aggregate_order_by(one, stay.since, stay.id)))
        .where(stay.candidate_id == Candidate.id)
        .scalar_subquery()
    )


def _territory() -> ScalarSelect[Any]:
    today, assigned = clock.today(), CommuneAssignment
    return (
        select(Territory.name)
        .select_from(assigned)
        .join(Territory, Territory.code == assigned.territory_code)
        .where(assigned.commune_insee == Candidate.commune_insee, assigned.valid_from <= today)
        .where(assigned.valid_until.is_(None) | (assigned.valid_until > today))
        .limit(1)
        .scalar_subquery()
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(row: RowMapping) -> FileLines:
    trades = row["trades"] or ()
    by_means = {means: (minutes, kilometres) for means, minutes, kilometres in row["travels"] or ()}
    return FileLines(
        trades=[name for _, name in trades],
        trade_slugs=[slug for slug, _ in trades],
        travels=[
            TravelLimit(means, by_means[means][0], _kilometres(by_means[means][1]))
            for means in Means
            if means.value in by_means
        ],
        titles=[(HeldTitle(slug, _day(since), _day(until)), name) for slug, name, since, until in row["titles"] or ()],
        programmes=[
            ProgrammeStay(Programme(programme), date.fromisoformat(since), _day(until))
            for programme, since, until in row["programmes"] or ()
        ],
        skills=row["skills"] or (),
        licences=row["licences"] or (),
        refusals=row["refusals"] or (),
        territory=row["territory"] or "",
        facilitator=row["facilitator"] or "",
    )


def _kilometres(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value is not None else None
