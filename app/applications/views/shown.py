"""What the pages of an application show besides the row: buttons, timeline, messages, the offer in a few facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import url_for

from app.applications.labels import ACTIONS, DONE, DONE_FOR_PERSON, STATE_LOOKS, deadline_words
from app.applications.models import Application, ApplicationNote, ApplicationTransition
from app.applications.rules import EMPLOYER_SEES, ApplicationAction, ApplicationState
from app.core.french import instant_words
from app.core.roles import Actor, Role
from app.offers.labels import at, employment_words, pay_words
from app.offers.models import Offer

_A = ApplicationAction
PAGES: Final = {
    _A.INVITE: "applications.invite",
    _A.HIRE: "applications.hire",
    _A.TAKE: "applications.take",
    _A.REFUSE: "applications.refuse",
    _A.WITHDRAW: "applications.withdraw",
}
"""Acts that ask something more, each on its page; the others are a button."""
VERBS: Final = {
    _A.AGREE: "oui",
    _A.DECLINE: "non",
    _A.SEND: "envoyer",
    _A.REVIEW: "examiner",
    _A.POSTPONE: "attendre",
}
_ORDER: Final = (
    _A.INVITE, _A.HIRE, _A.TAKE, _A.SEND, _A.AGREE, _A.REVIEW, _A.POSTPONE, _A.REFUSE, _A.DECLINE, _A.WITHDRAW,
)  # fmt: skip
"""The first that is possible is the main button: an employer meets people, then hires. For a stage, which
needs no interview, it is to take the person."""

_ORDER_OF_PLACEMENT: Final = (_A.TAKE, *(action for action in _ORDER if action is not _A.TAKE))


@dataclass(frozen=True, slots=True)
class Button:
    """An act: a link to its page, or a form of its own when ``posts``."""

    label: str
    url: str
    look: str | None
    posts: bool


def buttons(application: Application, actions: Iterable[ApplicationAction]) -> list[Button]:
    """The acts that are open to the reader, the main one first."""
    found: list[Button] = []
    order = _ORDER_OF_PLACEMENT if application.offer.is_placement else _ORDER
    for action in sorted(actions, key=order.index):
        look = "bad" if action is _A.REFUSE else None if found else "main"
        page = PAGES.get(action)
        url = (
            url_for(page, application_id=application.id)
            if page
            else url_for("applications.act", application_id=application.id, verb=VERBS[action])
        )
        found.append(Button(ACTIONS[action], url, look, posts=page is None))
    return found


def offer_words(offer: Offer) -> dict[str, Any]:
    """The offer in a few facts, for people and professionals."""
    return {
        "where": at(offer.commune.name),
        "employment": employment_words(offer),
        "pay": pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
    }


# --- the timeline -----------------------------------------------------------------------------------------


def events(
    application: Application, steps: Sequence[ApplicationTransition], actor: Actor, today: date
) -> list[dict[str, str]]:
    """What is to come, for professionals, then what happened, the newest first, as the reader may know it."""
    seen = [step for step in steps if actor.role is not Role.EMPLOYER or step.to_state in EMPLOYER_SEES]
    past = [_step(application, step, actor, today) for step in seen]
    for event in past[1:]:
        event["state"] = "done"
    return past if actor.role is Role.CANDIDATE else [*_to_come(application, actor, today), *past]


def _to_come(application: Application, actor: Actor, today: date) -> list[dict[str, str]]:
    if application.state is ApplicationState.INTERVIEW and application.interview_at is not None:
        when = instant_words(application.interview_at, today)
        return [{"title": "Rendez-vous", "when": when, "text": application.interview_place, "state": "brand"}]
    words, look = deadline_words(application.answer_due_on, today)
    if not words:
        return []
    whose = "de la personne" if application.state is ApplicationState.PROPOSED else "de l’employeur"
    title = "Votre réponse" if actor.role is Role.EMPLOYER else f"Réponse {whose}"
    return [{"title": title, "when": words, "state": look}]


def _step(application: Application, step: ApplicationTransition, actor: Actor, today: date) -> dict[str, str]:
    when, state = instant_words(step.at, today), STATE_LOOKS[step.to_state] or "done"
    match actor.role:
        case Role.CANDIDATE:
            return {
                "title": DONE_FOR_PERSON[step.to_state],
                "when": when,
                "text": f"{step.by_name} l’a fait pour vous." if step.on_behalf else "",
                "state": state,
            }
        case Role.EMPLOYER:
            # Who accompanies the person, and that anybody does, is not the employer's affair.
            title = "Reçue" if step.to_state is ApplicationState.SENT else DONE[step.to_state]
            by = f", par {step.by_name}" if step.by_role is Role.EMPLOYER else ""
            return {"title": title, "when": when + by, "state": state}
    text = f"Pour le compte de {application.candidate.full_name}" if step.on_behalf else ""
    return {"title": DONE[step.to_state], "when": f"{when}, par {step.by_name}", "text": text, "state": state}


# --- messages ---------------------------------------------------------------------------------------------


def messages(
    application: Application, notes: Sequence[ApplicationNote], actor: Actor, person: str, today: date
) -> list[dict[str, Any]]:
    """Each message with who wrote it, as the reader may know it; ``person`` is the name that they read."""
    employer = application.offer.organisation.name
    return [
        {
            "who": _writer(note, actor, person, employer),
            "when": instant_words(note.at, today),
            "text": note.text,
            "mine": (note.by_role is Role.EMPLOYER) == (actor.role is Role.EMPLOYER),
        }
        for note in notes
    ]


def _writer(note: ApplicationNote, actor: Actor, person: str, employer: str) -> str:
    if note.by_user_id is not None and note.by_user_id == actor.user_id:
        return "Vous"
    if note.by_role is Role.EMPLOYER:
        return note.by_name if actor.role is Role.EMPLOYER else f"{note.by_name}, {employer}"
    if actor.role is Role.EMPLOYER:
        return person
    if note.by_role is Role.CANDIDATE:
        return "Vous" if actor.role is Role.CANDIDATE else person
    return f"{note.by_name}, pour " + ("vous" if actor.role is Role.CANDIDATE else f"le compte de {person}")
