"""What does a candidate's file hold, and who was told what about it?"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.candidates.rules import Barrier, CandidateState, ImportLineState, Programme, ReadinessCheck, name_key
from app.core import clock
from app.core.db import Base, GridType, Hours, Identified, Instant, Stamped, Versioned, enum_column
from app.core.grid import Grid
from app.organisations.models import Organisation
from app.reference.models import Commune, Title, Trade


def _name_key_at_insert(context: Any) -> str:
    given = context.get_current_parameters()
    return name_key(given["first_name"], given["last_name"])


class Candidate(Identified, Stamped, Versioned, Base):
    """A person who looks for work. Only ready, consenting, active people are matched for employers.

    ``updated_at`` moves with every change of the file, its lines included: the matching reads what is newer.
    """

    __tablename__ = "candidates"
    __table_args__ = (
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_has_target"),
        CheckConstraint("(ready_on IS NULL) = (ready_by IS NULL)", name="ready_is_signed"),
        CheckConstraint("french BETWEEN 0 AND 6", name="french"),
        CheckConstraint("hours_min IS NULL OR hours_max IS NULL OR hours_min <= hours_max", name="hours_order"),
        CheckConstraint("hours_min > 0", name="hours_min"),
        CheckConstraint("hours_max > 0 AND hours_max <= 48", name="hours_max"),
        Index("ix_candidates_updated_at", "updated_at"),
        Index("ix_candidates_name", "last_name", "first_name", "id"),
        Index("ix_candidates_birth_date", "birth_date"),
        Index("ix_candidates_waiting_since", "waiting_since", "id"),
        Index("ix_candidates_name_key", "name_key"),
        Index(
            "ix_candidates_name_key_alike",
            "name_key",
            postgresql_using="gin",
            postgresql_ops={"name_key": "gin_trgm_ops"},
        ),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=10_001), unique=True)
    state: Mapped[CandidateState] = enum_column(CandidateState, name="state", default=CandidateState.ACTIVE)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id"))

    first_name: Mapped[str]
    last_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default=_name_key_at_insert)
    """The words of the name in any script, without case, accents or order: finds people and duplicates."""
    birth_date: Mapped[date | None]
    email: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(default="")
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"), index=True)
    language: Mapped[str] = mapped_column(default="fr")

    referent_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    referent_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    facilitator_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)

    french: Mapped[int] = mapped_column(default=0)
    own_words: Mapped[str] = mapped_column(default="")
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    licences: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    refusals: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    available_from: Mapped[date | None]
    grid: Mapped[Grid | None] = mapped_column(GridType())
    hours_min: Mapped[Hours | None]
    hours_max: Mapped[Hours | None]

    answered: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    """Questions of « Mon profil » that the person has answered, « nothing » being an answer."""

    consent_at: Mapped[Instant | None]
    consent_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ready_on: Mapped[date | None]
    ready_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    waiting_since: Mapped[date] = mapped_column(default=clock.today)

    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")
    referent: Mapped[User | None] = relationship(foreign_keys=[referent_id], lazy="raise_on_sql")
    referent_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[referent_organisation_id], lazy="raise_on_sql"
    )
    trades: Mapped[list["WantedTrade"]] = relationship(
        cascade="all, delete-orphan", order_by="WantedTrade.rank", lazy="raise_on_sql"
    )
    travels: Mapped[list["CandidateTravel"]] = relationship(
        cascade="all, delete-orphan", order_by="CandidateTravel.means", lazy="raise_on_sql"
    )
    titles: Mapped[list["CandidateTitle"]] = relationship(
        cascade="all, delete-orphan", order_by="CandidateTitle.title_slug", lazy="raise_on_sql"
    )
    programmes: Mapped[list["CandidateProgramme"]] = relationship(
        cascade="all, delete-orphan", order_by="CandidateProgramme.since", lazy="raise_on_sql"
    )

    @property
    def full_name(self) -> str:
        """First name, then last name: for those who accompany the person."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def short_name(self) -> str:
        """First name and initial: all that an employer reads before the person accepts contact."""
        return f"{self.first_name} {self.last_name[:1]}.".strip() if self.last_name else self.first_name

    @property
    def is_matchable(self) -> bool:
        """Ready, consenting and active."""
        return self.state is CandidateState.ACTIVE and self.ready_on is not None and self.consent_at is not None


