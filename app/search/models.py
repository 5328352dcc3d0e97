"""What has the index still to read? One line for each change of a document, written in the change's transaction."""

from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Instant, enum_column
from search_index.documents import Kind


class SearchOutbox(Base):
    """A document that may have changed, appeared or gone. The drain removes the line once the index knows.

    The identity also gives the versions of what is written: see ``search_index.sync``.
    """

    __tablename__ = "search_outbox"
    __table_args__ = (Index("ix_search_outbox_attempts_id", "attempts", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    kind: Mapped[Kind] = enum_column(Kind, name="kind")
    object_id: Mapped[UUID]
    changed_at: Mapped[Instant] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)  # failures; after a few, the line waits for somebody to look
