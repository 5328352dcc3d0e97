"""A person as those who accompany look for them: no employer ever queries these documents."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import RowMapping, any_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.candidates.models import Candidate, CandidateTitle, WantedTrade
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.clock import civil_day
from app.core.db import db
from app.core.grid import Grid, Preset
from app.reference.models import Commune, CommuneAssignment, Skill, Title, Trade
from search_index.documents import CandidateDocument, Schedule


def documents_for(ids: Collection[UUID]) -> list[CandidateDocument]:
    """The documents of the active files among these; the others are to be forgotten. One statement."""
    today, assigned = clock.today(), CommuneAssignment
    trade = func.json_build_object(
        "slug", Trade.slug, "names", func.json_build_array(Trade.name, Trade.feminine), "words", Trade.words,
        "family", Trade.family_slug,
    )  # fmt: skip
    trades = (
        select(func.json_agg(aggregate_order_by(trade, WantedTrade.rank)))
        .select_from(WantedTrade)
        .join(Trade, Trade.slug == WantedTrade.trade_slug)
        .where(WantedTrade.candidate_id == Candidate.id)
        .scalar_subquery()
    )
    skills = select(func.json_agg(Skill.name)).where(Skill.slug == any_(Candidate.skills)).scalar_subquery()
    titles = (
        select(func.json_agg(Title.name))
        .select_from(CandidateTitle)
        .join(Title, Title.slug == CandidateTitle.title_slug)
        .where(CandidateTitle.candidate_id == Candidate.id)
        .scalar_subquery()
    )
    query = (
        select(
            Candidate.id, Candidate.first_name, Candidate.last_name, Candidate.number, Candidate.own_words,
            Candidate.referent_id, Candidate.ready_on, Candidate.consent_at, Candidate.licences, Candidate.grid,
            Candidate.available_from, Candidate.hours_max, Candidate.french, Candidate.created_at,
            Commune.insee, Commune.name.label("commune"), Commune.lat, Commune.lon, assigned.territory_code,
            trades.label("trades"), skills.label("skills"), titles.label("titles"),
        )
        .outerjoin(Commune, Commune.insee == Candidate.commune_insee)
        .outerjoin(
            assigned,
            (assigned.commune_insee == Candidate.commune_insee)
            & (assigned.valid_from <= today)
            & (assigned.valid_until.is_(None) | (assigned.valid_until > today)),
        )
        .where(Candidate.id.in_(ids), Candidate.state == CandidateState.ACTIVE)
    )  # fmt: skip
    return [_document(row._mapping) for row in db.session.execute(query)]


def _schedule(grid: Grid) -> frozenset[Schedule]:
    """The moments at which the person is free at least in part."""
    return frozenset(Schedule(preset.value) for preset in Preset if grid.touches(preset))


def _document(row: RowMapping) -> CandidateDocument:
    trades = row["trades"] or []
    return CandidateDocument(
        id=row["id"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        number=str(row["number"]),
        trades=tuple(trade["slug"] for trade in trades),
        trade_names=tuple(name for trade in trades for name in trade["names"]),
        trade_words=tuple(word for trade in trades for word in trade["words"]),
        families=tuple(dict.fromkeys(trade["family"] for trade in trades)),
        own_words=(row["own_words"],) if row["own_words"] else (),
        skills=(*(row["skills"] or ()), *(row["titles"] or ())),
        commune=row["insee"] or "",
        commune_name=row["commune"] or "",
        lat=row["lat"],
        lon=row["lon"],
        territory=row["territory_code"] or "",
        referent=row["referent_id"],
        ready=row["ready_on"] is not None,
        consenting=row["consent_at"] is not None,
        licences=tuple(row["licences"]),
        available_from=row["available_from"],
        hours_week=row["hours_max"],
        schedule=_schedule(row["grid"]),
        french=row["french"],
        registered_on=civil_day(row["created_at"]),
    )
