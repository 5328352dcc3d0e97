"""The département accepts, refuses, closes and reopens organisations."""

from uuid import UUID

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound, Refused
from app.core.policy import the_actor
from app.organisations import queries, rules, service
from app.organisations.forms import DecideForm, RefuseForm
from app.organisations.labels import REFUSAL_WORDS
from app.organisations.rules import OrganisationAction
from app.organisations.views.blueprint import blueprint, deciders, to_page


@blueprint.post("/organisations/<uuid:organisation_id>/accepter")
@deciders
def approve(organisation_id: UUID) -> ResponseReturnValue:
    """Let an organisation in."""
    form = DecideForm()
    if form.sent:
        found = service.approve(organisation_id, by=the_actor(), version=form.version.data)
        flash(f"{found.name} est active. Ses responsables sont prévenus.", "success")
    return to_page(organisation_id)


@blueprint.post("/organisations/<uuid:organisation_id>/rouvrir")
@deciders
def reopen(organisation_id: UUID) -> ResponseReturnValue:
    """Let a closed organisation act again."""
    form = DecideForm()
    if form.sent:
        found = service.reopen(organisation_id, by=the_actor(), version=form.version.data)
        flash(f"{found.name} est rouverte. Ses responsables sont prévenus.", "success")
    return to_page(organisation_id)


@blueprint.route("/organisations/<uuid:organisation_id>/refuser", methods=["GET", "POST"])
@deciders
def refuse(organisation_id: UUID) -> ResponseReturnValue:
    """Say no, and why."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    form = RefuseForm(version=found.version)
    if form.sent:
        service.refuse(organisation_id, form.text.data or "", by=actor, version=form.version.data)
        flash("La demande est refusée. La personne reçoit votre texte.", "success")
        return to_page(organisation_id)
    if not rules.ORGANISATION.allows(OrganisationAction.REFUSE, found.state, actor.role):
        raise NotFound
    return render_template("organisations/refuse.html", form=form, organisation=found)


@blueprint.route("/organisations/<uuid:organisation_id>/fermer", methods=["GET", "POST"])
@deciders
def close(organisation_id: UUID) -> ResponseReturnValue:
    """End an organisation's part, after saying what follows."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    form = DecideForm(version=found.version)
    if form.sent:
        try:
            service.close(organisation_id, by=actor, version=form.version.data)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash(f"{found.name} est fermée. Ses membres sont déconnectés.", "success")
            return to_page(organisation_id)
    elif not rules.ORGANISATION.allows(OrganisationAction.CLOSE, found.state, actor.role):
        raise NotFound
    count = queries.member_counts([found.id]).get(found.id, 0)
    return render_template("organisations/close.html", form=form, organisation=found, count=count)
