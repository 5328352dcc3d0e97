"""What does the page of each question show and save? One table; the route is the same for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.candidates import queries, service
from app.candidates.forms import questions as forms
from app.candidates.models import Candidate
from app.candidates.rules import FrenchLevel, Question
from app.candidates.rules.sections import Identity
from app.core import clock
from app.core.roles import Actor
from app.reference import queries as reference

Data = dict[str, Any]
FIRST_REFUSALS: Final = 12


def _nothing(_form: Any, _candidate: Candidate) -> None:
    """No list to fill."""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """``fill`` gives the answer known, ``prepare`` the lists, ``save`` is one act; ``found`` answers a word typed.

    ``hint`` stands under the question.
    """

    form: Any
    fill: Callable[[Candidate], Data]
    save: Callable[[Candidate, Any, Actor, Question], Any]
    prepare: Callable[[Any, Candidate], None] = _nothing
    found: Callable[[str], Sequence[tuple[str, str]]] | None = None
    options: Sequence[ORMOption] = field(default=())
    template: str = "candidates/question.html"
    hint: str = ""


def _version(form: Any) -> int:
    return int(form.version.data or 0)


# --- words to search, boxes to tick -------------------------------------------------------------------------


def _fill_jobs(candidate: Candidate) -> Data:
    return {"ticked": [line.trade_slug for line in candidate.trades], "own_words": candidate.own_words}


def _prepare_jobs(form: forms.JobsQuestion, candidate: Candidate) -> None:
    now = [line.trade_slug for line in candidate.trades]
    known = queries.trades_named([*now, *(form.ticked.data or ())])
    form.offer([*known, *queries.trades_like(form.words.data or "")])


def _save_jobs(candidate: Candidate, form: forms.JobsQuestion, by: Actor, question: Question) -> None:
    now = [line.trade_slug for line in candidate.trades]
    ticked = list(form.ticked.data or ())
    kept = [slug for slug in now if slug in ticked]
    wanted = [*kept, *(slug for slug in ticked if slug not in kept)]
    service.save_jobs(candidate.id, wanted, form.own_words.data or "", by=by, version=_version(form), question=question)


def _all_skills(candidate: Candidate) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return queries.skills_around([line.trade_slug for line in candidate.trades])


def _fill_skills(candidate: Candidate) -> Data:
    return {"ticked": candidate.skills}


def _prepare_skills(form: forms.SkillsQuestion, candidate: Candidate) -> None:
    near, other = _all_skills(candidate)
    held = {*candidate.skills, *(form.ticked.data or ())}
    kept = [choice for choice in other if choice[0] in held]
    form.offer([*near, *kept, *queries.choices_like(other, form.words.data or "")])


def _save_skills(candidate: Candidate, form: forms.SkillsQuestion, by: Actor, question: Question) -> None:
    service.save_skills(candidate.id, form.ticked.data or (), by=by, version=_version(form), question=question)


def _fill_titles(candidate: Candidate) -> Data:
    return {"ticked": [line.title_slug for line in candidate.titles], "licences": candidate.licences}


def _prepare_titles(form: forms.TitlesQuestion, candidate: Candidate) -> None:
    every = reference.title_choices()
    held = {*(line.title_slug for line in candidate.titles), *(form.ticked.data or ())}
    form.offer(
        [*(choice for choice in every if choice[0] in held), *queries.choices_like(every, form.words.data or "")]
    )
    form.licences.choices = reference.licence_choices()


def _save_titles(candidate: Candidate, form: forms.TitlesQuestion, by: Actor, question: Question) -> None:
    service.save_titles(
        candidate.id,
        form.titles(candidate),
        form.licences.data or (),
        by=by,
        version=_version(form),
        question=question,
    )


# --- when, how long, how ------------------------------------------------------------------------------------


def _fill_start(candidate: Candidate) -> Data:
    start, today = candidate.available_from, clock.today()
    if start is None:
        return {"when": "unknown" if Question.START.value in candidate.answered else None}
    if start <= today:
        return {"when": "now"}
    return {"when": "date", "day": str(start.day), "month": str(start.month), "year": str(start.year)}


def _save_start(candidate: Candidate, form: forms.StartQuestion, by: Actor, question: Question) -> None:
    start = form.start(clock.today())
    if not form.in_error and not form.day.errors:
        said = replace(service.availability_of(candidate), available_from=start)
        service.save_availability(candidate.id, said, by=by, version=_version(form), question=question)


def _save_week(candidate: Candidate, form: forms.WeekQuestion, by: Actor, question: Question) -> None:
    said = replace(service.availability_of(candidate), grid=form.grid.data)
    service.save_availability(candidate.id, said, by=by, version=_version(form), question=question)


def _save_hours(candidate: Candidate, form: forms.HoursQuestion, by: Actor, question: Question) -> None:
    said = replace(service.availability_of(candidate), hours_min=form.hours_min.data, hours_max=form.hours_max.data)
    service.save_availability(candidate.id, said, by=by, version=_version(form), question=question)


def _fill_travel(candidate: Candidate) -> Data:
    return {line.means: str(line.max_minutes) if line.max_minutes else "km" for line in candidate.travels}


def _save_travel(candidate: Candidate, form: forms.TravelQuestion, by: Actor, question: Question) -> None:
    service.save_travel(candidate.id, form.travels(candidate), by=by, version=_version(form), question=question)


def _fill_french(candidate: Candidate) -> Data:
    known = candidate.french or Question.FRENCH.value in candidate.answered
    return {"french": str(candidate.french) if known else None}


def _save_french(candidate: Candidate, form: forms.FrenchQuestion, by: Actor, question: Question) -> None:
    level = FrenchLevel(int(form.french.data or 0))
    service.save_french(candidate.id, level, by=by, version=_version(form), question=question)


def _prepare_refusals(form: forms.RefusalsQuestion, _candidate: Candidate) -> None:
    every = reference.condition_refusal_choices()
    form.refusals.choices, form.others.choices = every[:FIRST_REFUSALS], every[FIRST_REFUSALS:]


def _save_refusals(candidate: Candidate, form: forms.RefusalsQuestion, by: Actor, question: Question) -> None:
    service.save_refusals(candidate.id, form.refused(), by=by, version=_version(form), question=question)


# --- who and where ------------------------------------------------------------------------------------------


def _identity(candidate: Candidate) -> Identity:
    names = (
        "first_name", "last_name", "birth_date", "phone", "email", "address", "commune_insee", "language",
    )  # fmt: skip
    return Identity(**{name: getattr(candidate, name) for name in names})


def _save_identity(candidate: Candidate, form: Any, by: Actor, question: Question) -> None:
    typed = {name: form[name].data for name in ("first_name", "last_name", "phone", "email", "address") if name in form}
    said = replace(_identity(candidate), **typed)
    if "commune" in form:
        said = replace(said, commune_insee=form.commune.found.insee if form.commune.found else None)
    service.save_identity(candidate.id, said, by=by, version=_version(form), question=question)


def _prepare_home(form: forms.HomeQuestion, _candidate: Candidate) -> None:
    form.look_up(reference.find_commune, reference.suggest_communes)


def _columns(*names: str) -> Callable[[Candidate], Data]:
    return lambda candidate: {name: getattr(candidate, name) for name in names}


_TRADES = (selectinload(Candidate.trades),)
_WORDS = "candidates/question_words.html"
PAGES: Final[Mapping[Question, QuestionPage]] = {
    Question.JOBS: QuestionPage(
        forms.JobsQuestion, _fill_jobs, _save_jobs, _prepare_jobs, queries.trades_like, _TRADES, _WORDS
    ),
    Question.SKILLS: QuestionPage(
        forms.SkillsQuestion,
        _fill_skills,
        _save_skills,
        _prepare_skills,
        queries.skills_like,
        _TRADES,
        _WORDS,
        "Tout compte\u00a0: au travail, à la maison, en famille.",
    ),
    Question.TITLES: QuestionPage(
        forms.TitlesQuestion,
        _fill_titles,
        _save_titles,
        _prepare_titles,
        queries.titles_like,
        (selectinload(Candidate.titles),),
        _WORDS,
        "Ce n’est pas obligatoire. Beaucoup d’offres n’en demandent pas.",
    ),
    Question.START: QuestionPage(
        forms.StartQuestion,
        _fill_start,
        _save_start,
        template="candidates/question_start.html",
        hint="Les entreprises voient cette date. Vous pouvez la changer à tout moment.",
    ),
    Question.WEEK: QuestionPage(
        forms.WeekQuestion, _columns("grid"), _save_week, hint="Plus vous cochez, plus vous avez d’offres."
    ),
    Question.HOURS: QuestionPage(
        forms.HoursQuestion,
        _columns("hours_min", "hours_max"),
        _save_hours,
        hint="Un temps plein fait 35\u00a0heures. Laissez vide si cela vous est égal.",
    ),
    Question.TRAVEL: QuestionPage(
        forms.TravelQuestion,
        _fill_travel,
        _save_travel,
        lambda form, candidate: form.offer(candidate),
        options=(selectinload(Candidate.travels),),
        hint="Dites combien de temps au plus, pour aller.",
    ),
    Question.FRENCH: QuestionPage(
        forms.FrenchQuestion, _fill_french, _save_french, hint="Il n’y a pas de mauvaise réponse."
    ),
    Question.REFUSALS: QuestionPage(
        forms.RefusalsQuestion,
        lambda candidate: {"refusals": candidate.refusals, "others": candidate.refusals},
        _save_refusals,
        _prepare_refusals,
        template="candidates/question_refusals.html",
        hint="Vous avez le droit de refuser. Ces offres ne vous seront pas proposées.",
    ),
    Question.NAME: QuestionPage(forms.NameQuestion, _columns("first_name", "last_name"), _save_identity),
    Question.CONTACT: QuestionPage(
        forms.ContactQuestion,
        _columns("phone", "email"),
        _save_identity,
        hint="Vous recevez vos codes ici. Les entreprises ne voient rien de cela.",
    ),
    Question.HOME: QuestionPage(
        forms.HomeQuestion,
        lambda candidate: {
            "address": candidate.address,
            "commune": candidate.commune.name if candidate.commune else "",
        },
        _save_identity,
        _prepare_home,
        hint="Les entreprises voient votre ville, pas votre adresse.",
    ),
}
