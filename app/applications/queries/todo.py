"""What waits for somebody among applications? Lines for « À faire aujourd'hui », two statements a role."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select

from app.applications.labels import SOON_DAYS, deadline_words
from app.applications.models import Application, ApplicationNote
from app.applications.queries.visible import applications_visible_to, from_the_other_side
from app.applications.rules import WAITS_FOR_EMPLOYER, ApplicationState, days_late
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.french import ago, as_day, plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.offers.models import Offer
from app.organisations.models import Organisation

_S = ApplicationState
OFFERS_SHOWN: Final = 8
EMPLOYERS_SHOWN: Final = 4


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Grouped lines: by offer for an employer, by kind and by employer for those who accompany."""
    if actor.role is Role.EMPLOYER:
        return [*_to_answer(actor, today), *_to_read(actor)]
    if actor.role in ACCOMPANIMENT:
        return [*_late_employers(actor, today), *_people_and_sendings(actor, today)]
    return []


def _urgency(due: date | None, today: date) -> int:
    if due is None:
        return 3
    late = days_late(due, today)
    return 0 if late > 0 else 1 if late >= -SOON_DAYS else 2


# --- employers --------------------------------------------------------------------------------------------


def _to_answer(actor: Actor, today: date) -> Iterator[TodoItem]:
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    waits = Application.state.in_(WAITS_FOR_EMPLOYER)
    met = (Application.state == _S.INTERVIEW) & (Application.interview_at < clock.now())
    due = func.min(Application.answer_due_on).filter(waits)
    rows = db.session.execute(
        select(
            Offer.id,
            Offer.title,
            func.count().filter(waits).label("waiting"),
            func.count().filter(met).label("met"),
            due.label("due"),
        )
        .join(Offer, Offer.id == Application.offer_id)
        .where(Application.id.in_(visible), or_(waits, met))
        .group_by(Offer.id, Offer.title)
        .order_by(due.nulls_last(), Offer.id)
        .limit(OFFERS_SHOWN)
    )
    for row in rows:
        if row.waiting:
            yield _offer_waits(row, today)
        if row.met:
            yield _offer_met(row)


def _offer_waits(row: Any, today: date) -> TodoItem:
    words, look = deadline_words(row.due, today)
    return TodoItem(
        kind="application.to_answer",
        title=f"{plural(row.waiting, 'candidature')} pour «\u00a0{row.title}\u00a0»",
        text="Chaque personne attend votre réponse." if row.waiting > 1 else "Une personne attend votre réponse.",
        endpoint="applications.inbox",
        arguments={"offre": row.id, "etat": "a-traiter"},
        action="Répondre",
        tag=words,
        tag_state=look,
        icon="people",
        urgency=_urgency(row.due, today),
    )


def _offer_met(row: Any) -> TodoItem:
    return TodoItem(
        kind="application.to_decide",
        title=f"{plural(row.met, 'entretien passé')} pour «\u00a0{row.title}\u00a0»",
        text="Dites ce que vous avez décidé\u00a0: un oui ou un non.",
        endpoint="applications.inbox",
        arguments={"offre": row.id, "etat": _S.INTERVIEW.value},
        action="Décider",
        tag="à décider",
        tag_state="warn",
        icon="calendar",
        urgency=1,
    )


def _to_read(actor: Actor) -> Iterator[TodoItem]:
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    query = select(func.count()).where(
        ApplicationNote.application_id.in_(visible), ApplicationNote.read_at.is_(None), from_the_other_side(actor)
    )
    if count := db.session.scalar(query):
        yield TodoItem(
            kind="application.to_read",
            title=f"{plural(count, 'message')} à lire",
            text="Une personne vous a écrit au sujet de sa candidature.",
            endpoint="applications.inbox",
            arguments={"messages": "oui"},
            action="Lire",
            icon="file",
            urgency=1,
        )


# --- those who accompany people ---------------------------------------------------------------------------


def _late_employers(actor: Actor, today: date) -> Iterator[TodoItem]:
    """One line an employer who let the 15 days pass, the latest first."""
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    due = func.min(Application.answer_due_on)
    name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            func.count().label("number"),
            due.label("due"),
            func.array_agg(name).label("people"),
        )
        .join(Offer, Offer.id == Application.offer_id)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Application.id.in_(visible),
            Application.state.in_(WAITS_FOR_EMPLOYER),
            Application.answer_due_on < today,
        )
        .group_by(Organisation.id, Organisation.name)
        .order_by(due, Organisation.id)
        .limit(EMPLOYERS_SHOWN)
    )
    for row in rows:
        yield _late_employer(row, today)


def _late_employer(row: Any, today: date) -> TodoItem:
    words, look = deadline_words(row.due, today)
    names = ", ".join(sorted(row.people)[:3]) + ("…" if row.number > 3 else "")
    return TodoItem(
        kind="application.employer_late",
        title=f"{plural(row.number, 'candidature')} sans réponse de l’employeur",
        text=f"{row.name}\u00a0: {names}. Un appel débloque souvent la situation.",
        endpoint="applications.pipeline",
        arguments={"retard": "oui", "employeur": row.id},
        action="Voir",
        tag=words,
        tag_state=look,
        icon="clock",
        urgency=0,
    )


def _people_and_sendings(actor: Actor, today: date) -> Iterator[TodoItem]:
    visible = applications_visible_to(actor).with_only_columns(Application.id)
    agreed = Application.state == _S.AGREED
    silent = (Application.state == _S.PROPOSED) & (Application.answer_due_on < today)
    name = func.concat_ws(" ", Candidate.first_name, Candidate.last_name)
    row = db.session.execute(
        select(
            func.count().filter(agreed).label("agreed"),
            func.min(Application.state_since).filter(agreed).label("since"),
            func.min(name).filter(agreed).label("person"),
            func.min(Offer.title).filter(agreed).label("offer"),
            func.min(Organisation.name).filter(agreed).label("organisation"),
            func.count().filter(silent).label("silent"),
            func.min(name).filter(silent).label("silent_person"),
        )
        .join(Offer, Offer.id == Application.offer_id)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.id.in_(visible), or_(agreed, silent))
    ).one()
    if row.agreed:
        yield _agreed(row, today)
    if row.silent:
        yield _silent_people(row)


def _agreed(row: Any, today: date) -> TodoItem:
    alone = row.agreed == 1
    since = ago(as_day(row.since), today)
    return TodoItem(
        kind="application.to_send",
        title=f"{row.person} a dit oui\u00a0: envoyer sa candidature"
        if alone
        else f"{plural(row.agreed, 'personne')} ont dit oui\u00a0: envoyer leurs candidatures",
        text=(f"{row.offer}, {row.organisation}. " if alone else "")
        + "Sans vous, le portail envoie au bout de 2\u00a0jours.",
        endpoint="applications.pipeline",
        arguments={"etat": _S.AGREED.value},
        action="Envoyer",
        tag=since if since in {"aujourd’hui", "hier"} and alone else f"depuis {since.removeprefix('il y a ')}",
        tag_state="",
        icon="check",
        urgency=1,
    )


def _silent_people(row: Any) -> TodoItem:
    return TodoItem(
        kind="application.person_late",
        title=f"{row.silent_person} n’a pas répondu à une proposition"
        if row.silent == 1
        else f"{plural(row.silent, 'proposition')} sans réponse des personnes",
        text="Les 7\u00a0jours sont passés. Un appel aide à décider.",
        endpoint="applications.pipeline",
        arguments={"etat": _S.PROPOSED.value, "retard": "oui"},
        action="Appeler",
        tag="sans réponse",
        tag_state="warn",
        icon="phone",
        urgency=1,
    )
