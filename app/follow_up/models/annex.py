"""Which text of the annex « suivi dans l'emploi » did person and referent sign, when, and how?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Identified, Instant, enum_column
from app.follow_up.rules.kinds import AnnexSide, SignatureMeans


class Annex(Identified, Base):
    """The text put to signature: kept whole, never changed. A newer one replaces it (``replaced_at``)."""

    __tablename__ = "follow_up_annexes"
    __table_args__ = (
        Index("uq_follow_up_annexes_current", "follow_up_id", unique=True, postgresql_where="replaced_at IS NULL"),
        Index("ix_follow_up_annexes_follow_up_id", "follow_up_id"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    text: Mapped[str]
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the text in UTF-8: the document hash that each signature repeats."""
    made_on: Mapped[date]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    replaced_at: Mapped[Instant | None]

    signatures: Mapped[list["AnnexSignature"]] = relationship(lazy="raise_on_sql", order_by="AnnexSignature.signed_at")


class AnnexSignature(Identified, Base):
    """A simple electronic signature (who, when, which text), or paper that the referent recorded."""

    __tablename__ = "follow_up_annex_signatures"
    __table_args__ = (
        CheckConstraint("(means = 'electronic') <= (user_id IS NOT NULL)", name="electronic_has_user"),
        CheckConstraint("(means = 'paper') <= (recorded_by IS NOT NULL)", name="paper_has_recorder"),
        Index("uq_follow_up_annex_signatures", "annex_id", "side", unique=True),
    )

    annex_id: Mapped[UUID] = mapped_column(ForeignKey("follow_up_annexes.id", ondelete="CASCADE"))
    side: Mapped[AnnexSide] = enum_column(AnnexSide, name="side")
    means: Mapped[SignatureMeans] = enum_column(SignatureMeans, name="means")
    signer_name: Mapped[str]
    signed_on: Mapped[date]
    signed_at: Mapped[Instant] = mapped_column(default=clock.now)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
