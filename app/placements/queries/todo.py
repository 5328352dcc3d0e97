"""What waits for somebody about stages today? Grouped lines for the home page, one statement a role."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, exists, func, select

from app.core import clock
from app.core.db import db
from app.core.french import date_words, plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.placements.models import Placement, PlacementAssessment, TripartiteAnswer, TripartiteDate, TripartiteMeeting
from app.placements.queries.listing import SOON
from app.placements.queries.visible import acted_on_by, placements_visible_to
from app.placements.rules.kinds import AssessmentSide, TripartiteParty
from app.placements.rules.states import PlacementState, TripartiteState

_S = PlacementState
_ON_ITS_WAY: Final = (_S.PREPARED, _S.DEPOSITED)
_OVER: Final = (_S.ENDED, _S.STOPPED)


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """A host: requests to answer, assessments to write. Who accompanies: answers to get, conventions of the ten days
    to come, what follows a stage that is over. Both: dates of a meeting of three. One statement."""
    if actor.organisation_id is None:
        return []
    if actor.role is Role.EMPLOYER:
        return list(_of_host(actor, today))
    return list(_of_accompaniment(actor, today)) if actor.role in ACCOMPANIMENT else []


def _unassessed() -> ColumnElement[bool]:
    """Over, and the host's side says nothing yet."""
    said = exists().where(
        PlacementAssessment.placement_id == Placement.id, PlacementAssessment.side == AssessmentSide.HOST
    )
    return and_(Placement.state.in_(_OVER), ~said)


def _unanswered(party: TripartiteParty, whose: ColumnElement[bool]) -> Any:
    """How many meetings of three have a date to come to which this party has said neither yes nor no."""
    answered = exists().where(TripartiteAnswer.date_id == TripartiteDate.id, TripartiteAnswer.party == party)
    open_date = exists().where(
        TripartiteDate.meeting_id == TripartiteMeeting.id, TripartiteDate.at > clock.now(), ~answered
    )
    waits = (whose, TripartiteMeeting.state == TripartiteState.PROPOSED, open_date)
    return select(func.count()).select_from(TripartiteMeeting).where(*waits).scalar_subquery()


def _of_host(actor: Actor, today: date) -> Iterator[TodoItem]:
    waits = Placement.state == _S.WISHED
    mine = TripartiteMeeting.organisation_id == actor.organisation_id
    query = placements_visible_to(actor).with_only_columns(
        func.count().filter(waits).label("waiting"),
        func.min(Placement.starts_on).filter(waits).label("first"),
        func.count().filter(_unassessed()).label("unassessed"),
        _unanswered(TripartiteParty.STRUCTURE, mine).label("dates"),
    )
    row = db.session.execute(query).one()
    if row.waiting:
        soon = row.first <= today + SOON
        yield TodoItem(
            "placements.to_answer", f"{plural(row.waiting, 'demande')} de stage à répondre",
            f"Le premier commencerait le {date_words(row.first, today)}.", "placements.received",
            {"etat": "a-repondre"}, "Répondre", "à vous", "warn" if soon else "", "people", 1 if soon else 2,
        )  # fmt: skip
    if row.unassessed:
        yield TodoItem(
            "placements.to_assess", f"{plural(row.unassessed, 'bilan')} de stage à faire",
            "La personne et l’accompagnement le lisent.", "placements.received", {"etat": "finis"}, "Faire",
            icon="check", urgency=2,
        )  # fmt: skip
    yield from _dates(row)


def _of_accompaniment(actor: Actor, today: date) -> Iterator[TodoItem]:
    waits, declared = Placement.state == _S.WISHED, Placement.host_organisation_id.is_(None)
    soon = Placement.starts_on.between(today, today + SOON)
    late = and_(Placement.state == _S.ACCEPTED, soon)
    unvalidated = and_(Placement.state.in_(_ON_ITS_WAY), soon)
    mine = TripartiteMeeting.referent_organisation_id == actor.organisation_id
    row = db.session.execute(
        select(
            func.count().filter(waits, ~declared).label("waiting"),
            func.count().filter(waits, declared).label("by_phone"),
            func.count().filter(late).label("late"),
            func.min(Placement.starts_on).filter(late).label("first"),
            func.count().filter(unvalidated).label("unvalidated"),
            func.min(Placement.starts_on).filter(unvalidated).label("next"),
            func.count().filter(Placement.state.in_(_OVER)).label("over"),
            _unanswered(TripartiteParty.REFERENT, mine).label("dates"),
        ).where(acted_on_by(actor), Placement.state.in_((_S.WISHED, _S.ACCEPTED, *_ON_ITS_WAY, *_OVER)))
    ).one()
    yield from _conventions(row, today)
    yield from _answers(row)
    yield from _dates(row)


def _conventions(row: Row[Any], today: date) -> Iterator[TodoItem]:
    if row.late:
        yield TodoItem(
            "placements.convention", f"{plural(row.late, 'convention')} de stage à préparer",
            f"Le premier stage commence le {date_words(row.first, today)}\u00a0: la convention est validée avant.",
            "placements.placements", {"etat": "acceptes", "quand": "bientot"}, "Préparer", "bientôt", "bad",
            "file", 1,
        )  # fmt: skip
    if row.unvalidated:
        yield TodoItem(
            "placements.unvalidated", f"{plural(row.unvalidated, 'convention')} de stage à faire valider",
            f"Sans validation, le stage du {date_words(row.next, today)} ne commence pas.",
            "placements.placements", {"etat": "convention", "quand": "bientot"}, "Voir", "bientôt", "bad", "file", 1,
        )  # fmt: skip


def _answers(row: Row[Any]) -> Iterator[TodoItem]:
    if row.by_phone:
        yield TodoItem(
            "placements.by_phone", f"{plural(row.by_phone, 'entreprise')} à appeler pour un stage",
            "Elles ne sont pas sur le portail\u00a0: notez leur réponse.", "placements.placements",
            {"etat": "demandes"}, "Appeler", icon="phone", urgency=2,
        )  # fmt: skip
    if row.over:
        yield TodoItem(
            "placements.over", plural(row.over, "stage fini, sans suite notée", "stages finis, sans suite notée"),
            "Une embauche, une formation, un autre stage\u00a0? Dites ce qui suit.", "placements.placements",
            {"etat": "finis"}, "Noter", icon="check", urgency=2,
        )  # fmt: skip
    if row.waiting:
        yield TodoItem(
            "placements.waiting", f"{plural(row.waiting, 'stage')} sans réponse de l’entreprise",
            "Un appel aide souvent.", "placements.placements", {"etat": "demandes"}, icon="people", urgency=3,
        )  # fmt: skip


def _dates(row: Row[Any]) -> Iterator[TodoItem]:
    if row.dates:
        yield TodoItem(
            "placements.dates", plural(row.dates, "entretien à trois à fixer", "entretiens à trois à fixer"),
            "Dites quelles dates vous vont.", "placements.tripartites", {"etat": "a-fixer"}, "Répondre",
            "à vous", "info", "calendar", 2,
        )  # fmt: skip
