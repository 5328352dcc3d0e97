"""Which files of hours were brought, how were their columns read, and what came of each line?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.clauses.rules.states import ImportState
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column


class HourImport(Identified, Stamped, Versioned, Base):
    """One file of hours of an employer: read in steps, shown, taken in part or whole, taken back within 7 days."""

    __tablename__ = "hour_imports"
    __table_args__ = (
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_has_instant"),
        CheckConstraint("state NOT IN ('accepted', 'undone') OR accepted_at IS NOT NULL", name="accepted_has_instant"),
        Index("ix_hour_imports_organisation_id", "organisation_id", "created_at"),
        Index("ix_hour_imports_file", "organisation_id", "file_sha256"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_holders.id"))
    """The lot that the lines are for when no column says it."""
    month: Mapped[date | None]
    """The month that the lines are for when no column says it."""
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    header_row: Mapped[int] = mapped_column(default=0)
    header: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    columns: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Which column holds what: the mapping in use."""
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """Lines read so far, of ``total``: a reading that stopped goes on from here."""
    state: Mapped[ImportState] = enum_column(ImportState, name="state", default=ImportState.READING)
    accepted_at: Mapped[Instant | None]
    undone_at: Mapped[Instant | None]
    added: Mapped[int] = mapped_column(default=0)


class HourImportLine(Base):
    """One line (or one cell, when months go across) of a file: its cells, what was understood, every fault."""

    __tablename__ = "hour_import_lines"
    __table_args__ = (
        CheckConstraint("state IN ('good', 'faulty', 'same', 'empty')", name="state"),
        Index("ix_hour_import_lines_state", "import_id", "state", "number"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("hour_imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[int]
    """The line as the spreadsheet numbers it."""
    state: Mapped[str]
    cells: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    employment_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_employments.id"))
    month: Mapped[date | None]
    kind: Mapped[str] = mapped_column(default="")
    hours: Mapped[Hours | None]
    understood: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)


class HourMapping(Stamped, Base):
    """How an employer's file was read last time: by the signature of its header."""

    __tablename__ = "hour_mappings"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True)
    signature: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    people: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Names as the file spells them → the person that somebody chose."""
