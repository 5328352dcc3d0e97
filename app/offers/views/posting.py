"""Writing an offer, reading it again before it is published, copying it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import Refused
from app.core.forms import pressed
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.offers import queries, service
from app.offers.forms import (
    ActOnOffer,
    CopyForm,
    EditOfferForm,
    EditPlacementForm,
    NewOfferForm,
    NewPlacementForm,
    Offered,
    OfferFields,
    written,
)
from app.offers.labels import FORM_LABELS, REFUSALS, warning_words
from app.offers.models import Offer
from app.offers.rules import FIELDS, SIAE_EMPLOYERS, OfferState, employments_of
from app.offers.views.blueprint import blueprint
from app.offers.views.shown import offer_facts
from app.reference import queries as reference

DETAILS = (
    "description", "end_on", "conditions", "transport_access", "required_skills", "wished_skills", "wished_titles",
    "required_licences", "french", "french_reason", "expires_on", "tutor_name", "address",
)  # fmt: skip
DETAILS_OF_PLACEMENT = (
    "conditions", "transport_access", "required_licences", "french", "french_reason", "expires_on",
)  # fmt: skip
SHOW_SKILLS, PUBLISH = "competences", "publier"


def _prepare(form: OfferFields, actor: Actor, offer: Offer | None = None) -> None:
    """Fill the lists of the form: skills are those of the job, once it is known."""
    typed: Any = form
    trade = reference.find_trade(typed.job.data) if typed.job.data else None
    kept = {*request.form.getlist("required_skills"), *request.form.getlist("wished_skills")}
    if offer is not None:
        kept |= {*offer.required_skills, *offer.wished_skills}
    form.offer(
        Offered(
            find_trade=reference.find_trade,
            suggest_trades=reference.suggest_trades,
            find_commune=reference.find_commune,
            suggest_communes=reference.suggest_communes,
            skills=() if form.placement else queries.skills_of(trade.family_slug if trade else None, kept),
            titles=reference.title_choices(),
            licences=reference.licence_choices(),
            conditions=reference.condition_choices(),
            employments=employments_of(actor.organisation_kind),
            siae=actor.organisation_kind in SIAE_EMPLOYERS,
        )
    )


def _page(form: OfferFields, offer: Offer | None = None) -> ResponseReturnValue:
    return render_template(
        "offers/edit_placement.html" if form.placement else "offers/edit.html",
        form=form,
        offer=offer,
        communes=reference.commune_names(),
        trades=reference.trade_names(),
        details_open=pressed(SHOW_SKILLS) or _has_details(form),
    )


def _has_details(form: OfferFields) -> bool:
    """Is something written, or wrong, in the part of the form that is folded?"""
    typed: Any = form
    folded = [typed[name] for name in (DETAILS_OF_PLACEMENT if form.placement else DETAILS)]
    return any(field.errors or field.data not in (None, "", "0", [], ()) for field in folded)


def _after(offer: Offer) -> ResponseReturnValue:
    """Where to go once an offer is written: to what is to be read again, or to the offer."""
    if pressed(PUBLISH) and offer.state is OfferState.DRAFT:
        return redirect(url_for("offers.preview", offer_id=offer.id), 303)
    if pressed(PUBLISH):
        flash("Votre offre est publiée. Tout le monde peut la lire.", "success")
    elif offer.state is OfferState.DRAFT:
        flash("Le brouillon est enregistré. Vous seul le voyez.", "success")
    else:
        flash("Vos changements sont en ligne.", "success")
        for warning in queries.review_of(offer).warnings:
            flash(warning_words(warning), "warning")
    return redirect(url_for("offers.offer", offer_id=offer.id), 303)


@blueprint.route("/mes-offres/nouvelle", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def new() -> ResponseReturnValue:
    """Write a new offer of a job, as a draft or to be published."""
    return _new(NewOfferForm())


@blueprint.route("/mes-offres/nouveau-stage", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def new_placement() -> ResponseReturnValue:
    """Write a new offer of stage."""
    return _new(NewPlacementForm())


def _new(form: NewOfferForm | NewPlacementForm) -> ResponseReturnValue:
    _prepare(form, the_actor())
    if form.sent and not pressed(SHOW_SKILLS):
        try:
            offer = service.create_offer(
                form.content(), by=the_actor(), row_id=form.row_id.data, publish=pressed(PUBLISH)
            )
        except Refused as refused:
            form.refuse(refused, REFUSALS)
        else:
            return _after(offer)
    return _page(form)


@blueprint.route("/mes-offres/<uuid:offer_id>/modifier", methods=["GET", "POST"])
@requires(Role.EMPLOYER)
def edit(offer_id: UUID) -> ResponseReturnValue:
    """Correct an offer; when somebody else did meanwhile, both versions are shown."""
    offer = queries.the_offer(the_actor(), offer_id)
    form = (EditPlacementForm if offer.is_placement else EditOfferForm)(data=written(offer))
    _prepare(form, the_actor(), offer)
    if form.sent and not pressed(SHOW_SKILLS):
        try:
            offer = service.save_offer(
                offer_id, form.content(), by=the_actor(), version=form.version.data, publish=pressed(PUBLISH)
            )
        except Refused as refused:
            form.refuse(refused, REFUSALS)
        else:
            return _after(offer)
    return _page(form, offer)


@blueprint.get("/mes-offres/<uuid:offer_id>/apercu")
@requires(Role.EMPLOYER)
def preview(offer_id: UUID) -> ResponseReturnValue:
    """The offer as everybody will read it, with what blocks it and what is to be read again."""
    offer = queries.the_offer(the_actor(), offer_id)
    review = queries.review_of(offer)
    blocking = [(FORM_LABELS.get(FIELDS.get(reason, ""), ""), REFUSALS[reason]) for reason in review.refusals]
    return render_template(
        "offers/preview.html",
        offer=offer,
        act=ActOnOffer(data={"version": offer.version}),
        blocking=blocking,
        warnings=[(FORM_LABELS[warning.field], warning_words(warning)) for warning in review.warnings],
        **offer_facts(offer, clock.today()),
    )


@blueprint.post("/mes-offres/<uuid:offer_id>/dupliquer")
@requires(Role.EMPLOYER)
def copy(offer_id: UUID) -> ResponseReturnValue:
    """Make a draft of the same words, and open it."""
    form = CopyForm()
    if not form.sent:
        return redirect(url_for("offers.offer", offer_id=offer_id), 303)
    offer = service.duplicate(offer_id, by=the_actor(), row_id=form.row_id.data)
    flash("Voici une copie, en brouillon. Donnez-lui ses dates.", "success")
    return redirect(url_for("offers.edit", offer_id=offer.id), 303)
