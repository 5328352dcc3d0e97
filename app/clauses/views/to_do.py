"""« À faire » of the clauses: everything that waits for those who steer them, the most urgent first."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.clauses.queries.todo import everything
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.policy import requires, the_actor
from app.core.roles import Role


@blueprint.get("/clauses/a-faire")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def to_do() -> ResponseReturnValue:
    """Hours to validate, lots in danger, people without a check, contracts to close."""
    return render_template("clauses/to_do.html", todo=everything(the_actor(), clock.today()))
