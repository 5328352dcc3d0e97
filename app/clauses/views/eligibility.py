"""« Vérifier l'éligibilité » of a person for a contract, withdraw it, and the list of « Éligibilités »."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.queries import named
from app.clauses.forms.eligibility import CheckFilters, CheckForm, FindPerson, WithdrawForm, as_id, shortened
from app.clauses.labels.kinds import NATURES
from app.clauses.labels.people import REFUSAL_WORDS, age_words, good_until_words
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.models import PublicContract
from app.clauses.queries.categories import as_rule, categories_for, category_labels
from app.clauses.queries.eligibilities import (
    AskedChecks,
    Checked,
    all_checks,
    checks_on,
    checks_page,
    contracts_checked,
    the_check,
)
from app.clauses.queries.people import proposed_on
from app.clauses.queries.posts import person_checked
from app.clauses.queries.standing import terms_of
from app.clauses.queries.visible import the_contract
from app.clauses.rules.eligibility import proof_months
from app.clauses.service import eligibility as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)
EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Personne", "Marché", "Numéro", "Catégorie", "Justificatif du", "Éligible jusqu’au", "Vu le", "Vu par",
    "En poste", "Fin le", "Motif du retrait",
)  # fmt: skip


@blueprint.get("/clauses/eligibilites")
@requires(*STEERS)
def eligibilities() -> ResponseReturnValue:
    """Every check of the contracts that one steers."""
    actor, today, filters = the_actor(), clock.today(), CheckFilters(request.args)
    filters.categorie.choices = [
        ("", "Toutes"),
        *((slug, shortened(words)) for slug, words in category_labels().items()),
    ]
    filters.marche.choices = [("", "Tous"), *((value, shortened(title)) for value, title in contracts_checked(actor))]
    asked = AskedChecks(
        filters.situation.data or "", filters.categorie.data or "", filters.contract_id, request.args.get("tri", "")
    )
    if kind := request.args.get("export"):
        rows = all_checks(actor, asked, EXPORT_MOST, today)
        return export(kind, f"eligibilites-{today:%Y-%m-%d}", HEADER, _cells(rows))
    return render_template(
        "clauses/eligibilities.html",
        page=checks_page(actor, asked, page_number(request.args.get("page")), today),
        filters=filters,
        narrowed=bool(asked.situation or asked.category or asked.contract_id),
        sort=asked.sort,
        age=lambda day: age_words(day, today),
        today=today,
    )


def _cells(rows: Sequence[Checked]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.name, row.contract, row.number, row.category, row.proof_dated_on, row.good_until, row.checked_on,
            row.checked_by, row.hired, row.ended_on, row.ended_reason,
        )  # fmt: skip


@blueprint.route("/clauses/marches/<uuid:contract_id>/eligibilite", methods=["GET", "POST"])
@requires(*STEERS)
def check_new(contract_id: UUID) -> ResponseReturnValue:
    """Choose the person, then say what was seen."""
    contract, person_id = the_contract(the_actor(), contract_id), as_id(request.args.get("personne"))
    return _check(contract, person_id) if person_id else _choose(contract)


def _frame(contract: PublicContract) -> dict[str, Any]:
    return {
        "contract": contract,
        "natures": NATURES,
        "state": (CONTRACT_STATES[contract.state], CONTRACT_LOOKS[contract.state]),
        "tabs_of": contract_tabs(contract.id, the_actor(), "clauses.people"),
        "today": clock.today(),
    }


def _choose(contract: PublicContract) -> ResponseReturnValue:
    form = FindPerson()
    found = named(the_actor(), form.mots.data or "") if form.sent else []
    return render_template(
        "clauses/check_person.html",
        form=form,
        found=found,
        asked=form.mots.data or "",
        near=proposed_on(contract.id),
        **_frame(contract),
    )


def _check(contract: PublicContract, person_id: UUID) -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    person = person_checked(actor, contract.id, person_id)
    form = _check_form(contract, today)
    if form.sent:
        try:
            made = service.check(contract.id, person.id, **form.seen(), by=actor, today=today, row_id=form.row_id.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"{person.full_name}\u00a0: {good_until_words(made.good_until)}.", "success")
            return redirect(url_for(".check_new", contract_id=contract.id, personne=person.id), 303)
    past = checks_on(actor, contract.id, person.id)
    return render_template(
        "clauses/check_new.html", form=form, person=person, past=past, said=good_until_words, **_frame(contract)
    )


def _check_form(contract: PublicContract, today: date) -> CheckForm:
    """With the categories of the terms in force, for the hire of the address or the first day possible."""
    hire_on = _day(request.args.get("le")) or max(today, contract.notified_on or today)
    form, terms = CheckForm(data={"hire_on": hire_on}), terms_of(contract.id, today)
    counted = categories_for(terms)
    form.offer(counted, {one.slug: proof_months(as_rule(one), terms) for one in counted})
    return form


def _day(text: str | None) -> date | None:
    """The day in an address; nonsense is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@blueprint.route("/clauses/eligibilites/<uuid:check_id>/retirer", methods=["GET", "POST"])
@requires(*STEERS)
def check_end(check_id: UUID) -> ResponseReturnValue:
    """Withdraw, with a reason."""
    actor, form = the_actor(), WithdrawForm()
    row = the_check(actor, check_id)
    if form.sent:
        try:
            service.withdraw(check_id, reason=form.reason.data or "", by=actor, today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("L’éligibilité est retirée. Qui est déjà en poste continue de compter.", "success")
            return redirect(url_for(".check_new", contract_id=row.contract_id, personne=row.candidate_id), 303)
    return render_template("clauses/check_end.html", row=row, form=form, said=good_until_words)
