"""The sign-in page: one card for the people who look for work, one for professionals; the way out."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service
from app.accounts.forms import ContactForm, PasswordForm
from app.accounts.labels import REFUSAL_WORDS
from app.accounts.rules import local_path
from app.accounts.views.browser import await_code, blueprint, forget, onwards, remember, visitor
from app.core.errors import NotFound, Refused
from app.core.policy import current_actor, public, signed_in, the_actor


def _page(contact: ContactForm, password: PasswordForm) -> str:
    """Both cards; the summary of errors is that of the form which was sent."""
    sent = contact if contact.in_error else password
    return render_template("accounts/sign_in.html", contact_form=contact, password_form=password, form=sent)


@blueprint.get("/connexion")
@public
def sign_in() -> ResponseReturnValue:
    """Who are you? Somebody who is signed in already goes on."""
    wanted = local_path(request.args.get("suite"))
    if current_actor() is not None:
        return onwards(wanted)
    return _page(ContactForm(None, suite=wanted), PasswordForm(None, suite=wanted))


@blueprint.post("/connexion")
@public
def sign_in_with_password() -> ResponseReturnValue:
    """A professional comes in."""
    form = PasswordForm()
    if form.sent:
        try:
            remember(service.sign_in(form.email.data or "", form.password.data or "", visitor()))
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return onwards(form.suite.data)
    return _page(ContactForm(None, suite=form.suite.data), form)


@blueprint.post("/connexion/recevoir-un-code")
@public
def ask_code() -> ResponseReturnValue:
    """A candidate asks for a code; the page that takes it comes next, whoever they are."""
    form = ContactForm()
    if not form.sent:
        return _page(form, PasswordForm(None, suite=form.suite.data))
    await_code(service.ask_code(form.contact.channel, form.contact.address, visitor()), form.contact.data or "")
    return redirect(url_for("accounts.type_code", suite=local_path(form.suite.data)), 303)


@blueprint.post("/deconnexion")
@public
def sign_out() -> ResponseReturnValue:
    """Leave. Nobody is refused: a session that is over is left as well."""
    actor = current_actor()
    if actor is not None:
        service.sign_out(actor)
    forget()
    flash("Vous êtes déconnecté.", "success")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.post("/organisation/choisir")
@signed_in
def switch() -> ResponseReturnValue:
    """Act in another of one's organisations."""
    wanted = request.form.get("membership_id", type=UUID)
    if wanted is None:
        raise NotFound
    remember(service.switch(the_actor(), wanted))
    return redirect(url_for("dashboard.home"), 303)
