"""« Boîte d'envoi »: what the portal would have sent. It exists in the demonstration only."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.errors import NotFound
from app.core.paging import page_number, paginate
from app.core.policy import public
from app.messages import queries
from app.messages.forms import OutboxFilters
from app.messages.labels import CHANNEL_WORDS, STATE_WORDS
from app.messages.views.blueprint import blueprint


@blueprint.get("/boite-d-envoi")
@public
def outbox() -> ResponseReturnValue:
    """Every message, read without signing in: one needs its code to come in."""
    settings = current_app.extensions["settings"]
    if not settings.demonstration:
        raise NotFound
    form = OutboxFilters(request.args)
    page = paginate(queries.outbox(form.a.data or ""), page_number(request.args.get("page")))
    words = {"channels": CHANNEL_WORDS, "states": STATE_WORDS}
    return render_template("messages/outbox.html", filters_form=form, page=page, linked=_linked, **words)


def _linked(line: str) -> Markup:
    """A line of a message; an address of this portal is a link to its path, in words that fit a phone."""
    base = f"{current_app.extensions['settings'].base_url}/"
    link = Markup('<a href="{}">Ouvrir ce lien</a>')
    return Markup(" ").join(
        link.format(word.removeprefix(base[:-1])) if word.startswith(base) else word for word in line.split(" ")
    )
