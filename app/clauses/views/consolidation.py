"""The export for the national consolidation: a row a lot, over a period, through the mapping file."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.clauses.forms.closing import PeriodForm
from app.clauses.queries.consolidation import columns, consolidation
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.exports import export
from app.core.policy import requires, the_actor
from app.core.roles import Role


@blueprint.get("/clauses/consolidation", endpoint="consolidation")
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def consolidated() -> ResponseReturnValue:
    """The period asked, how many lots it holds, and the file."""
    year = clock.today().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    form = PeriodForm(request.args if request.args else None, data={"du": first, "au": last})
    if request.args and form.validate():
        first, last = form.du.data or first, form.au.data or last
    rows = list(consolidation(the_actor(), first, last)) if first <= last else []
    header = [column.header for column in columns()]
    if (kind := request.args.get("export")) and not form.in_error:
        return export(kind, f"consolidation-{first:%Y-%m-%d}-{last:%Y-%m-%d}", header, rows)
    return render_template(
        "clauses/consolidation.html",
        form=form,
        first=first,
        last=last,
        count=len(rows),
        header=header,
        empty_headers=[column.header for column in columns() if column.source is None],
    )
