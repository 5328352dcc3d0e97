"""« Inscrire mon organisation »: the form, and the page that thanks whoever sent it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import labels as accounts_labels
from app.accounts.views.browser import visitor
from app.core.errors import Refused
from app.core.policy import current_actor, public
from app.core.roles import PROFESSIONALS, Actor
from app.organisations import labels, service
from app.organisations.forms import JoinForm
from app.organisations.rules import OrganisationKind
from app.organisations.views.blueprint import blueprint

_WORDS = {**accounts_labels.REFUSAL_WORDS, **labels.REFUSAL_WORDS}


def _professional() -> Actor | None:
    """Somebody signed in as a professional: they are not asked who they are."""
    actor = current_actor()
    return actor if actor is not None and actor.role in PROFESSIONALS else None


@blueprint.route("/inscription", methods=["GET", "POST"])
@public
def join() -> ResponseReturnValue:
    """An organisation asks to take part."""
    actor = _professional()
    form = JoinForm() if actor is None else JoinForm().without_person()
    if form.sent:
        try:
            service.join(_asked(form), None if actor else _person(form), actor, visitor())
        except Refused as refused:
            form.refuse(refused, _WORDS)
        else:
            return redirect(url_for("organisations.joined"), 303)
    return render_template("organisations/join.html", form=form, known=actor is not None)


def _asked(form: JoinForm) -> service.NewOrganisation:
    return service.NewOrganisation(
        row_id=form.row_id.data,
        siret=form.siret.data or "",
        kind=OrganisationKind(form.kind.data),
        name=form.name.data or "",
        commune_insee=form.commune.insee or "",
    )


def _person(form: JoinForm) -> service.FirstMember:
    return service.FirstMember(
        first_name=form.first_name.data or "",
        last_name=form.last_name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or None,
        password=form.password.data or "",
    )


@blueprint.get("/inscription/envoyee")
@public
def joined() -> ResponseReturnValue:
    """The same page for everybody: it says nothing of what is known here."""
    return render_template("organisations/joined.html")
