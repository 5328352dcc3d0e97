"""Files that look like one person's: the list, the comparison, the merge, « ce ne sont pas les mêmes »."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.acts import MergeForm
from app.candidates.labels import FRENCH, LIKENESSES, REFUSAL_WORDS, SECTIONS
from app.candidates.models import Candidate
from app.candidates.rules import FrenchLevel, Section
from app.candidates.rules.merging import MergedField, Side, proposed
from app.candidates.rules.names import likenesses
from app.candidates.views.blueprint import COMPARES, blueprint
from app.candidates.views.facts import Facts, hours_words, section_facts
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm
from app.core.french import day_words, phone
from app.core.grid import grid_lines
from app.core.policy import requires, the_actor
from app.core.quantities import format_date_short

JOINED: Final = (
    Section.JOBS, Section.SKILLS, Section.TITLES, Section.TRAVEL, Section.REFUSALS, Section.PROGRAMMES,
)  # fmt: skip


@blueprint.get("/candidats/doublons")
@requires(*COMPARES)
def duplicates() -> ResponseReturnValue:
    """Pairs to look at."""
    pairs = queries.duplicate_pairs(the_actor())
    return render_template("candidates/duplicates.html", pairs=pairs, likeness_words=LIKENESSES)


def _both(kept_id: UUID, merged_id: UUID) -> tuple[Candidate, Candidate]:
    files = queries.the_candidates(the_actor(), {kept_id, merged_id})
    if kept_id == merged_id or len(files) < 2:
        raise NotFound
    return files[kept_id], files[merged_id]


@blueprint.route("/candidats/doublons/<uuid:kept_id>/<uuid:merged_id>", methods=["GET", "POST"])
@requires(*COMPARES)
def merge(kept_id: UUID, merged_id: UUID) -> ResponseReturnValue:
    """Two columns, one choice for each difference, then one file. Sent twice, it leads to the kept file."""
    actor = the_actor()
    if queries.kept_instead_of(actor, merged_id) == kept_id:
        return redirect(url_for(".candidate", candidate_id=kept_id), 303)
    kept, merged = _both(kept_id, merged_id)
    lines = queries.lines_of([kept.id, merged.id])
    said = _said(kept, lines[kept.id]), _said(merged, lines[merged.id])
    differences = [field for field in MergedField if said[0][field] != said[1][field]]
    form = MergeForm(data=_proposal(said, kept, merged))
    if form.sent:
        versions = (form.kept_version.data, form.merged_version.data)
        try:
            choices = form.choices_made(differences)
            service.merge_candidates(kept_id, merged_id, choices, by=actor, versions=versions)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Les deux fiches n’en font plus qu’une.", "success")
            return redirect(url_for(".candidate", candidate_id=kept_id), 303)
    return render_template("candidates/merge.html", form=form, **_shown(kept, merged, said, differences, lines))


def _proposal(said: tuple[Any, Any], kept: Candidate, merged: Candidate) -> dict[str, Any]:
    sides = proposed(lambda field, side: not said[0 if side is Side.KEPT else 1][field])
    return {
        "kept_version": kept.version,
        "merged_version": merged.version,
        **{field.value: side.value for field, side in sides.items()},
    }


def _shown(
    kept: Candidate,
    merged: Candidate,
    said: tuple[Any, Any],
    differences: list[MergedField],
    lines: Mapping[UUID, queries.FileLines],
) -> dict[str, Any]:
    today = clock.today()
    facts = [section_facts(one, lines[one.id], today) for one in (kept, merged)]
    return {
        "kept": kept,
        "merged": merged,
        "said": said,
        "differences": differences,
        "together": [(SECTIONS[part], _in_one(part, facts[0]), _in_one(part, facts[1])) for part in JOINED],
        "reasons": [LIKENESSES[why] for why in likenesses(queries.known(kept), queries.known(merged))],
    }


def _in_one(part: Section, facts: Mapping[Section, Facts]) -> str:
    """The facts of a section in one cell; the name of the only fact of a list says nothing more."""
    named = len(facts[part]) > 1 or part is Section.PROGRAMMES
    return "\n".join(f"{name}\u00a0: {value}" if named else value for name, value in facts[part] if value)


def _day(value: date | None) -> str:
    return format_date_short(value) if value else ""


_WORDS: Final[Mapping[MergedField, Callable[[Candidate], str]]] = {
    MergedField.NAME: lambda one: one.full_name,
    MergedField.BIRTH_DATE: lambda one: _day(one.birth_date),
    MergedField.PHONE: lambda one: phone(one.phone),
    MergedField.EMAIL: lambda one: one.email or "",
    MergedField.HOME: lambda one: ", ".join(filter(None, (one.address, one.commune.name if one.commune else ""))),
    MergedField.REFERENT: lambda one: " – ".join(
        filter(
            None,
            (
                one.referent.full_name if one.referent else "",
                one.referent_organisation.name if one.referent_organisation else "",
            ),
        )
    ),
    MergedField.FRENCH: lambda one: FRENCH[FrenchLevel(one.french)] if one.french else "",
    MergedField.OWN_WORDS: lambda one: one.own_words,
    MergedField.START: lambda one: _day(one.available_from),
    MergedField.WEEK: lambda one: " ; ".join(grid_lines(one.grid)) if one.grid else "",
    MergedField.HOURS: lambda one: hours_words(one.hours_min, one.hours_max),
    MergedField.CONSENT: lambda one: f"donné le {day_words(one.consent_at)}" if one.consent_at else "",
    MergedField.READY: lambda one: f"depuis le {day_words(one.ready_on)}" if one.ready_on else "",
}


def _said(one: Candidate, lines: queries.FileLines) -> dict[MergedField, str]:
    """Every answer of a file in words."""
    said = {field: words(one) for field, words in _WORDS.items()}
    said[MergedField.FACILITATOR] = lines.facilitator
    return {field: said[field] for field in MergedField}


@blueprint.route("/candidats/doublons/<uuid:kept_id>/<uuid:merged_id>/differents", methods=["GET", "POST"])
@requires(*COMPARES)
def not_duplicates(kept_id: UUID, merged_id: UUID) -> ResponseReturnValue:
    """« Ce ne sont pas les mêmes »: asked once, then remembered."""
    kept, merged = _both(kept_id, merged_id)
    form = ActForm()
    if form.sent:
        service.tell_apart(kept.id, merged.id, by=the_actor())
        flash("C’est noté : ce sont deux personnes.", "success")
        return redirect(url_for(".duplicates"), 303)
    return render_template("candidates/not_duplicates.html", form=form, kept=kept, merged=merged)
