"""Invite somebody, withdraw an invitation, answer one."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import labels as accounts_labels
from app.accounts import queries as accounts_queries
from app.accounts import service as accounts
from app.accounts.rules.throttles import LINK_PER_ADDRESS, address_group
from app.accounts.views.browser import remember, visitor
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm
from app.core.policy import current_actor, professionals, public, the_actor
from app.core.roles import PROFESSIONALS
from app.organisations import labels, queries, rules, service
from app.organisations.forms import AcceptForm, InviteForm
from app.organisations.models import Invitation
from app.organisations.rules import OrganisationRefusal
from app.organisations.views.blueprint import blueprint, to_page

_WORDS = {**accounts_labels.REFUSAL_WORDS, **labels.REFUSAL_WORDS}


@blueprint.route("/organisations/<uuid:organisation_id>/inviter", methods=["GET", "POST"])
@professionals
def invite(organisation_id: UUID) -> ResponseReturnValue:
    """Send somebody a link."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    if not rules.may_invite(actor, found.id, found.kind):
        raise NotFound
    form = InviteForm()
    if not rules.may_manage(actor, found.id, found.kind):
        del form.as_manager
    if form.sent:
        as_manager = "as_manager" in form and form.as_manager.data
        try:
            service.invite(found.id, form.email.data or "", as_manager=as_manager, by=actor, row_id=form.row_id.data)
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            flash(f"L’invitation est partie à {form.email.data}.", "success")
            return to_page(organisation_id)
    return render_template("organisations/invite.html", form=form, organisation=found)


@blueprint.post("/organisations/<uuid:organisation_id>/invitations/<uuid:invitation_id>/annuler")
@professionals
def revoke(organisation_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Withdraw an invitation."""
    service.revoke(organisation_id, invitation_id, by=the_actor())
    flash("L’invitation est annulée.", "success")
    return to_page(organisation_id)


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept(token: str) -> ResponseReturnValue:
    """Answer an invitation: with an account of that address, or by making one."""
    accounts.count(LINK_PER_ADDRESS, address_group(visitor().address))
    try:
        invitation = service.the_invitation(token)
    except Refused:
        return render_template("organisations/invitation_over.html"), 410
    account = accounts_queries.account_by_email(invitation.email)
    if account is None:
        return _as_new(token, invitation)
    actor = current_actor()
    if actor is None or actor.role not in PROFESSIONALS or actor.user_id != account.id:
        return render_template("organisations/accept_sign_in.html", invitation=invitation, suite=request.path)
    return _as_known(token, invitation)


def _as_new(token: str, invitation: Invitation) -> ResponseReturnValue:
    form = AcceptForm()
    if form.sent:
        person = service.NewMember(
            form.first_name.data or "", form.last_name.data or "", form.phone.data or None, form.password.data or ""
        )
        try:
            remember(service.accept_as_new(token, person, visitor()))
        except Refused as refused:
            if OrganisationRefusal.INVITATION_OVER in refused.reasons:
                return render_template("organisations/invitation_over.html"), 410
            form.refuse(refused, _WORDS)
            invitation = service.the_invitation(token)  # the refusal undid what was read
        else:
            flash("Bienvenue. Votre compte est ouvert.", "success")
            return redirect(url_for("dashboard.home"), 303)
    return render_template("organisations/accept.html", form=form, invitation=invitation)


def _as_known(token: str, invitation: Invitation) -> ResponseReturnValue:
    form = ActForm()
    if form.sent:
        actor = the_actor()
        place_id = service.accept_as_known(token, by=actor)
        remember(accounts.switch(actor, place_id))
        flash(f"Vous êtes membre de {invitation.organisation.name}.", "success")
        return redirect(url_for("dashboard.home"), 303)
    return render_template("organisations/accept_known.html", form=form, invitation=invitation)