class WantedTrade(Base):
    """A job the person wants; rank 1 first."""

    __tablename__ = "candidate_trades"

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True)
    trade_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column(default=1)

    trade: Mapped[Trade] = relationship(lazy="raise_on_sql")


class CandidateTravel(Base):
    """How far by one means; at least one of the two limits. ``means`` is car, bus, bike or foot."""

    __tablename__ = "candidate_travels"
    __table_args__ = (
        CheckConstraint("means IN ('car', 'bus', 'bike', 'foot')", name="means"),
        CheckConstraint("max_minutes > 0 OR max_km > 0", name="has_limit"),
    )

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True)
    means: Mapped[str] = mapped_column(primary_key=True)
    max_minutes: Mapped[int | None]
    max_km: Mapped[Decimal | None]


class CandidateTitle(Identified, Base):
    """A diploma or certificate held; ``valid_until`` is the last day it is worth something."""

    __tablename__ = "candidate_titles"
    __table_args__ = (Index("uq_candidate_titles", "candidate_id", "title_slug", unique=True),)

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    title_slug: Mapped[str] = mapped_column(ForeignKey("reference_title.slug"))
    obtained_on: Mapped[date | None]
    valid_until: Mapped[date | None]

    title: Mapped[Title] = relationship(lazy="raise_on_sql")


class CandidateProgramme(Identified, Base):
    """A programme the person is in, between two dates (``until`` is the last day)."""

    __tablename__ = "candidate_programmes"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    programme: Mapped[Programme] = enum_column(Programme, name="programme")
    since: Mapped[date]
    until: Mapped[date | None]


class CandidateBarrier(Identified, Stamped, Base):
    """What makes work hard; read and written by the referent only."""

    __tablename__ = "candidate_barriers"

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    barrier: Mapped[Barrier] = enum_column(Barrier, name="barrier")
    note: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    lifted_on: Mapped[date | None]


class ReadinessEntry(Identified, Base):
    """« Prête à l'emploi » given or taken back: the checks, who, when."""

    __tablename__ = "candidate_readiness"

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    ready: Mapped[bool]
    checks: Mapped[list[ReadinessCheck]] = mapped_column(ARRAY(Text), default=list)
    note: Mapped[str] = mapped_column(default="")


class Mandate(Identified, Base):
    """A person without phone or e-mail lets a professional act for them; recorded, with an end."""

    __tablename__ = "candidate_mandates"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="order"),)

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[Instant | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def last_day(self) -> date:
        """The last day on which it holds, as screens show it."""
        return self.ends_on - timedelta(days=1)


class CandidateImport(Identified, Stamped, Base):
    """One sheet brought by a professional: read, previewed, then accepted in part or whole; kept."""

    __tablename__ = "candidate_imports"
    __table_args__ = (
        Index("ix_candidate_imports_by", "by", "created_at"),
        Index("uq_candidate_imports_file", "organisation_id", "file_sha256", unique=True),
    )

    by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    header: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    """What the person should know of the reading as a whole: columns not used, cells left out."""
    accepted_at: Mapped[Instant | None]
    added: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class CandidateImportLine(Base):
    """One line of a sheet: its cells as written, what was understood, what is wrong, and the file it made."""

    __tablename__ = "candidate_import_lines"
    __table_args__ = (Index("ix_candidate_import_lines_state", "import_id", "state", "number"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("candidate_imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[ImportLineState] = enum_column(ImportLineState, name="state")
    cells: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    understood: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    faults: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list)
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id", ondelete="SET NULL"), index=True)
    """The file already known, or the one that this line made."""
    twin_line: Mapped[int | None]
    """An earlier line of the same sheet about the same person."""


class CandidateMerge(Identified, Base):
    """Two files of one person made one: what each said is kept."""

    __tablename__ = "candidate_merges"

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Instant] = mapped_column(default=clock.now)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)


class NotDuplicate(Base):
    """Two files that look alike and were said to be two persons; ``first_id`` < ``second_id``."""

    __tablename__ = "candidate_not_duplicates"
    __table_args__ = (CheckConstraint("first_id < second_id", name="order"),)

    first_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True)
    said_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    said_at: Mapped[Instant] = mapped_column(default=clock.now)


@event.listens_for(Candidate, "before_update")
def _name_key_at_update(mapper: Any, connection: Any, candidate: Candidate) -> None:
    candidate.name_key = name_key(candidate.first_name, candidate.last_name)
