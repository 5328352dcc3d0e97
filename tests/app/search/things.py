"""Two tables of no domain, indexed as offers: a thing, and the labels that say more of it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.core.db import db
from search_index.documents import OfferDocument


class ThingBase(DeclarativeBase):
    """Apart from the portal's tables, which the migrations describe."""


class Thing(ThingBase):
    __tablename__ = "test_things"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title: Mapped[str]
    shown: Mapped[bool] = mapped_column(default=True)
    broken: Mapped[bool] = mapped_column(default=False)
    labels: Mapped[list["Label"]] = relationship(cascade="all, delete-orphan", back_populates="thing")


class Label(ThingBase):
    __tablename__ = "test_labels"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    thing_id: Mapped[UUID] = mapped_column(ForeignKey("test_things.id"))
    word: Mapped[str]
    thing: Mapped[Thing] = relationship(back_populates="labels")


def documents_for(ids: Sequence[UUID]) -> list[OfferDocument]:
    things = db.session.scalars(select(Thing).where(Thing.id.in_(ids), Thing.shown))
    return [_document(thing) for thing in things]


def _document(thing: Thing) -> OfferDocument:
    if thing.broken:
        raise RuntimeError("this one cannot be made")
    words = db.session.scalars(select(Label.word).where(Label.thing_id == thing.id).order_by(Label.word)).all()
    return OfferDocument(id=thing.id, title=thing.title, trade="thing", other_words=tuple(words))
