"""Which weights hold on a day, and which held before?"""

from datetime import date, timedelta

from sqlalchemy import select

from app.core.db import db
from app.matches.models import MatchWeights
from matching.criteria import Means, Speed, Weights


def weights_row(today: date) -> MatchWeights | None:
    """The row that holds on a day."""
    query = select(MatchWeights).where(MatchWeights.valid_from <= today).order_by(MatchWeights.valid_from.desc())
    return db.session.scalars(query.limit(1)).first()


def weights_of(row: MatchWeights | None) -> Weights:
    """The figures of a row, as matching takes them; the defaults when there is none."""
    if row is None:
        return Weights()
    return Weights(
        trade=row.trade,
        same_rome=row.same_rome,
        family=row.family,
        travel=row.travel,
        grid=row.grid,
        skills=row.skills,
        french=row.french,
        speeds={
            Means.CAR: Speed(float(row.car_km_h)),
            Means.BUS: Speed(float(row.bus_km_h), wait_minutes=float(row.bus_wait_min)),
            Means.BIKE: Speed(float(row.bike_km_h)),
            Means.FOOT: Speed(float(row.foot_km_h)),
        },
    )


def history() -> list[MatchWeights]:
    """Every set of weights, the newest first."""
    return list(db.session.scalars(select(MatchWeights).order_by(MatchWeights.valid_from.desc())))


def first_free_day(today: date) -> date:
    """The first day from tomorrow on which no set of weights starts: what a new form says."""
    taken = set(db.session.scalars(select(MatchWeights.valid_from).where(MatchWeights.valid_from > today)))
    day = today + timedelta(days=1)
    while day in taken:
        day += timedelta(days=1)
    return day
