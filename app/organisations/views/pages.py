"""One organisation's page, its correction, and the making of one by the département."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound, Refused
from app.core.policy import professionals, signed_in, the_actor
from app.organisations import labels, queries, rules, service
from app.organisations.forms import CreateForm, EditForm
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from app.organisations.views.blueprint import blueprint, deciders, territories, to_page


@blueprint.get("/organisations/<uuid:organisation_id>")
@signed_in
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Its own people and the département see all; the others what their work needs."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    inside = rules.may_see_members(actor, found.id)
    answers = rules.may_answer_requests(actor, found.id, found.kind)
    return render_template(
        "organisations/organisation.html",
        organisation=found,
        inside=inside,
        mine=rules.belongs(actor, found.id),
        manages=rules.may_manage(actor, found.id, found.kind),
        invites=rules.may_invite(actor, found.id, found.kind) and found.state is rules.OrganisationState.APPROVED,
        members=queries.members(found.id) if inside else (),
        invitations=queries.open_invitations(found.id) if inside else (),
        requests=queries.pending_requests(found.id) if answers else (),
        actions=rules.ORGANISATION.actions(found.state, actor.role),
        territory=dict(territories()).get(found.territory_code or "", ""),
        trades=queries.trades_of(found.id) if found.kind in rules.PROVIDER_KINDS else None,
        says_trades=rules.may_say_trades(actor, found.id, found.kind),
        labels=labels,
        touches=lambda role: rules.may_touch_member(actor, found.id, found.kind, role),
    )


@blueprint.get("/mon-organisation")
@professionals
def mine() -> ResponseReturnValue:
    """The page of the organisation one acts in."""
    return to_page(the_actor().organisation_id)


@blueprint.route("/organisations/<uuid:organisation_id>/modifier", methods=["GET", "POST"])
@professionals
def edit(organisation_id: UUID) -> ResponseReturnValue:
    """Correct the page."""
    actor = the_actor()
    found = queries.the_organisation(actor, organisation_id)
    if not rules.may_manage(actor, found.id, found.kind):
        raise NotFound
    form = _edit_form(found, decides=rules.is_decider(actor))
    if form.sent:
        try:
            service.edit(organisation_id, _details(form), by=actor, version=form.version.data)
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            flash("La page de l’organisation est à jour.", "success")
            return to_page(organisation_id)
    return render_template("organisations/edit.html", form=form, organisation=found)


def _edit_form(found: Organisation, *, decides: bool) -> EditForm:
    form = EditForm(
        obj=found,
        commune=found.commune.name if found.commune else "",
        territory=found.territory_code,
    )
    if decides:
        form.for_territories(territories())
    else:
        form.without_decisions()
    return form


def _details(form: EditForm | CreateForm) -> service.OrganisationDetails:
    return service.OrganisationDetails(
        name=form.name.data or "",
        commune_insee=form.commune.insee,
        address=form.address.data or "",
        phone=form.phone.data or None,
        email=form.email.data or None,
        website=form.website.data or "",
        presentation=form.presentation.data or "",
        kind=OrganisationKind(form.kind.data) if "kind" in form else None,
        territory_code=form.territory.data or None if "territory" in form else None,
    )


@blueprint.route("/organisations/nouvelle", methods=["GET", "POST"])
@deciders
def create() -> ResponseReturnValue:
    """The département makes a PLIE, an MDS, or any other organisation, and invites its first manager."""
    form = CreateForm()
    form.for_territories(territories())
    if form.sent:
        try:
            made = service.create(
                form.row_id.data,
                _details(form),
                siret=form.siret.data or None,
                manager_email=form.manager_email.data or None,
                by=the_actor(),
            )
        except Refused as refused:
            form.refuse(refused, labels.REFUSAL_WORDS)
        else:
            flash("L’organisation est créée.", "success")
            return redirect(url_for("organisations.organisation", organisation_id=made.id), 303)
    return render_template("organisations/create.html", form=form)
