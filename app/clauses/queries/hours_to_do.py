"""What waits for somebody about hours?"""

from datetime import date

from app.clauses.queries.mine import employer_to_do
from app.clauses.queries.validation import steering_to_do
from app.core.roles import Actor, Role
from app.core.todo import TodoItem


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Hours to send for a firm; reports to validate and reminders to read over for those who steer."""
    if actor.role is Role.EMPLOYER:
        return employer_to_do(actor, today)
    return steering_to_do(actor) if actor.is_any(Role.FACILITATOR, Role.DEPARTMENT) else []
