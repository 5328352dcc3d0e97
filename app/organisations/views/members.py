"""Change, remove, leave, answer a request to join."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.views.browser import forget
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm
from app.core.policy import professionals, the_actor
from app.core.roles import ACCOMPANIMENT
from app.organisations import labels, queries, rules, service
from app.organisations.forms import LeaveForm, MemberForm
from app.organisations.rules import RequestAction
from app.organisations.views.blueprint import blueprint, territories, to_page

_AT = "/organisations/<uuid:organisation_id>"


@blueprint.route(f"{_AT}/membres/<uuid:membership_id>", methods=["GET", "POST"])
@professionals
def member(organisation_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Name or unname a manager; bound a territory."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    place = queries.the_member(found.id, membership_id)
    if not rules.may_touch_member(actor, found.id, found.kind, place.role):
        raise NotFound
    form = MemberForm(is_manager=place.is_manager, territory=place.territory_code)
    form.for_territories(territories())
    if place.role not in ACCOMPANIMENT:
        del form.territory
    if form.sent:
        territory = (form.territory.data or None) if "territory" in form else place.territory_code
        try:
            service.change_member(
                found.id, place.id, is_manager=form.is_manager.data, territory_code=territory, by=actor
            )
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            flash(f"{place.user.full_name} : c’est enregistré.", "success")
            return to_page(organisation_id)
    return render_template("organisations/member.html", form=form, organisation=found, place=place)


@blueprint.route(f"{_AT}/membres/<uuid:membership_id>/retirer", methods=["GET", "POST"])
@professionals
def remove(organisation_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Remove a member, after saying what follows."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    place = queries.the_member(found.id, membership_id)
    if not rules.may_touch_member(actor, found.id, found.kind, place.role):
        raise NotFound
    form = ActForm()
    if form.sent:
        try:
            service.remove_member(found.id, place.id, by=actor)
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            flash(f"{place.user.full_name} n’est plus membre.", "success")
            return to_page(organisation_id)
    return render_template("organisations/remove.html", form=form, organisation=found, place=place)


@blueprint.route(f"{_AT}/quitter", methods=["GET", "POST"])
@professionals
def leave(organisation_id: UUID) -> ResponseReturnValue:
    """Leave one's organisation; the last manager names who comes next."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    if not rules.belongs(actor, found.id):
        raise NotFound
    others = [place for place in queries.members(found.id) if place.user_id != actor.user_id]
    form = LeaveForm()
    form.successor.choices = [(str(place.id), place.user.full_name) for place in others]
    asked = actor.is_manager and others and not any(place.is_manager for place in others)
    if not asked:
        del form.successor
    if form.sent:
        chosen = form.successor.data if "successor" in form else None
        try:
            service.leave(found.id, by=actor, successor_id=UUID(chosen) if chosen else None)
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            forget()
            flash(f"Vous ne faites plus partie de {found.name}.", "success")
            return redirect(url_for("accounts.sign_in"), 303)
    return render_template("organisations/leave.html", form=form, organisation=found, asked=asked)


@blueprint.post(f"{_AT}/demandes/<uuid:request_id>/<any(accepter, decliner):answer>")
@professionals
def answer_request(organisation_id: UUID, request_id: UUID, answer: str) -> ResponseReturnValue:
    """Let somebody in, or not."""
    action = RequestAction.ACCEPT if answer == "accepter" else RequestAction.DECLINE
    service.answer_request(organisation_id, request_id, action, by=the_actor())
    flash("Votre réponse est partie.", "success")
    return to_page(organisation_id)
