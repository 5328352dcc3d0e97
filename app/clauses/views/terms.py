"""« Règles de la clause »: what holds today, what changed and when, a change from a day on, and the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.terms import change_form, copy_form, values_of
from app.clauses.labels.kinds import NATURES
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.labels.terms import TERMS_REFUSALS
from app.clauses.labels.terms_said import Categories, CategoryWords, Change, changes_said, said
from app.clauses.queries import terms as queries
from app.clauses.queries.visible import the_contract
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, Terms
from app.clauses.service import terms as service
from app.clauses.views.blueprint import blueprint
from app.clauses.views.tabs import contract_tabs
from app.core import clock
from app.core.errors import Refused, StaleVersion
from app.core.forms import ActForm
from app.core.policy import requires, the_actor
from app.core.roles import Role

STEERS = (Role.FACILITATOR, Role.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Told:
    """A version of the history: when, who, what changed, and whether it holds."""

    valid_from: date
    known_from: date
    author: str
    note: str
    changes: tuple[Change, ...]
    standing: str
    first: bool


@blueprint.get("/clauses/marches/<uuid:contract_id>/regles")
@requires(Role.FACILITATOR, Role.DEPARTMENT, Role.EMPLOYER)
def terms(contract_id: UUID) -> ResponseReturnValue:
    """The terms in plain sentences; a firm reads no category, no proof, no note."""
    actor, today = the_actor(), clock.today()
    contract = the_contract(actor, contract_id)
    versions, words = queries.versions_of(contract_id), _words(queries.category_facts())
    firm = actor.role is Role.EMPLOYER
    over = contract.state in {ContractState.CLOSED, ContractState.CANCELLED}
    return render_template(
        "clauses/terms.html",
        contract=contract,
        tabs_shown=contract_tabs(contract_id, actor, "clauses.terms"),
        sections=said(queries.terms_now(versions, today), words, for_employer=firm),
        current=queries.in_force(versions, today),
        history=_history(versions, words, today, firm=firm),
        firm=firm,
        changeable=not firm and not over,
        natures=NATURES,
        states=CONTRACT_STATES,
        looks=CONTRACT_LOOKS,
    )


def _words(facts: dict[str, tuple[str, str, int | None]]) -> Categories:
    return {slug: CategoryWords(*fact) for slug, fact in facts.items()}


def _history(versions: Sequence[queries.TermsVersion], words: Categories, today: date, *, firm: bool) -> list[Told]:
    """The newest first; a firm does not read of a version that changed only what it may not know."""
    current, told, before = queries.in_force(versions, today), [], None
    for one in versions:
        found = changes_said(before, one.terms, words, for_employer=firm) if before else ()
        future = one.row.valid_from > today
        standing = "now" if one is current else "future" if future else "past"
        if before is None or found or not firm:
            row, note = one.row, "" if firm else one.row.note
            told.append(Told(row.valid_from, row.known_from, one.author, note, found, standing, first=before is None))
        before = one.terms
    return told[::-1]


@blueprint.route("/clauses/marches/<uuid:contract_id>/regles/changer", methods=["GET", "POST"])
@requires(*STEERS)
def terms_change(contract_id: UUID) -> ResponseReturnValue:
    """A new version: from what holds last, or from a template."""
    actor = the_actor()
    contract = the_contract(actor, contract_id)
    versions, facts = queries.versions_of(contract_id), queries.category_facts()
    start = _start(versions)
    first_day = contract.notified_on if not versions and contract.notified_on else clock.today()
    given = {**values_of(start), "version": queries.edition(versions), "valid_from": first_day}
    form = change_form(facts, _chosen(facts, start), data=given)
    if form.sent:
        try:
            return _changed(contract_id, form)
        except Refused as refused:
            form.refuse(refused, TERMS_REFUSALS)
    return render_template(
        "clauses/terms_form.html",
        form=form,
        contract=contract,
        templates=queries.template_choices(),
        template=request.args.get("modele", ""),
        last=versions[-1].row if versions else None,
    )


def _start(versions: Sequence[queries.TermsVersion]) -> Terms:
    """What the form starts from: the template asked for, or what was said last."""
    if slug := request.args.get("modele"):
        return queries.template_terms(slug)
    return versions[-1].terms if versions else DEFAULTS


def _chosen(facts: dict[str, tuple[str, str, int | None]], start: Terms) -> dict[str, str]:
    """Those in use, and those that the terms already name."""
    slugs = {*queries.category_slugs(), *start.categories}
    return {slug: label for slug, (label, _, _) in facts.items() if slug in slugs}


def _changed(contract_id: UUID, form: Any) -> ResponseReturnValue:
    try:
        made = service.change_terms(
            contract_id,
            form.terms,
            row_id=form.row_id.data,
            valid_from=form.valid_from.data,
            note=form.note.data or "",
            version=form.version.data,
            by=the_actor(),
        )
    except StaleVersion as stale:
        newest = queries.versions_of(contract_id)
        raise StaleVersion({**values_of(newest[-1].terms), **stale.theirs}) from stale
    flash(f"Les nouvelles règles sont enregistrées. Elles commencent le {made.valid_from:%d/%m/%Y}.", "success")
    return redirect(url_for(".terms", contract_id=contract_id), 303)


# --- templates --------------------------------------------------------------------------------------------


@blueprint.get("/clauses/modeles")
@requires(Role.DEPARTMENT)
def templates() -> ResponseReturnValue:
    """Terms to start from: what each says, and whether it may be chosen."""
    words = _words(queries.category_facts())
    rows = [(row, said(Terms.from_json(row.said), words)) for row in queries.all_templates()]
    return render_template("clauses/templates.html", rows=rows)


@blueprint.route("/clauses/modeles/<slug>/copier", methods=["GET", "POST"])
@requires(Role.DEPARTMENT)
def template_copy(slug: str) -> ResponseReturnValue:
    """A template of the département, that starts from another."""
    source, facts = queries.the_template(slug), queries.category_facts()
    start = Terms.from_json(source.said)
    form = copy_form(facts, _chosen(facts, start), data={**values_of(start), "name": f"{source.name} (copie)"[:120]})
    if form.sent:
        try:
            service.copy_template(form.name.data, form.terms, row_id=form.row_id.data, by=the_actor())
        except Refused as refused:
            form.refuse(refused, TERMS_REFUSALS)
        else:
            flash("Le modèle est enregistré.", "success")
            return redirect(url_for(".templates"), 303)
    return render_template("clauses/terms_form.html", form=form, source=source, contract=None)


@blueprint.post("/clauses/modeles/<slug>/etat")
@requires(Role.DEPARTMENT)
def template_switch(slug: str) -> ResponseReturnValue:
    """Take it out of the choices, or put it back."""
    if not ActForm().sent:
        abort(400)
    active = request.form.get("actif") == "oui"
    service.switch_template(slug, active=active, by=the_actor())
    flash("Le modèle peut être choisi." if active else "Le modèle n’est plus proposé.", "success")
    return redirect(url_for(".templates"), 303)
