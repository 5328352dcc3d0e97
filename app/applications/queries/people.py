"""Who chose an offer for somebody, and does the reader follow them? Small reads for the pages."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import User
from app.applications.models import Application
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.roles import Actor


def proposers_of(applications: Iterable[Application]) -> Mapping[UUID, str]:
    """By application: the name of the professional who proposed it."""
    by = {one.id: one.proposed_by for one in applications if one.proposed_by is not None}
    if not by:
        return {}
    name = func.concat_ws(" ", User.first_name, User.last_name)
    rows = db.session.execute(select(User.id, name).where(User.id.in_(set(by.values()))))
    names: dict[UUID, str] = {row[0]: row[1] for row in rows}
    return {one: names[user] for one, user in by.items() if user in names}


def follows(actor: Actor, candidate_id: UUID) -> bool:
    """May the reader open the person's file?"""
    visible = candidates_visible_to(actor).where(Candidate.id == candidate_id).order_by(None)
    return db.session.scalar(select(visible.exists())) or False
