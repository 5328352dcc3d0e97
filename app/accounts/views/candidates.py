"""A candidate types the code that was sent, or the one on paper."""

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import service
from app.accounts.forms import CodeForm, PaperCodeForm
from app.accounts.labels import REFUSAL_WORDS
from app.accounts.rules import local_path
from app.accounts.views.browser import blueprint, onwards, remember, visitor
from app.core.errors import Refused
from app.core.policy import public


@blueprint.route("/connexion/code", methods=["GET", "POST"])
@public
def type_code() -> ResponseReturnValue:
    """The code goes into the browser that asked for it."""
    handle = session.get("code_handle")
    wanted = local_path(request.values.get("suite"))
    if not handle:
        return redirect(url_for("accounts.sign_in", suite=wanted), 303)
    form = CodeForm(suite=wanted)
    if form.sent:
        try:
            remember(service.check_code(handle, form.code.data or "", visitor()), lasting=True)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return onwards(wanted)
    outbox = current_app.extensions["settings"].demonstration
    return render_template("accounts/code.html", form=form, address=session.get("code_contact", ""), outbox=outbox)


@blueprint.route("/connexion/code-papier", methods=["GET", "POST"])
@public
def paper_code() -> ResponseReturnValue:
    """The code of a slip of paper."""
    wanted = local_path(request.values.get("suite"))
    form = PaperCodeForm(suite=wanted)
    if form.sent:
        try:
            remember(service.use_paper_code(form.code.data or "", visitor()), lasting=True)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return onwards(wanted)
    return render_template("accounts/paper_code.html", form=form)
