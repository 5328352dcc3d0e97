"""Jobs wanted: everyday words first, then boxes to tick; nothing is saved by searching."""

from typing import Any

from app.candidates import queries, service
from app.candidates.forms.sections import JobsForm
from app.candidates.models import Candidate
from app.candidates.rules import Question
from app.core.forms import pressed
from app.core.roles import Actor

UNKNOWN = "Nous ne connaissons pas ce métier. Essayez un mot plus courant."
CHOOSE = "Cochez le métier dans la liste, puis enregistrez."


def jobs_form(candidate: Candidate) -> JobsForm:
    """The form with every trade that may be ticked: those of the file, those sent, those that the words mean."""
    now = [line.trade_slug for line in candidate.trades]
    form = JobsForm(data={"trades": now, "own_words": candidate.own_words, "version": candidate.version})
    ticked = list(form.trades.data or ())
    found = queries.trades_like(form.words.data or "")
    known = queries.trades_named([*now, *ticked])
    form.trades.choices = list(dict([*known, *found]).items())
    form.first.choices = [("", "Le premier de la liste"), *(choice for choice in known if choice[0] in ticked)]
    return form


def search_is_over(form: JobsForm, words_before: str) -> bool:
    """May the form be saved? Not while the words typed still wait for a choice."""
    words = form.words.data or ""
    if pressed("chercher"):
        _say(form, words)
        return False
    if words and words != words_before:
        _say(form, words, CHOOSE)
        return False
    return True


def _say(form: JobsForm, words: str, otherwise: str = "") -> None:
    found = queries.trades_like(words)
    message = otherwise if found else UNKNOWN
    if message and words:
        form.words.errors = [message]


def save_jobs(candidate: Candidate, form: JobsForm, by: Actor, question: Question | None = None) -> Candidate:
    """Keep the ticked trades and the own words."""
    version: Any = form.version.data
    return service.save_jobs(
        candidate.id, form.wanted(), form.own_words.data or "", by=by, version=version, question=question
    )
