"""What waits for somebody among applications? Lines for « À faire aujourd'hui », one statement a role."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from app.applications.models import Application
from app.applications.queries.visible import applications_visible_to
from app.applications.rules import ApplicationState
from app.core.db import db
from app.core.french import plural
from app.core.quantities import format_day
from app.core.roles import Actor, Role
from app.core.todo import TodoItem
from app.offers.models import Offer

_S = ApplicationState
_WAITS_FOR_EMPLOYER = (_S.SENT, _S.IN_REVIEW, _S.POSTPONED)
SOON = timedelta(days=3)


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Grouped lines: by offer for an employer, by kind for those who accompany."""
    if actor.role is Role.EMPLOYER:
        return [_for_employer(row, today) for row in _by_offer(actor)]
    if actor.role in {Role.FACILITATOR, Role.REFERENT}:
        return list(_for_accompaniment(actor, today))
    return []


def _by_offer(actor: Actor) -> list[Row[Any]]:
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    query = (
        select(Offer.id, Offer.title, func.count().label("number"), func.min(Application.answer_due_on).label("due"))
        .join(Offer, Offer.id == Application.offer_id)
        .where(Application.id.in_(visible), Application.state.in_(_WAITS_FOR_EMPLOYER))
        .group_by(Offer.id, Offer.title)
        .order_by(func.min(Application.answer_due_on).nulls_last(), Offer.id)
        .limit(8)
    )
    return list(db.session.execute(query))


def _deadline(due: date | None, today: date) -> tuple[str, str, int]:
    """(words, look, urgency) of a deadline."""
    if due is None:
        return "", "", 3
    days = (due - today).days
    if days < 0:
        return f"dépassé de {plural(-days, 'jour')}", "bad", 0
    if days == 0:
        return "aujourd’hui", "warn", 1
    if due <= today + SOON:
        return f"dans {plural(days, 'jour')}", "warn", 1
    return f"avant le {format_day(due)}", "info", 2


def _for_employer(row: Row[Any], today: date) -> TodoItem:
    words, look, urgency = _deadline(row.due, today)
    return TodoItem(
        kind="application.to_answer",
        title=f"{plural(row.number, 'candidature')} pour «\u00a0{row.title}\u00a0»",
        text="Chaque personne attend votre réponse.",
        endpoint="applications.inbox",
        arguments={"offre": row.id},
        action="Répondre",
        tag=words,
        tag_state=look,
        icon="people",
        urgency=urgency,
    )


def _for_accompaniment(actor: Actor, today: date) -> list[TodoItem]:
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    late = Application.answer_due_on < today
    row = db.session.execute(
        select(
            func.count().filter(Application.state == _S.AGREED).label("agreed"),
            func.count().filter(Application.state.in_(_WAITS_FOR_EMPLOYER), late).label("employer"),
            func.min(Application.answer_due_on).filter(Application.state.in_(_WAITS_FOR_EMPLOYER)).label("oldest"),
            func.count().filter(Application.state == _S.PROPOSED, late).label("person"),
        ).where(Application.id.in_(visible), Application.state.in_((_S.AGREED, _S.PROPOSED, *_WAITS_FOR_EMPLOYER)))
    ).one()
    items = []
    if row.agreed:
        items.append(_agreed(row.agreed))
    if row.employer:
        items.append(_silent_employers(row.employer, (today - row.oldest).days))
    if row.person:
        items.append(_silent_people(row.person))
    return items


def _agreed(count: int) -> TodoItem:
    return TodoItem(
        kind="application.to_send",
        title=f"{plural(count, 'personne')} {'a' if count == 1 else 'ont'} dit oui\u00a0: candidatures à envoyer",
        text="Un clic les envoie à l’employeur. Sans vous, le portail les envoie au bout de 2\u00a0jours.",
        endpoint="applications.pipeline",
        arguments={"etat": _S.AGREED.value},
        action="Envoyer",
        tag="aujourd’hui",
        tag_state="warn",
        urgency=1,
    )


def _silent_employers(count: int, days: int) -> TodoItem:
    return TodoItem(
        kind="application.employer_late",
        title=f"{plural(count, 'candidature')} sans réponse de l’employeur",
        text="Les 15\u00a0jours sont passés. Un appel débloque souvent la situation.",
        endpoint="applications.pipeline",
        arguments={"retard": "oui"},
        action="Voir",
        tag=f"dépassé de {plural(days, 'jour')}",
        tag_state="bad",
        icon="clock",
        urgency=0,
    )


def _silent_people(count: int) -> TodoItem:
    return TodoItem(
        kind="application.person_late",
        title=f"{plural(count, 'personne')} n’{'a' if count == 1 else 'ont'} pas répondu à une proposition",
        text="Elles avaient 7\u00a0jours. Un appel aide à décider.",
        endpoint="applications.pipeline",
        arguments={"etat": _S.PROPOSED.value, "retard": "oui"},
        action="Appeler",
        tag="sans réponse",
        tag_state="warn",
        icon="phone",
        urgency=1,
    )
