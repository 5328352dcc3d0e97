"""With which figures is a match scored? The département's weights, each with the day from which it holds."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Identified, Instant


class MatchWeights(Identified, Base):
    """Points of the five parts (100 in all) and speeds, from a day on. Before the first row: the defaults."""

    __tablename__ = "match_weights"
    __table_args__ = (
        CheckConstraint("trade + travel + grid + skills + french = 100", name="sum"),
        CheckConstraint("same_rome <= trade AND family <= same_rome", name="related_trades"),
    )

    valid_from: Mapped[date] = mapped_column(unique=True)
    trade: Mapped[int]
    same_rome: Mapped[int]
    family: Mapped[int]
    travel: Mapped[int]
    grid: Mapped[int]
    skills: Mapped[int]
    french: Mapped[int]
    car_km_h: Mapped[Decimal]
    bus_km_h: Mapped[Decimal]
    bus_wait_min: Mapped[Decimal]
    bike_km_h: Mapped[Decimal]
    foot_km_h: Mapped[Decimal]
    decided_by: Mapped[str]
    decided_at: Mapped[Instant] = mapped_column(default=clock.now)
