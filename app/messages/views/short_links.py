"""« portail.example/l/ACDE-FGHJ »: the code of a letter, scanned or typed, leads to its page."""

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.policy import public
from app.messages.forms import ShortCodeForm
from app.messages.service.short_links import follow
from app.messages.views.blueprint import blueprint

UNKNOWN = "Nous ne trouvons pas ce code. Relisez votre lettre, ou appelez-nous."


@blueprint.route("/l/", methods=["GET", "POST"])
@public
def short_code() -> ResponseReturnValue:
    """Type the code by hand."""
    form = ShortCodeForm()
    if form.sent:
        try:
            return _leading(str(form.code.data))
        except NotFound:
            form.code.errors = [*form.code.errors, UNKNOWN]
    return render_template("messages/short_code.html", form=form)


@blueprint.get("/l/<code>")
@public
def short_link(code: str) -> ResponseReturnValue:
    """Where the drawing leads. A wrong code may be typed again."""
    try:
        return _leading(code)
    except NotFound:
        form = ShortCodeForm(formdata=None, data={"code": code[:40]})
        form.code.errors = [UNKNOWN]
        return make_response(render_template("messages/short_code.html", form=form, has_errors=True), 404)


def _leading(code: str) -> Response:
    """To the page of the code, on this portal; nobody is signed in by it, and nothing is kept by the browser."""
    response = make_response(redirect(follow(code, request.remote_addr), 303))
    response.headers["Cache-Control"] = "no-store"
    return response
