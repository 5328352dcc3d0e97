"""« Mon profil »: the person reads everything in plain words, changes one answer a page, and decides who sees it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.candidates import queries, service
from app.candidates.forms.acts import ConsentForm
from app.candidates.labels import PROGRAMMES, QUESTIONS, REFUSAL_WORDS
from app.candidates.models import Candidate
from app.candidates.rules import Question
from app.candidates.rules.questions import WIZARD, after, before, left, number_of
from app.candidates.views.answers import answered, answers
from app.candidates.views.blueprint import blueprint
from app.candidates.views.facts import stay_words
from app.candidates.views.history import history_lines
from app.candidates.views.question_pages import PAGES, QuestionPage
from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.forms import ActForm, pressed
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.reference import queries as reference


def _me(*options: Any) -> Candidate:
    actor = the_actor()
    return queries.the_candidate(actor, actor.candidate_id, *options)


@blueprint.get("/mon-profil")
@requires(Role.CANDIDATE)
def my_file() -> ResponseReturnValue:
    """Everything the portal says of the person, but what professionals note for themselves."""
    me, today = _me(), clock.today()
    lines = queries.lines_of([me.id])[me.id]
    done = answered(me, lines, today)
    mandates = [one for one in queries.mandates_of(me.id) if one.withdrawn_at is None and one.ends_on > today]
    return render_template(
        "candidates/my_file.html",
        candidate=me,
        answers=answers(me, lines, today),
        left=left(done),
        total=len(WIZARD),
        programmes=[(PROGRAMMES[stay.programme], stay_words(stay)) for stay in lines.programmes],
        facilitator=lines.facilitator,
        mandates=mandates,
        contact=queries.contact_of(me),
        today=today,
    )


@blueprint.get("/mon-profil/commencer")
@requires(Role.CANDIDATE)
def start_questions() -> ResponseReturnValue:
    """Go on where the person stopped."""
    me, today = _me(), clock.today()
    waiting = left(answered(me, queries.lines_of([me.id])[me.id], today))
    first = waiting[0] if waiting else WIZARD[0]
    return redirect(url_for(".question", question=first.value, suite="oui"))


@blueprint.route("/mon-profil/questions/<question>", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def question(question: str) -> ResponseReturnValue:
    """One question; the answer is kept as soon as it is sent."""
    asked = _question(question)
    page = PAGES[asked]
    me = _me(*page.options)
    form = page.form(data={**page.fill(me), "version": me.version})
    page.prepare(form, me)
    if form.sent and not _waits(page, form):
        try:
            page.save(me, form, the_actor(), asked)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        if not any(field.errors for field in form) and not form.general_errors:
            return _next(asked)
    return render_template(page.template, form=form, page=page, contact=queries.contact_of(me), **_place(asked))


def _question(word: str) -> Question:
    if word not in set(Question):
        raise NotFound
    return Question(word)


def _waits(page: QuestionPage, form: Any) -> bool:
    """Is a word typed still to be chosen among its answers?"""
    if page.found is None:
        return False
    found = page.found(form.words.data or "")
    return bool(form.waits(found, searching=pressed("chercher"), words_before=request.form.get("words_before", "")))


def _next(asked: Question) -> ResponseReturnValue:
    following = after(asked)
    if not request.args.get("suite"):
        flash("C’est enregistré.", "success")
        return redirect(url_for(".my_file"), 303)
    if following is not None:
        return redirect(url_for(".question", question=following.value, suite="oui"), 303)
    flash("Merci. Vous avez répondu à toutes les questions.", "success")
    return redirect(url_for(".my_consent"), 303)


def _place(asked: Question) -> dict[str, Any]:
    """Where the question stands among the nine, and what it says."""
    going_on = bool(request.args.get("suite"))
    previous = before(asked) if going_on else None
    return {
        "question": asked,
        "title": QUESTIONS[asked],
        "number": number_of(asked) if going_on else None,
        "total": len(WIZARD),
        "previous": url_for(".question", question=previous.value, suite="oui") if previous else None,
        "communes": reference.commune_names() if asked is Question.HOME else (),
    }


@blueprint.route("/mon-profil/accord", methods=["GET", "POST"])
@requires(Role.CANDIDATE)
def my_consent() -> ResponseReturnValue:
    """« Votre profil est visible par… »: give or withdraw, at once."""
    me = _me()
    form = ConsentForm(data={"version": me.version})
    if form.sent:
        if pressed("retirer"):
            service.withdraw_consent(me.id, by=the_actor())
            flash("C’est fait. Les entreprises ne voient plus votre profil.", "success")
        else:
            service.give_consent(me.id, by=the_actor(), version=form.version.data)
            flash("Merci. Votre profil peut être montré.", "success")
        return redirect(url_for(".my_file"), 303)
    return render_template("candidates/my_consent.html", form=form, candidate=me, contact=queries.contact_of(me))


@blueprint.post("/mon-profil/mandats/<uuid:mandate_id>/retirer")
@requires(Role.CANDIDATE)
def end_my_mandate(mandate_id: UUID) -> ResponseReturnValue:
    """The person no longer wants somebody to act for them."""
    if ActForm().sent:
        service.withdraw_mandate(mandate_id, by=the_actor())
        flash("C’est fait. Cette personne n’agit plus pour vous.", "success")
    return redirect(url_for(".my_file"), 303)


@blueprint.get("/mon-profil/historique")
@requires(Role.CANDIDATE)
def my_history() -> ResponseReturnValue:
    """Who opened or changed the profil, and when."""
    me = _me()
    return render_template(
        "candidates/my_history.html",
        history=history_lines(queries.history_of(me.id)),
        contact=queries.contact_of(me),
    )
