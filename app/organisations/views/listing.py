"""The list of organisations: filters, sort and pages in the address; CSV and XLSX."""

from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.organisations import queries
from app.organisations.forms import ListFilters
from app.organisations.labels import KIND_SHORT, STATE_KINDS, STATE_WORDS
from app.organisations.models import Organisation
from app.organisations.rules import is_decider
from app.organisations.views.blueprint import EVERYTHING, blueprint, territories

HEADER = ("Organisation", "Type", "SIRET", "Commune", "Territoire", "État", "Membres", "Inscrite le")


@blueprint.get("/organisations")
@requires(Role.DEPARTMENT, Role.ADMINISTRATOR, Role.FACILITATOR, Role.REFERENT)
def listing() -> ResponseReturnValue:
    """Who takes part, as far as the reader sees."""
    actor, today = the_actor(), clock.today()
    names = territories()
    form = ListFilters(request.args)
    form.territoire.choices = [("", "Tous"), *names]
    sort = request.args.get("tri", "nom")
    asked = queries.Filters(
        form.mots.data or "", form.sorte.data, form.etat.data if is_decider(actor) else None, form.territoire.data, sort
    )
    query = queries.organisations_listed(actor, asked, today)
    if kind := request.args.get("export"):
        rows = paginate(query, 1, EVERYTHING).items
        return export(kind, f"organisations-{today:%Y-%m-%d}", HEADER, _lines(rows, dict(names)))
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "organisations/listing.html",
        filters_form=form,
        page=page,
        sort=sort,
        counts=queries.member_counts([organisation.id for organisation in page]),
        kinds=KIND_SHORT,
        states=STATE_WORDS,
        state_kinds=STATE_KINDS,
        decides=is_decider(actor),
    )


def _lines(rows: Any, names: dict[str, str]) -> list[tuple[Any, ...]]:
    counts = queries.member_counts([organisation.id for organisation in rows])
    return [_line(organisation, counts.get(organisation.id, 0), names) for organisation in rows]


def _line(organisation: Organisation, count: int, names: dict[str, str]) -> tuple[Any, ...]:
    since: date = clock.civil_day(organisation.created_at)
    return (
        organisation.name,
        KIND_SHORT[organisation.kind],
        organisation.siret or "",
        organisation.commune.name if organisation.commune else "",
        names.get(organisation.territory_code or "", ""),
        STATE_WORDS[organisation.state],
        count,
        since,
    )
