"""« Journal »: who did what, and who opened whose file."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.audit import queries
from app.audit.forms import JournalFilters
from app.audit.labels import OBJECTS, ROLES, act_words
from app.core.paging import page_number, paginate
from app.core.policy import requires
from app.core.roles import Role

blueprint = Blueprint("audit", __name__)
PAGE_SIZE = 50


@blueprint.get("/journal")
@requires(Role.ADMINISTRATOR, Role.DEPARTMENT)
def journal() -> ResponseReturnValue:
    """The trail, the newest first."""
    form = JournalFilters(request.args)
    form.validate()
    asked = queries.Filters(
        object_type=form.objet.data,
        object_id=request.args.get("id", type=UUID),
        role=form.role.data,
        since=form.du.data,
        until=form.au.data,
    )
    page = paginate(queries.entries(asked), page_number(request.args.get("page")), PAGE_SIZE)
    return render_template(
        "audit/journal.html",
        filters_form=form,
        page=page,
        objects=OBJECTS,
        roles=ROLES,
        act_words=act_words,
        one=asked.object_id,
    )
