"""What waits for somebody about stages today? Grouped lines for the home page, one statement."""

from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from app.core.db import db
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.placements.models import Placement
from app.placements.queries.listing import SOON
from app.placements.queries.visible import acted_on_by, placements_visible_to
from app.placements.rules.states import PlacementState

_S = PlacementState


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """A host: the requests to answer. Who accompanies: answers to get, conventions to make in the ten days to come."""
    if actor.role is Role.EMPLOYER:
        return _of_host(actor, today)
    return _of_accompaniment(actor, today) if actor.role in ACCOMPANIMENT else []


def _of_host(actor: Actor, today: date) -> list[TodoItem]:
    waiting = placements_visible_to(actor).where(Placement.state == _S.WISHED)
    count, first = db.session.execute(waiting.with_only_columns(func.count(), func.min(Placement.starts_on))).one()
    if not count:
        return []
    soon = first <= today + SOON
    return [
        TodoItem(
            "placements.to_answer", f"{plural(count, 'demande')} de stage à répondre",
            f"Le premier commencerait le {first:%d/%m}.", "placements.received", {"etat": "a-repondre"}, "Répondre",
            "à vous", "warn" if soon else "", "people", 1 if soon else 2,
        )
    ]  # fmt: skip


def _of_accompaniment(actor: Actor, today: date) -> list[TodoItem]:
    waits = Placement.state == _S.WISHED
    by_phone = and_(waits, Placement.host_organisation_id.is_(None))
    late = and_(Placement.state == _S.ACCEPTED, Placement.starts_on <= today + SOON, Placement.starts_on >= today)
    row = db.session.execute(
        select(
            func.count().filter(waits, Placement.host_organisation_id.is_not(None)).label("waiting"),
            func.count().filter(by_phone).label("by_phone"),
            func.count().filter(late).label("late"),
            func.min(Placement.starts_on).filter(late).label("first"),
        ).where(acted_on_by(actor), Placement.state.in_((_S.WISHED, _S.ACCEPTED)))
    ).one()
    return _lines(row)


def _lines(row: Any) -> list[TodoItem]:
    items = []
    if row.late:
        items.append(
            TodoItem(
                "placements.convention", f"{plural(row.late, 'convention')} de stage à préparer",
                f"Le premier stage commence le {row.first:%d/%m}\u00a0: la convention est validée avant.",
                "placements.placements", {"etat": "acceptes", "quand": "bientot"}, "Préparer", "bientôt", "bad",
                "file", 1,
            )
        )  # fmt: skip
    if row.by_phone:
        items.append(
            TodoItem(
                "placements.by_phone", f"{plural(row.by_phone, 'entreprise')} à appeler pour un stage",
                "Elles ne sont pas sur le portail\u00a0: notez leur réponse.", "placements.placements",
                {"etat": "demandes"}, "Appeler", icon="phone", urgency=2,
            )
        )  # fmt: skip
    if row.waiting:
        items.append(
            TodoItem(
                "placements.waiting", f"{plural(row.waiting, 'stage')} sans réponse de l’entreprise",
                "Un appel aide souvent.", "placements.placements", {"etat": "demandes"}, icon="people", urgency=3,
            )
        )  # fmt: skip
    return items
