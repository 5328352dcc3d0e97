"""« Propositions »: where the people whom one accompanies stand, as a table or in columns; sending what was agreed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import local_path
from app.applications import queries, service
from app.applications.forms import PipelineFilters
from app.applications.labels import ORIGINS, STATE_LOOKS, STATES, deadline_words
from app.applications.queries import Asked, Line
from app.applications.rules import WAITS_FOR_EMPLOYER, ApplicationState
from app.applications.views.blueprint import FOLLOWS, blueprint
from app.applications.views.inbox import EXPORT_MOST, as_id
from app.core import clock
from app.core.clock import civil_day
from app.core.exports import export
from app.core.forms import ActForm
from app.core.french import plural
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers import queries as offers

HEADER: Final = (
    "Personne", "Commune", "Offre", "Numéro de l’offre", "Employeur", "Lieu de travail", "Origine", "État",
    "Depuis le", "Réponse attendue le", "Entretien", "Score", "Messages non lus",
)  # fmt: skip
SENT_AT_ONCE: Final = 100


@blueprint.get("/propositions")
@requires(*FOLLOWS, Role.DEPARTMENT)
def pipeline() -> ResponseReturnValue:
    """Applications of the people whom the reader accompanies, and those that they proposed."""
    actor, today = the_actor(), clock.today()
    filters = PipelineFilters(request.args)
    asked = _asked(filters, today)
    if kind := request.args.get("export"):
        rows = queries.all_lines(actor, asked, EXPORT_MOST)
        return export(kind, f"propositions-{today:%Y-%m-%d}", HEADER, _cells(rows))
    columns = request.args.get("vue") == "colonnes"
    return render_template(
        "applications/board.html" if columns else "applications/pipeline.html",
        columns=queries.board(actor, asked) if columns else (),
        page=None if columns else queries.lines(actor, asked, page_number(request.args.get("page"))),
        filters=filters,
        of_offer=offers.the_offer(actor, asked.offer_id) if asked.offer_id else None,
        of_employer=queries.employer_of_list(asked),
        counts=_counts(queries.state_counts(actor)),
        narrowed=bool(asked.states or asked.offer_id or asked.organisation_id or asked.late_on or asked.mine),
        sort=asked.sort,
        states=STATES,
        looks=STATE_LOOKS,
        to_send=ApplicationState.AGREED if actor.role in FOLLOWS else None,
        deadline=lambda due_on: deadline_words(due_on, today),
    )


def _asked(filters: PipelineFilters, today: date) -> Asked:
    """What the address asks of the list; an offer or an employer comes from a link, not from a field."""
    return Asked(
        states=filters.states,
        offer_id=as_id(request.args.get("offre")),
        organisation_id=as_id(request.args.get("employeur")),
        late_on=today if filters.late else None,
        mine=filters.mine,
        sort=request.args.get("tri", ""),
    )


def _counts(counts: Mapping[ApplicationState, int]) -> dict[str, int]:
    """Whose turn it is, in three figures."""
    return {
        "to_send": counts.get(ApplicationState.AGREED, 0),
        "proposed": counts.get(ApplicationState.PROPOSED, 0),
        "employer": sum(counts.get(state, 0) for state in WAITS_FOR_EMPLOYER),
    }


def _cells(rows: Sequence[Line]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.name, row.commune, row.offer, row.offer_number, row.organisation, row.place, ORIGINS[row.origin],
            STATES[row.state], civil_day(row.since), row.due_on, row.interview_at, row.score, row.unread,
        )  # fmt: skip


@blueprint.post("/propositions/envoyer")
@requires(*FOLLOWS)
def send() -> ResponseReturnValue:
    """Send the ticked applications to their employers, then back to the list as it was."""
    back = local_path(request.form.get("retour")) or url_for(".pipeline")
    ids = [found for raw in request.form.getlist("candidature")[:SENT_AT_ONCE] if (found := as_id(raw))]
    if not ActForm().sent:
        return redirect(back, 303)
    if not ids:
        flash("Cochez au moins une candidature.", "error")
        return redirect(back, 303)
    flash(*_said(service.send(ids, by=the_actor(), today=clock.today()), set(ids)))
    return redirect(back, 303)


def _said(sent: int, asked: set[UUID]) -> tuple[str, str]:
    """(sentence, kind of flash): how many left, and whether some were gone already."""
    rest = len(asked) - sent
    if not sent:
        return "Rien n’est parti\u00a0: ces candidatures ne sont plus à envoyer.", "warning"
    verb = "est" if sent == 1 else "sont"
    words = f"{plural(sent, 'candidature')} {verb} chez l’employeur. Il a 15\u00a0jours pour répondre."
    if rest:
        words += f" {plural(rest, 'autre')} n’étai{'t' if rest == 1 else 'ent'} plus à envoyer."
    return words, "success"
