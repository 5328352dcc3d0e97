"""What waits for somebody in the clauses today: a few lines for the home page, and every line for their own page."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, select

from app.clauses.models import HourReport, PublicContract, StaffingRequest
from app.clauses.queries import contracts, hours_to_do, progress, staffing, waiting
from app.clauses.queries.visible import contracts_visible_to, reports_visible_to
from app.clauses.rules.states import ContractState, ReportState
from app.core.db import db
from app.core.french import plural
from app.core.roles import Actor, Role
from app.core.todo import TodoItem, in_order

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """For the home page: a firm's hours and the needs near a structure; for those who steer, one statement."""
    if actor.role is Role.EMPLOYER:
        return [*hours_to_do.to_do_for(actor, today), *staffing.to_do_for(actor, today)]
    return _in_short(actor, today) if actor.is_any(*STEERS) else []


def everything(actor: Actor, today: date) -> list[TodoItem]:
    """Every line of every part, the most urgent first, for those who steer. Eleven statements."""
    parts = (hours_to_do, progress, staffing, waiting, contracts)
    return in_order(*(part.to_do_for(actor, today) for part in parts))


def _count(query: Select[Any], column: Any) -> Any:
    return select(func.count()).select_from(query.with_only_columns(column).subquery()).scalar_subquery()


def _in_short(actor: Actor, today: date) -> list[TodoItem]:
    steered = contracts_visible_to(actor)
    over = steered.where(PublicContract.state == ContractState.RUNNING, PublicContract.delivered_on < today)
    delivered = steered.where(PublicContract.state == ContractState.DELIVERED)
    declared = reports_visible_to(actor).where(HourReport.state == ReportState.DECLARED)
    lacking = staffing.requests_visible_to(actor).where(StaffingRequest.state.in_(staffing.LIVE))
    row = db.session.execute(
        select(
            _count(declared, HourReport.id).label("declared"),
            _count(lacking, StaffingRequest.id).label("lacking"),
            _count(over, PublicContract.id).label("over"),
            _count(delivered, PublicContract.id).label("delivered"),
        )
    ).one()
    found = []
    if row.declared and actor.role is Role.FACILITATOR:
        title = f"{plural(row.declared, 'déclaration')} d’heures à valider"
        text = "Éligibilité, dates, heures et pièces\u00a0: tout est sur une page."
        found.append(
            TodoItem("clause.hours", title, text, "clauses.to_validate", action="Valider", icon="clock", urgency=2)
        )
    others = [
        plural(row.lacking, "lot manque de personnes", "lots manquent de personnes") if row.lacking else "",
        f"{plural(row.over + row.delivered, 'marché')} à clore ou à prolonger" if row.over + row.delivered else "",
    ]
    if any(others):
        text = ", ".join(one for one in others if one)
        found.append(
            TodoItem(
                "clause.others", "Clauses sociales\u00a0: ce qui vous attend", f"{text[:1].upper()}{text[1:]}.",
                "clauses.to_do", icon="file", urgency=2 if row.lacking else 3,
            )
        )  # fmt: skip
    return found
