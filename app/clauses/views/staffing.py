"""« Besoins de personnes »: the lots that lack people, and what structures answer."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.staffing import AnswerForm, CloseForm, StaffingFilters
from app.clauses.labels.staffing import DONE_WORDS, REFUSAL_WORDS, URGENCY_LOOKS, URGENCY_WORDS
from app.clauses.labels.states import STAFFING_ACTIONS, STAFFING_LOOKS, STAFFING_STATES
from app.clauses.models import StaffingRequest
from app.clauses.queries import staffing as queries
from app.clauses.queries.offers import offers_of_lots
from app.clauses.rules.staffing_requests import urgency
from app.clauses.rules.states import STAFFING_REQUEST, StaffingAction
from app.clauses.service import staffing as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.reference import queries as reference

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)
EXPORT_MOST: Final = 10_000
PUBLIC_HEADER: Final = ("Métier", "Commune", "Personnes", "Heures par semaine", "Début au plus tard", "Facilitateur",
                        "Téléphone")  # fmt: skip
STEER_HEADER: Final = ("Métier", "Commune", "Marché", "Lot", "Personnes", "Heures par semaine", "Début au plus tard",
                       "Heures restantes", "Semaines restantes", "Réponses", "Personnes proposées")  # fmt: skip


def weekly_of(row: StaffingRequest) -> int:
    """Hours a week of all the people together if they start now, rounded up: whoever plans needs no hundredths."""
    return ceil(row.weekly_hours)


_WORDS: Final = {
    "states": STAFFING_STATES,
    "looks": STAFFING_LOOKS,
    "urgency": urgency,
    "urgency_words": URGENCY_WORDS,
    "urgency_looks": URGENCY_LOOKS,
    "job_of": queries.job_of,
    "place_of": queries.place_of,
    "weekly_of": weekly_of,
}


@blueprint.get("/clauses/besoins")
@requires(*STEERS, Role.EMPLOYER)
def staffing() -> ResponseReturnValue:
    """The most urgent first: for who steers with lot and contract, for a structure what it may answer."""
    actor, today = the_actor(), clock.today()
    filters = StaffingFilters(
        request.args, territories=reference.territory_choices(), trades=queries.trades_asked(actor)
    )
    asked = filters.asked(request.args.get("tri"))
    rows = queries.listed(actor, asked, today)
    if kind := request.args.get("export"):
        return export(kind, f"besoins-{today:%Y-%m-%d}", *_table(actor, paginate(rows, 1, EXPORT_MOST).items))
    page = paginate(rows, page_number(request.args.get("page")))
    return render_template(
        "clauses/staffing.html",
        page=page,
        filters=filters,
        sort=asked.sort,
        steers=actor.is_any(*STEERS),
        provides=queries.is_provider(actor),
        today=today,
        **_around(actor, page.items),
        **_WORDS,
    )


def _around(actor: Actor, rows: Sequence[StaffingRequest]) -> dict[str, Any]:
    """What is shown beside the requests, by the reader's right."""
    if actor.is_any(*STEERS):
        answers, offers = queries.answers_to(rows), offers_of_lots([row.lot_id for row in rows])
        return {"answers": answers, "offers": offers, "own": frozenset(), "said": {}}
    return {
        "answers": {},
        "offers": {},
        "own": queries.own_lots(actor, rows),
        "said": queries.own_answers(actor, rows),
    }


def _table(actor: Actor, rows: Sequence[StaffingRequest]) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    if actor.is_any(*STEERS):
        return STEER_HEADER, _steer_cells(rows)
    return PUBLIC_HEADER, _public_cells(rows)


def _steer_cells(rows: Sequence[StaffingRequest]) -> Iterator[Sequence[Any]]:
    answers = queries.answers_to(rows)
    for row in rows:
        lot = row.lot
        yield (
            queries.job_of(lot), queries.place_of(lot), lot.contract.title, f"{lot.number} {lot.title}", row.posts,
            row.weekly_hours, row.start_before, row.hours_left, row.weeks_left, *answers.get(row.id, (0, 0)),
        )  # fmt: skip


def _public_cells(rows: Sequence[StaffingRequest]) -> Iterator[Sequence[Any]]:
    for row in rows:
        name, phone = contact_of(row)
        yield (
            queries.job_of(row.lot), queries.place_of(row.lot), row.posts, row.weekly_hours, row.start_before, name,
            phone,
        )  # fmt: skip


def contact_of(row: StaffingRequest) -> tuple[str, str]:
    """(name, phone) of the facilitator, or of their house."""
    user, house = row.lot.contract.facilitator, row.lot.contract.facilitator_organisation
    name = user.full_name if user else house.name if house else ""
    phone = (user.phone if user else None) or (house.phone if house else None)
    return name, phone or ""


@blueprint.route("/clauses/besoins/<uuid:request_id>", methods=["GET", "POST"])
@requires(*STEERS, Role.EMPLOYER)
def staffing_request(request_id: UUID) -> ResponseReturnValue:
    """One need; a structure says how many people it has, from when."""
    actor = the_actor()
    row = queries.the_request(actor, request_id)
    known = queries.answer_of(actor, row.id)
    form = AnswerForm(obj=known) if known else AnswerForm(data={"posts": 1, "available_from": clock.today()})
    if request.method == "POST" and not queries.is_provider(actor):
        abort(404)
    if form.sent:
        try:
            _answer(row.id, form, actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
            row = queries.the_request(actor, request_id)
        else:
            flash("Votre proposition est envoyée au facilitateur.", "success")
            return redirect(url_for(".staffing_request", request_id=row.id), 303)
    return _page(actor, row, form)


def _answer(request_id: UUID, form: AnswerForm, actor: Actor) -> None:
    service.answer(
        request_id,
        posts=int(form.posts.data or 0),
        available_from=form.available_from.data or clock.today(),
        words=form.words.data or "",
        by=actor,
        today=clock.today(),
    )


def _page(actor: Actor, row: StaffingRequest, form: AnswerForm) -> str:
    steers = actor.is_any(*STEERS)
    acts = STAFFING_REQUEST.actions(row.state, actor.role)
    holds = not steers and bool(queries.own_lots(actor, [row]))
    return render_template(
        "clauses/staffing_request.html",
        row=row,
        form=form,
        today=clock.today(),
        steers=steers,
        holds=holds,
        may_answer=StaffingAction.ANSWER in acts and queries.is_provider(actor) and not holds,
        known=queries.answer_of(actor, row.id),
        answers=queries.answers_in_full(row.id) if steers else (),
        history=queries.history_of(row.id) if steers else (),
        offers=offers_of_lots([row.lot_id]).get(row.lot_id, ()) if steers else (),
        acts=[act for act in acts if act is not StaffingAction.ANSWER],
        action_words=STAFFING_ACTIONS,
        done_words=DONE_WORDS,
        contact_person=contact_of(row),
        **_WORDS,
    )


@blueprint.post("/clauses/besoins/<uuid:request_id>/etat")
@requires(*STEERS)
def staffing_close(request_id: UUID) -> ResponseReturnValue:
    """« C’est pourvu » or « Retirer la demande »."""
    form = CloseForm()
    if not form.sent or request.form.get("action") not in set(StaffingAction):
        abort(400)
    action = StaffingAction(request.form["action"])
    service.close(request_id, action, version=form.version.data, by=the_actor(), today=clock.today())
    flash("Le besoin est pourvu." if action is StaffingAction.COVER else "La demande est retirée.", "success")
    return redirect(url_for(".staffing_request", request_id=request_id), 303)
