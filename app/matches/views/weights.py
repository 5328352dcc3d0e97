"""« Réglage du score »: the weights that hold, a new set from a day on, and those before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.matches import queries, service
from app.matches.forms import WeightsForm
from app.matches.labels import REFUSAL_WORDS
from app.matches.views.blueprint import blueprint


@blueprint.route("/reglages/score", methods=["GET", "POST"])
@requires(Role.DEPARTMENT, Role.ADMINISTRATOR)
def weights() -> ResponseReturnValue:
    """The form starts from what holds today, for tomorrow."""
    today = clock.today()
    row = queries.weights_row(today)
    form = WeightsForm(data=service.starting_values(row, today))
    if form.sent:
        try:
            made = service.set_weights(form.values, by=the_actor(), today=today)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"Le nouveau réglage est enregistré. Il commence le {made.valid_from:%d/%m/%Y}.", "success")
            return redirect(url_for(".weights"), 303)
    return render_template("matches/weights.html", form=form, history=queries.history(), current=row)
