"""Readiness, consent, mandate and paper code: acts on a person's file, each on its own page."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.acts import ConsentForm, MandateForm, NotReadyForm, ReadyForm
from app.candidates.labels import REFUSAL_WORDS
from app.candidates.views.blueprint import FOLLOWS, blueprint
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm, pressed
from app.core.policy import requires, the_actor
from app.core.quantities import add_months


def _back(candidate_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".candidate", candidate_id=candidate_id), 303)


@blueprint.route("/candidats/<uuid:candidate_id>/pret", methods=["GET", "POST"])
@requires(*FOLLOWS)
def ready(candidate_id: UUID) -> ResponseReturnValue:
    """« Prête à l'emploi »: the list of checks, or take it back."""
    actor = the_actor()
    person = queries.the_candidate(actor, candidate_id)
    is_ready = person.ready_on is not None
    form: ReadyForm | NotReadyForm = (NotReadyForm if is_ready else ReadyForm)(data={"version": person.version})
    if form.sent:
        checks = form.done() if isinstance(form, ReadyForm) else ()
        try:
            service.set_ready(
                person.id,
                not is_ready,
                by=actor,
                checks=checks,
                explanation=form.explanation.data or "",
                version=form.version.data,
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _back(person.id, "La personne n’est plus dite prête." if is_ready else "La personne est dite prête.")
    return render_template("candidates/ready.html", form=form, candidate=person, is_ready=is_ready)


@blueprint.route("/candidats/<uuid:candidate_id>/accord", methods=["GET", "POST"])
@requires(*FOLLOWS)
def consent(candidate_id: UUID) -> ResponseReturnValue:
    """The consent of the person: given through a mandate, withdrawn when the person says so."""
    actor = the_actor()
    person = queries.the_candidate(actor, candidate_id)
    form = ConsentForm(data={"version": person.version})
    if form.sent:
        try:
            if pressed("retirer"):
                service.withdraw_consent(person.id, by=actor)
                return _back(person.id, "L’accord est retiré. Les employeurs ne voient plus cette personne.")
            service.give_consent(person.id, by=actor, version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _back(person.id, "L’accord est enregistré, à votre nom et pour le compte de la personne.")
    return render_template(
        "candidates/consent.html", form=form, candidate=person, acts_for=service.acting_for(actor, person)
    )


@blueprint.route("/candidats/<uuid:candidate_id>/mandat", methods=["GET", "POST"])
@requires(*FOLLOWS)
def mandate(candidate_id: UUID) -> ResponseReturnValue:
    """Record that the person lets a professional act for them."""
    actor, today = the_actor(), clock.today()
    person = queries.the_candidate(actor, candidate_id)
    form = MandateForm(data={"starts_on": today, "last_day": add_months(today, 6)})
    if form.sent:
        try:
            service.record_mandate(
                person.id,
                by=actor,
                starts_on=form.starts_on.data or today,
                ends_on=form.ends_on,
                reason=form.reason.data or "",
                row_id=form.row_id.data,
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _back(person.id, "Le mandat est enregistré.")
    return render_template("candidates/mandate.html", form=form, candidate=person)


@blueprint.route("/candidats/<uuid:candidate_id>/mandats/<uuid:mandate_id>/retirer", methods=["GET", "POST"])
@requires(*FOLLOWS)
def end_mandate(candidate_id: UUID, mandate_id: UUID) -> ResponseReturnValue:
    """Withdraw a mandate, at once."""
    actor = the_actor()
    person = queries.the_candidate(actor, candidate_id)
    found = next((one for one in queries.mandates_of(person.id) if one.id == mandate_id), None)
    if found is None:
        raise NotFound
    form = ActForm()
    if form.sent:
        service.withdraw_mandate(mandate_id, by=actor)
        return _back(person.id, "Le mandat est retiré.")
    return render_template("candidates/end_mandate.html", form=form, candidate=person, mandate=found)


@blueprint.route("/candidats/<uuid:candidate_id>/code", methods=["GET", "POST"])
@requires(*FOLLOWS)
def paper_code(candidate_id: UUID) -> ResponseReturnValue:
    """A code on paper: a page that says what it is, then the page to print."""
    actor = the_actor()
    person = queries.the_candidate(actor, candidate_id)
    form = ActForm()
    if not form.sent:
        return render_template("candidates/ask_code.html", form=form, candidate=person)
    person, code = service.give_code(person.id, by=actor)
    return render_template(
        "candidates/paper_code.html", candidate=person, code=code, contact=queries.contact_of(person)
    )
