"""The list of people: filters in the address, a search by name outside of it, exports."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.filters import CandidateFilters, NameForm
from app.candidates.views.blueprint import READS, blueprint
from app.core import clock
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.reference import queries as reference

HEADER = (
    "Dossier", "Nom", "Prénom", "Commune", "Métiers voulus", "Prête à l’emploi depuis", "Accord", "Disponible",
    "Attend depuis le", "Référent",
)  # fmt: skip


def _filters(actor: Actor) -> CandidateFilters:
    communes, trades = queries.filter_choices(actor)
    return CandidateFilters(
        request.args,
        territories=reference.territory_choices(),
        communes=communes,
        trades=trades,
        is_referent=actor.role is Role.REFERENT,
    )


@blueprint.get("/candidats")
@requires(*READS)
def listing() -> ResponseReturnValue:
    """« Candidats »: filtered, sorted, paged, exported."""
    actor = the_actor()
    form = _filters(actor)
    asked, kind = form.asked(), request.args.get("export")
    if kind in {"csv", "xlsx"}:
        lines = queries.exported(actor, asked)
        service.note_export(actor, len(lines), kind)
        return export(kind, "candidats", HEADER, _rows(lines))
    return render_template(
        "candidates/listing.html",
        people=queries.listed(actor, asked, page_number(request.args.get("page"))),
        filters_form=form,
        name_form=NameForm(formdata=None),
        follows=actor.role is not Role.DEPARTMENT,
        compares=actor.role is not Role.REFERENT,
        **_shown(clock.today()),
    )


def _shown(today: date) -> dict[str, Any]:
    return {"sort": request.args.get("tri") or "nom", "today": today}


def _rows(lines: list[queries.Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        yield (
            line.number, line.last_name, line.first_name, line.commune, " ; ".join(line.trades), line.ready_on,
            line.consenting, line.available_from, line.waiting_since if line.ready_on else None, line.referent,
        )  # fmt: skip


@blueprint.post("/candidats/recherche")
@requires(*READS)
def search() -> ResponseReturnValue:
    """People by name or number of file: the words stay out of addresses and logs."""
    actor, form = the_actor(), NameForm()
    found = queries.named(actor, form.mots.data or "") if form.sent else []
    return render_template(
        "candidates/search.html",
        people=found,
        form=form,
        asked=form.mots.data or "",
        follows=actor.role is not Role.DEPARTMENT,
        most=queries.MOST_FOUND,
        today=clock.today(),
    )
