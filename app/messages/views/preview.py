"""« Textes des messages »: every text of the portal with invented facts, as e-mail, SMS and letter."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.core.pdf.answers import document_answer
from app.core.policy import requires
from app.core.roles import Role
from app.messages.labels import AUDIENCE_WORDS
from app.messages.rules.samples import SAMPLES, Audience
from app.messages.service.previews import Previews, sample_previews
from app.messages.views.blueprint import blueprint

ALLOWED = (Role.DEPARTMENT, Role.ADMINISTRATOR)


@blueprint.get("/messages/textes")
@requires(*ALLOWED)
def texts() -> ResponseReturnValue:
    """Every kind, by its readers."""
    asked = request.args.get("a", "")
    readers = [Audience(asked)] if asked in set(Audience) else list(Audience)
    parts: dict[Audience, list[tuple[str, Previews]]] = {
        reader: [(kind, sample_previews(kind)) for kind, sample in SAMPLES.items() if sample.to is reader]
        for reader in readers
    }
    return render_template("messages/texts.html", parts=parts, words=AUDIENCE_WORDS)


@blueprint.get("/messages/textes/<kind>")
@requires(*ALLOWED)
def text(kind: str) -> ResponseReturnValue:
    """One text in its three forms."""
    return render_template(
        "messages/text.html",
        shown=_shown(kind),
        kind=kind,
        reader=AUDIENCE_WORDS[SAMPLES[kind].to],
        way=request.args.get("voie", "email"),
    )


@blueprint.get("/messages/textes/<kind>/lettre.pdf")
@requires(*ALLOWED)
def text_letter(kind: str) -> ResponseReturnValue:
    """The letter as it is printed."""
    shown, back = _shown(kind), url_for(".text", kind=kind)
    context: dict[str, Any] = {"sheets": [shown.letter], "back": back, "headline": shown.subject}
    return document_answer("messages/letters_pdf.html", title=shown.subject, name=kind, inline=True, **context)


def _shown(kind: str) -> Previews:
    if kind not in SAMPLES:
        raise NotFound
    return sample_previews(kind)
