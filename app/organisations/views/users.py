"""The accounts of professionals, for the administrators."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import labels as accounts_labels
from app.core.errors import Refused
from app.core.paging import page_number, paginate
from app.core.policy import the_actor
from app.core.roles import PROFESSIONALS, Role
from app.organisations import labels, queries, service
from app.organisations.forms import UserFilters
from app.organisations.views.blueprint import administrators, blueprint

_WORDS = {**accounts_labels.REFUSAL_WORDS, **labels.REFUSAL_WORDS}


@blueprint.get("/utilisateurs")
@administrators
def users() -> ResponseReturnValue:
    """Who may sign in, in which role."""
    form = UserFilters(request.args)
    form.role.choices = [("", "Tous"), *((r.value, accounts_labels.ROLE_WORDS[r]) for r in Role if r in PROFESSIONALS)]
    query = queries.users_listed(words=form.mots.data or "", role=form.role.data, state=form.etat.data)
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "organisations/users.html",
        filters_form=form,
        page=page,
        places=queries.places_by_user([user.id for user in page]),
        role_words=accounts_labels.ROLE_WORDS,
    )


@blueprint.get("/utilisateurs/<uuid:user_id>")
@administrators
def user(user_id: UUID) -> ResponseReturnValue:
    """One account: its places, its state."""
    found = queries.the_professional(user_id)
    places = queries.places_by_user([found.id])[found.id]
    roles = {place.role for place, _ in places}
    return render_template(
        "organisations/user.html",
        user=found,
        places=places,
        role_words=accounts_labels.ROLE_WORDS,
        may_be_named=Role.DEPARTMENT in roles and Role.ADMINISTRATOR not in roles and found.disabled_at is None,
    )


@blueprint.post("/utilisateurs/<uuid:user_id>/<any(fermer, rouvrir, nommer):act>")
@administrators
def change_user(user_id: UUID, act: str) -> ResponseReturnValue:
    """Close or reopen an account, or name an administrator."""
    actor = the_actor()
    try:
        if act == "nommer":
            service.name_administrator(user_id, by=actor)
        else:
            service.set_disabled(user_id, act == "fermer", by=actor)
    except Refused as refused:
        for reason in refused.reasons:
            flash(_WORDS[reason], "error")
    else:
        flash("C’est enregistré.", "success")
    return redirect(url_for("organisations.user", user_id=user_id), 303)
