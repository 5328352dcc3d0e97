"""« Mon compte »: one's name, password and open sessions."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries, service
from app.accounts.forms import ChangePasswordForm, ProfileForm
from app.accounts.labels import REFUSAL_WORDS, ROLE_WORDS, device
from app.accounts.views.browser import blueprint, remember
from app.core import clock
from app.core.errors import Refused
from app.core.policy import professionals, signed_in, the_actor


@blueprint.get("/mon-compte")
@signed_in
def account() -> ResponseReturnValue:
    """Who I am here, where I work, where I am signed in."""
    actor = the_actor()
    assert actor.user_id is not None
    return render_template(
        "accounts/account.html",
        user=queries.user_by_id(actor.user_id),
        places=queries.places_of(actor.user_id),
        sessions=queries.sessions_of(actor.user_id, clock.now()),
        role_words=ROLE_WORDS,
        device=device,
    )


@blueprint.route("/mon-compte/modifier", methods=["GET", "POST"])
@professionals
def profile() -> ResponseReturnValue:
    """Correct one's name and phone."""
    actor = the_actor()
    assert actor.user_id is not None
    form = ProfileForm(obj=queries.user_by_id(actor.user_id))
    if form.sent:
        service.change_profile(
            actor,
            first_name=form.first_name.data or "",
            last_name=form.last_name.data or "",
            phone=form.phone.data or None,
            version=form.version.data,
        )
        flash("Votre compte est à jour.", "success")
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/profile.html", form=form)


@blueprint.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@professionals
def change_password() -> ResponseReturnValue:
    """Choose another password; the other sessions end."""
    form = ChangePasswordForm()
    if form.sent:
        try:
            remember(service.change_password(the_actor(), form.current.data or "", form.password.data or ""))
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Votre mot de passe est changé. Vos autres sessions sont fermées.", "success")
            return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/change_password.html", form=form)


@blueprint.post("/mon-compte/sessions/<uuid:session_id>/fermer")
@signed_in
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Sign out another machine."""
    service.end_session(the_actor(), session_id)
    flash("Cette session est fermée.", "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/mon-compte/sessions/fermer-les-autres")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Stay signed in here only."""
    service.end_other_sessions(the_actor())
    flash("Vos autres sessions sont fermées.", "success")
    return redirect(url_for("accounts.account"), 303)
