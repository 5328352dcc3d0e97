"""The people of a page, read again through the scope of the reader, with what the matching knows of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, literal
from sqlalchemy.orm import joinedload

from app.applications import queries as applications
from app.applications.rules import ProposalResult, proposal_result
from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.clauses.queries.offers import eligible_for
from app.core.db import db
from app.core.roles import Actor
from app.matches.queries.counting import as_counting
from app.matches.queries.lines import Line, line, why_not
from app.matches.queries.pool import snapshot
from app.offers import queries as offers
from app.offers.models import Offer
from matching import criteria


@dataclass(frozen=True, slots=True)
class Person:
    """A row and its profile; no profile: the person can no longer be matched."""

    candidate: Candidate
    profile: criteria.Candidate | None


def read_people(ids: Iterable[str | UUID], actor: Actor) -> Mapping[str, Person]:
    """By id. Whoever the actor may not see is left out: the columns only know of people, never of rights."""
    wanted = [UUID(str(key)) for key in ids]
    if not wanted:
        return {}
    these = Candidate.id == any_(literal(wanted, ARRAY(Uuid())))  # one statement, however many they are
    query = candidates.candidates_visible_to(actor).where(these)
    rows = db.session.scalars(query.options(joinedload(Candidate.commune))).all()
    known = {one.id: one for one in candidates.matching_rows(ids=[row.id for row in rows]).candidates}
    return {str(row.id): Person(row, known.get(str(row.id))) for row in rows}


@dataclass(frozen=True, slots=True)
class SetAside:
    """Somebody ticked who cannot be proposed; ``result`` is None when the offer no longer suits, ``why`` says it."""

    name: str
    result: ProposalResult | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The people ticked: those to propose, in the order given, and the others."""

    lines: Sequence[Line]
    aside: Sequence[SetAside]


def choice(offer: Offer, ids: Sequence[UUID], actor: Actor, today: date) -> Choice:
    """Judge again, now, each person ticked: since the list was read a file may have changed."""
    now, need = snapshot(today), offers.matching_offer(offer)
    people, eligible = read_people(ids, actor), eligible_for(offer)
    before = applications.states_for_offer(offer.id, ids)
    lines: list[Line] = []
    aside: list[SetAside] = []
    for key in ids:
        one = people.get(str(key))
        if one is None:
            aside.append(SetAside("", ProposalResult.NOT_SEEN))
            continue
        result = proposal_result(one.profile is not None, before.get(key, ()))
        if one.profile is None or result is not ProposalResult.PROPOSED:
            aside.append(SetAside(one.candidate.full_name, result))
            continue
        profile, asked = as_counting(one.profile, need, eligible)
        if why := why_not(profile, asked, now):
            aside.append(SetAside(one.candidate.full_name, None, why))
        else:
            lines.append(line(one.candidate, profile, offer, asked, now, today))
    return Choice(lines, aside)
