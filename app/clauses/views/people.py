"""« Personnes » of a contract: who works on which lot and until when; to note, change and end that work.

An employer reads the people on its own lots at the same address: their names and « Éligible jusqu'au », never why.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.eligibility import as_id, shortened
from app.clauses.forms.employments import EmploymentEditForm, EmploymentForm, PeopleFilters
from app.clauses.labels.kinds import MODES, NATURES
from app.clauses.labels.people import ALERT_LOOKS, ALERTS, REFUSAL_WORDS, until_words
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.models import ClauseEmployment, Lot, PublicContract
from app.clauses.queries.people import STEERS, Asked, AtWork, all_people, people_page
from app.clauses.queries.posts import holders_of, person_checked, the_employment, waiting_hire
from app.clauses.queries.visible import lots_visible_to, the_contract
from app.clauses.queries.waiting import HIRES_SINCE, waiting_hires
from app.clauses.service import employments as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.offers.labels import EMPLOYMENTS

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Personne", "Lot", "Titulaire", "Employeur", "Mode", "Contrat de travail", "Depuis le", "Dernier jour",
    "Heures par semaine", "Éligible jusqu’au", "Heures déclarées", "Heures validées",
)  # fmt: skip
FOR_STEERERS: Final = ("Catégorie", "Alertes")


@blueprint.get("/clauses/marches/<uuid:contract_id>/personnes")
@requires(Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)
def people(contract_id: UUID) -> ResponseReturnValue:
    """The people at work on a contract, as its reader may know them."""
    actor, today = the_actor(), clock.today()
    contract, filters, steers = the_contract(actor, contract_id), PeopleFilters(request.args), actor.role in STEERS
    lots = _lots(actor, contract)
    filters.lot.choices = [("", "Tous"), *((str(lot.number), shortened(f"{lot.number}, {lot.title}")) for lot in lots)]
    asked = Asked(contract.id, filters.lot_number, filters.situation.data or "", request.args.get("tri", ""))
    if kind := request.args.get("export"):
        rows = all_people(actor, asked, EXPORT_MOST, today)
        header = (*HEADER, *FOR_STEERERS) if steers else HEADER
        return export(kind, f"personnes-{today:%Y-%m-%d}", header, _cells(rows, steers=steers))
    return render_template(
        "clauses/people.html",
        page=people_page(actor, asked, page_number(request.args.get("page")), today),
        filters=filters,
        narrowed=bool(asked.lot is not None or asked.situation),
        sort=asked.sort,
        several_lots=len(lots) > 1,
        waiting=waiting_hires([contract.id], today - HIRES_SINCE) if steers else (),
        steers=steers,
        **_words(contract, actor),
    )


def _lots(actor: Actor, contract: PublicContract) -> Sequence[Lot]:
    """Those of the reader: an employer must not learn the titles of the other lots."""
    query = lots_visible_to(actor).where(Lot.contract_id == contract.id).order_by(Lot.number)
    return db.session.scalars(query).all()


def _words(contract: PublicContract, actor: Actor) -> dict[str, Any]:
    return {
        "contract": contract,
        "natures": NATURES,
        "state": (CONTRACT_STATES[contract.state], CONTRACT_LOOKS[contract.state]),
        "tabs_of": contract_tabs(contract.id, actor, "clauses.people"),
        "modes": MODES,
        "kinds": EMPLOYMENTS,
        "alert_words": ALERTS,
        "alert_looks": ALERT_LOOKS,
        "until": until_words,
        "today": clock.today(),
    }


def _cells(rows: Sequence[AtWork], *, steers: bool) -> Iterator[Sequence[Any]]:
    today = clock.today()
    for row in rows:
        cells = (
            row.name, f"{row.lot_number} {row.lot}", row.holder, row.employer, MODES[row.mode], EMPLOYMENTS[row.kind],
            row.started_on, row.ended_on, row.hours_week, row.counts_until, row.declared, row.validated,
        )  # fmt: skip
        said = ", ".join(ALERTS[alert] for alert in row.alerts(today))
        yield (*cells, row.category, said) if steers else cells


@blueprint.route("/clauses/marches/<uuid:contract_id>/personnes/nouvelle", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def employment_new(contract_id: UUID) -> ResponseReturnValue:
    """Note that somebody works on a lot: who, for whom, how, since when."""
    actor = the_actor()
    contract = the_contract(actor, contract_id)
    person = person_checked(actor, contract.id, as_id(request.args.get("personne")))
    hire = waiting_hire(contract.id, person.id, as_id(request.args.get("embauche")))
    form = EmploymentForm()
    form.offer(holders_of(contract.id))
    form.fill_from(hire)
    if form.sent:
        try:
            service.employ(
                person.id, form.holder_id, form.work(), by=actor, hire_id=hire.id if hire else None,
                row_id=form.row_id.data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"{person.full_name} est en poste sur ce marché.", "success")
            return redirect(url_for(".people", contract_id=contract.id), 303)
    return render_template(
        "clauses/employment_form.html", form=form, person=person, row=None, **_words(contract, actor)
    )


@blueprint.route("/clauses/personnes/<uuid:employment_id>/modifier", methods=["GET", "POST"])
@requires(Role.FACILITATOR, Role.DEPARTMENT)
def employment_edit(employment_id: UUID) -> ResponseReturnValue:
    """The end, the week, the tutor of somebody's work."""
    actor = the_actor()
    row: ClauseEmployment = the_employment(actor, employment_id)
    contract = the_contract(actor, row.lot.contract_id)
    form = EmploymentEditForm(obj=row)
    if form.sent:
        try:
            service.change_employment(row.id, **form.said(), by=actor, version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("C’est enregistré.", "success")
            return redirect(url_for(".people", contract_id=contract.id), 303)
    return render_template(
        "clauses/employment_form.html", form=form, person=row.candidate, row=row, **_words(contract, actor)
    )
