"""A professional forgot their password, and chooses another by the link received."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service
from app.accounts.forms import ChoosePasswordForm, ForgottenForm
from app.accounts.labels import REFUSAL_WORDS
from app.accounts.rules import AccountRefusal
from app.accounts.rules.throttles import LINK_PER_ADDRESS, address_group
from app.accounts.views.browser import blueprint, forget, visitor
from app.core.errors import Refused
from app.core.policy import public


@blueprint.route("/mot-de-passe-oublie", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The answer does not say whether the account exists."""
    form = ForgottenForm()
    if form.sent:
        service.ask_reset(form.email.data or "", visitor())
        return render_template("accounts/forgotten_sent.html", email=form.email.data)
    return render_template("accounts/forgotten.html", form=form)


@blueprint.route("/mot-de-passe/<token>", methods=["GET", "POST"])
@public
def choose_password(token: str) -> ResponseReturnValue:
    """Use the link, once."""
    service.count(LINK_PER_ADDRESS, address_group(visitor().address))
    form = ChoosePasswordForm()
    try:
        service.check_reset(token)
        if form.sent:
            service.choose_password(token, form.password.data or "")
            forget()
            flash("Votre mot de passe est changé. Connectez-vous.", "success")
            return redirect(url_for("accounts.sign_in"), 303)
    except Refused as refused:
        if AccountRefusal.LINK_TOO_OLD in refused.reasons:
            return render_template("accounts/link_too_old.html"), 410
        form.refuse(refused, REFUSAL_WORDS)
    return render_template("accounts/choose_password.html", form=form)
