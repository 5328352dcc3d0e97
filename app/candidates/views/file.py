"""The file of a person as those who accompany them read and change it; each opening is noted."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from app.candidates import queries, service
from app.candidates.labels import BARRIERS, REFUSAL_WORDS, SECTIONS
from app.candidates.models import Candidate
from app.candidates.rules import Section
from app.candidates.rules.rights import changeable
from app.candidates.views.blueprint import FOLLOWS, READS, blueprint
from app.candidates.views.facts import section_facts
from app.candidates.views.history import history_lines
from app.candidates.views.jobs_page import jobs_form, save_jobs, search_is_over
from app.candidates.views.section_pages import PAGES
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.policy import requires, the_actor
from app.core.roles import Actor, Role
from app.reference import queries as reference


@blueprint.get("/candidats/<uuid:candidate_id>")
@requires(*READS)
def candidate(candidate_id: UUID) -> ResponseReturnValue:
    """The whole file in sections. A merged file leads to the one that was kept."""
    actor = the_actor()
    try:
        person = service.open_file(candidate_id, by=actor)
    except NotFound:
        kept = queries.kept_instead_of(actor, candidate_id)
        if kept is None:
            raise
        return redirect(url_for(".candidate", candidate_id=kept))
    return render_template("candidates/candidate.html", **_shown(person, actor))


def _shown(person: Candidate, actor: Actor) -> dict[str, Any]:
    today, lines = clock.today(), queries.lines_of([person.id])[person.id]
    mandates = queries.mandates_of(person.id)
    return {
        "candidate": person,
        "lines": lines,
        "facts_of": section_facts(person, lines, today),
        "sections": SECTIONS,
        "Section": Section,
        "changeable": changeable(actor.role),
        "follows": actor.role in FOLLOWS,
        "barrier_facts": _barrier_facts(actor, person),
        "readiness": queries.last_readiness(person.id),
        "mandates": mandates,
        "acts_for": service.acting_for(actor, person),
        "history": history_lines(queries.history_of(person.id)),
        "alike": queries.look_alikes(actor, queries.known(person), of=person.id)
        if actor.role is not Role.REFERENT
        else (),
        "today": today,
    }


def _barrier_facts(actor: Actor, person: Candidate) -> list[tuple[str, str]] | None:
    """What the referent noted; None for anybody else: the page has no such part."""
    if not queries.reads_barriers(actor, person):
        return None
    return [(BARRIERS[line.barrier], line.note or "noté") for line in queries.barriers_of(actor, person)]


@blueprint.route("/candidats/<uuid:candidate_id>/modifier/<section>", methods=["GET", "POST"])
@requires(*FOLLOWS)
def edit(candidate_id: UUID, section: str) -> ResponseReturnValue:
    """« Modifier » of one section."""
    actor = the_actor()
    part = _section(section)
    page = PAGES[part]
    person = queries.the_candidate(actor, candidate_id, *page.options)
    if part is Section.BARRIERS and not queries.reads_barriers(actor, person):
        raise NotFound
    form = page.form(data={**page.fill(actor, person), "version": person.version})
    page.prepare(form, person)
    if form.sent:
        try:
            page.save(person.id, form, actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _saved(actor, person)
    communes = reference.commune_names() if part is Section.IDENTITY else ()
    return render_template(
        page.template, form=form, candidate=person, section=part, title=SECTIONS[part], communes=communes
    )


def _section(word: str) -> Section:
    if word not in {section.value for section in PAGES}:
        raise NotFound
    return Section(word)


def _saved(actor: Actor, person: Candidate) -> ResponseReturnValue:
    """Back to the file, or to the list when the person was handed over to somebody else."""
    flash("C’est enregistré.", "success")
    visible = queries.the_candidates(actor, [person.id])
    return redirect(url_for(".candidate", candidate_id=person.id) if visible else url_for(".listing"), 303)


@blueprint.route("/candidats/<uuid:candidate_id>/modifier/metiers", methods=["GET", "POST"])
@requires(*FOLLOWS)
def edit_jobs(candidate_id: UUID) -> ResponseReturnValue:
    """Jobs wanted, found by everyday words."""
    actor = the_actor()
    person = queries.the_candidate(actor, candidate_id, selectinload(Candidate.trades))
    form = jobs_form(person)
    if form.sent and search_is_over(form, request.form.get("words_before", "")):
        try:
            save_jobs(person, form, actor)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            return _saved(actor, person)
    return render_template(
        "candidates/edit_jobs.html", form=form, candidate=person, section=Section.JOBS, title=SECTIONS[Section.JOBS]
    )
