"""« Candidater »: some words, who the person is when nobody knows yet, then one button that sends."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service as accounts
from app.accounts.views.browser import await_code, visitor
from app.applications import queries, service
from app.applications.forms import IntroduceForm, WordsForm
from app.applications.labels import REFUSAL_WORDS
from app.applications.rules import ApplicationRefusal
from app.applications.views.blueprint import blueprint
from app.applications.views.shown import offer_words
from app.candidates.labels import REFUSAL_WORDS as CANDIDATE_WORDS
from app.core import clock
from app.core.errors import Gone, Refused
from app.core.policy import current_actor, public, signed_in, the_actor
from app.core.rendering import error_page
from app.core.roles import Actor, Role
from app.offers import queries as offers
from app.offers.models import Offer
from app.reference import queries as reference

ALREADY = "Cette offre est déjà dans vos réponses."


@blueprint.errorhandler(Gone)
def _gone(error: Gone) -> ResponseReturnValue:
    """The offer is no longer open: say which, and show openings like it."""
    offer_id = (request.view_args or {}).get("offer_id")
    offer = offers.once_public(offer_id) if offer_id else None
    if offer is None:
        return error_page(410)
    near = url_for("offers.public_list", famille=offer.trade.family_slug)
    return error_page(410, title_of=offer.title, similar_url=near)


@blueprint.route("/offres/<uuid:offer_id>/candidater", methods=["GET", "POST"])
@public
def apply(offer_id: UUID) -> ResponseReturnValue:
    """The first page; for a candidate who is signed in, the only one."""
    offer, actor = service.open_offer(offer_id), current_actor()
    if actor is not None:
        return _last_page(offer, actor)
    form = WordsForm(data={"words": _words(offer_id)})
    if form.sent:
        kept = service.draft(offer_id, form.words.data or "", visitor())
        return redirect(url_for(".introduce", offer_id=offer_id, brouillon=kept.id), 303)
    return _page(offer, form, last=False)


@blueprint.route("/offres/<uuid:offer_id>/candidater/qui-etes-vous", methods=["GET", "POST"])
@public
def introduce(offer_id: UUID) -> ResponseReturnValue:
    """« J'ai déjà un profil », or a few lines that open one; then a code proves who reads the phone or the e-mail."""
    offer, onwards = service.open_offer(offer_id), url_for(".confirm", offer_id=offer_id, brouillon=_draft_id())
    if current_actor() is not None:
        return redirect(onwards)
    form = IntroduceForm()
    form.look_up(reference.find_commune, reference.suggest_communes)
    if form.sent:
        contact = form.contact
        try:
            service.introduce(
                form.identity(), contact.channel, contact.address, row_id=form.row_id.data, visitor=visitor()
            )
        except Refused as refused:
            form.refuse(refused, CANDIDATE_WORDS)
        else:
            await_code(accounts.ask_code(contact.channel, contact.address, visitor()), contact.data or "")
            return redirect(url_for("accounts.type_code", suite=onwards), 303)
    communes = reference.commune_names()
    return render_template(
        "applications/introduce.html", offer=offer, form=form, onwards=onwards, communes=communes, draft_id=_draft_id()
    )


@blueprint.route("/offres/<uuid:offer_id>/candidater/envoyer", methods=["GET", "POST"])
@signed_in
def confirm(offer_id: UUID) -> ResponseReturnValue:
    """The last page: the words once more, one button."""
    return _last_page(service.open_offer(offer_id), the_actor())


def _last_page(offer: Offer, actor: Actor) -> ResponseReturnValue:
    if actor.role is not Role.CANDIDATE or actor.candidate_id is None:
        return render_template("applications/for_candidates_only.html", offer=offer, **offer_words(offer))
    existing = queries.open_application(offer.id, actor.candidate_id)
    if existing is not None:
        return _to(existing, ALREADY, "info")
    form = WordsForm(data={"words": _words(offer.id)})
    if form.sent:
        try:
            sent = service.apply(
                offer.id,
                candidate_id=actor.candidate_id,
                words=form.words.data or "",
                by=actor,
                today=clock.today(),
                draft_id=_draft_id(),
            )
        except Refused as refused:
            existing = queries.open_application(offer.id, actor.candidate_id)
            if ApplicationRefusal.ALREADY_APPLIED in refused.reasons and existing is not None:
                return _to(existing, ALREADY, "info")
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _to(sent.id, "C’est fait. Votre demande est partie.", "success")
    return _page(offer, form, last=True)


def _to(application_id: UUID, words: str, kind: str) -> ResponseReturnValue:
    flash(words, kind)
    return redirect(url_for(".application", application_id=application_id), 303)


def _page(offer: Offer, form: WordsForm, *, last: bool) -> ResponseReturnValue:
    words: dict[str, Any] = offer_words(offer)
    return render_template("applications/apply.html", offer=offer, form=form, last=last, **words)


def _draft_id() -> UUID | None:
    """Which words wait, from the address; nonsense is none."""
    return request.args.get("brouillon", type=UUID)


def _words(offer_id: UUID) -> str:
    kept = queries.draft_of(_draft_id(), offer_id)
    return kept.words if kept else ""
