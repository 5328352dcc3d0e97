"""A stage is asked: which host, then when and to do what; the days left are said before, and after « Vérifier »."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates.queries import the_candidate
from app.core import clock
from app.core.errors import Refused
from app.core.forms import pressed
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.queries.employers import firms_named
from app.organisations.models import Organisation
from app.placements.forms.asking import AskForm, HostSearch, ProposeForm, StageFields
from app.placements.labels.limits import days_left_sentences
from app.placements.queries.limits import left_for
from app.placements.queries.people import HostMeant, the_host
from app.placements.rules.asking import DeclaredHost
from app.placements.service import asking as service
from app.placements.views.blueprint import blueprint
from app.placements.views.shared import home_of, words_of
from app.reference.queries import commune_names, trade_names


@blueprint.route("/mes-stages/demander", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def ask() -> ResponseReturnValue:
    """The person asks: one of the portal, or a firm that they found."""
    actor = the_actor()
    host = _meant()
    if host is None:
        return _choose("placements/ask_host.html")
    person = the_candidate(actor, actor.candidate_id)
    form = AskForm(data={"host_name": host.name})
    if _wanted(form, host):
        try:
            made = service.ask(form.terms(), _said(form, host), by=actor, row_id=form.row_id.data, today=clock.today())
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            flash("C’est demandé.", "success")
            return redirect(home_of(actor, made.id), 303)
    return _page("placements/ask.html", form, host, person.id)


@blueprint.route("/candidats/<uuid:candidate_id>/stage", methods=["GET", "POST"])
@requires(Role.REFERENT, Role.FACILITATOR)
def propose(candidate_id: UUID) -> ResponseReturnValue:
    """Who accompanies asks for the person, who has agreed."""
    actor = the_actor()
    person = the_candidate(actor, candidate_id)
    host = _meant()
    if host is None:
        return _choose("placements/propose_host.html", person=person)
    form = ProposeForm(data={"host_name": host.name})
    if _wanted(form, host):
        try:
            made = service.propose(
                candidate_id, form.terms(), _said(form, host), agreed=bool(form.agreed.data), by=actor,
                row_id=form.row_id.data, today=clock.today(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused, words_of(refused))
        else:
            flash("Le stage est demandé.", "success")
            return redirect(home_of(actor, made.id), 303)
    return _page("placements/propose.html", form, host, candidate_id, person=person)


def _meant() -> HostMeant | None:
    """The host that the address names: an id of the portal, or ``autre`` for another firm, with its name if typed."""
    chosen = request.args.get("hote", type=UUID)
    if chosen is not None:
        return the_host(chosen)
    return HostMeant(None, request.args["autre"][:120]) if "autre" in request.args else None


def _choose(template: str, **context: Any) -> ResponseReturnValue:
    """Step one: the firms that a name or a SIRET may mean."""
    search = HostSearch(request.args)
    typed = search.q.data or ""
    firms: list[Organisation] = list(firms_named(typed))
    return render_template(template, search=search, typed=typed, firms=firms, **context)


def _wanted(form: StageFields, host: HostMeant) -> bool:
    """Was the form sent to ask, and not only to read the days left?"""
    if host.id is not None:
        form.forget_host()
    return not pressed("check") and form.sent


def _said(form: StageFields, host: HostMeant) -> UUID | DeclaredHost:
    return host.id or form.declared()


def _page(template: str, form: Any, host: HostMeant, candidate_id: UUID, **context: Any) -> ResponseReturnValue:
    """The form, and what is left for this person and this host on the day typed, or as soon as one may begin."""
    siret = host.siret or (form.host_siret.data if "host_siret" in form else None)
    name = form.host_name.data if "host_name" in form else host.name
    on = max(form.starts_on.data or clock.today(), clock.today())
    left = left_for(candidate_id, siret or None, name or host.name, on, host.id)
    return render_template(
        template,
        form=form,
        host=host,
        left=days_left_sentences(left, own=the_actor().role is Role.CANDIDATE),
        other=url_for(request.endpoint or "", **(request.view_args or {})),
        trades=trade_names(),
        communes=commune_names() if host.id is None else (),
        **context,
    )
