"""Open a file: who looks alike is shown before anything is saved."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.sections import NewCandidateForm
from app.candidates.labels import LIKENESSES, REFUSAL_WORDS
from app.candidates.rules import CandidateRefusal, name_key
from app.candidates.rules.names import Known
from app.candidates.views.blueprint import FOLLOWS, blueprint
from app.core.errors import Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor
from app.reference import queries as reference


@blueprint.route("/candidats/nouveau", methods=["GET", "POST"])
@requires(*FOLLOWS)
def new() -> ResponseReturnValue:
    """« Ajouter une personne »."""
    actor, form = the_actor(), NewCandidateForm()
    form.look_up(reference.find_commune, reference.suggest_communes)
    if not form.sent:
        return _page(form)
    try:
        person = service.create_candidate(
            form.identity(), by=actor, row_id=form.row_id.data, told_apart=_told_apart(), welcome=form.welcome.data
        )
    except Refused as refused:
        if CandidateRefusal.LOOKS_ALIKE in refused.reasons:
            return _compare(actor, form)
        form.refuse(refused, REFUSAL_WORDS)
        return _page(form)
    flash(f"La fiche de {person.full_name} est ouverte. Complétez-la avec la personne.", "success")
    return redirect(url_for(".candidate", candidate_id=person.id), 303)


def _page(form: NewCandidateForm) -> ResponseReturnValue:
    return render_template("candidates/new.html", form=form, communes=reference.commune_names())


def _told_apart() -> set[UUID]:
    """The files that the page of look-alikes showed and which are somebody else's."""
    found = set()
    for raw in request.form.getlist("autre")[:60]:
        try:
            found.add(UUID(raw))
        except ValueError:
            continue
    return found


def _compare(actor: Actor, form: NewCandidateForm) -> ResponseReturnValue:
    said = form.identity()
    person = Known(name_key(said.first_name, said.last_name), said.birth_date, said.phone)
    return render_template(
        "candidates/look_alikes.html",
        form=form,
        said=said,
        alike=queries.look_alikes(actor, person),
        likeness_words=LIKENESSES,
        values=_sent_again(),
    )


def _sent_again() -> list[tuple[str, Any]]:
    """What was typed, to be sent again from the page that compares."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in {"csrf_token", "autre"}]
