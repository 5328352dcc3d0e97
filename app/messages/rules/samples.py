"""What does each text of the portal look like once filled? Invented people and facts, one sample a kind.

A kind is ``templates/messages/KIND.txt``: the subject on the first line, then the body. The one text serves the e-mail,
the SMS and the letter; where it is too long for a phone, ``{% if channel == "sms" %}`` holds its short form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import SimpleNamespace as Some
from typing import Any, Final

from app.messages.rules.digest import Item, Section
from app.messages.rules.sending import Category


class Audience(StrEnum):
    """To whom a text is written. A text for people and tutors fits in two SMS."""

    PERSON = "person"
    TUTOR = "tutor"
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"
    ANYBODY = "anybody"


BY_PHONE: Final = frozenset({Audience.PERSON, Audience.TUTOR})
NAMES: Final[Mapping[Audience, str]] = {
    Audience.PERSON: "Aminata",
    Audience.TUTOR: "Sandrine Leroy",
    Audience.EMPLOYER: "Marc Lemoine",
    Audience.PROFESSIONAL: "Claire Morel",
    Audience.ANYBODY: "Claire Morel",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind with what its act gives it. ``path`` is the page that its ``url`` leads to."""

    to: Audience
    path: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)

    def filled(self, base_url: str) -> dict[str, Any]:
        """The context of the text on a portal; « url » and « link » are one address under two names."""
        address = f"{base_url}{self.path}" if self.path else ""
        return {"url": address, "link": address, **self.context}


_PHONE: Final = "+33199009100"
_DAY: Final = date(2026, 11, 16)
_INSTANT: Final = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
_WHEN: Final = "mardi 17 novembre à 9\u00a0h\u00a030"
_APPLICATION: Final = "/candidatures/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e"
_FOLLOW_UP: Final = "/suivis/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e"
_ALERT: Final = "/suivis/alertes/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e"
_HOUSE: Final = "Propreté Services"
_OFFER: Final = Some(title="Agent de propreté", commune=Some(name="Massy"), number=1042, is_placement=False)
_PERSON: Final = Some(first_name="Aminata", full_name="Aminata Diallo", short_name="Aminata D.")
_ABOUT_JOB: Final = {
    "offer": _OFFER,
    "hire": Some(start_on=date(2026, 12, 1)),
    "terms": Some(start_on=date(2026, 12, 1), end_on=date(2026, 12, 18)),
    "application": Some(
        candidate=_PERSON,
        offer=_OFFER,
        answer_due_on=_DAY,
        interview_at=_INSTANT,
        interview_place="4 avenue de France, Massy",
        refusal_text="L’entreprise a choisi une autre personne.",
    ),
}
_HELD: Final = Some(lot_number=2, lot_title="Nettoyage des locaux", contract_title="Entretien des collèges")
_VISIT: Final = {
    "person": "Aminata D.", "who": "Claire Morel", "when": _WHEN, "what": "Visite du premier mois", "mode": "site",
    "how": "sur place", "place": "4 avenue de France, Massy", "phone": _PHONE, "called_off": False, "days": 3,
}  # fmt: skip
_ENDING: Final = {"person": "Aminata D.", "title": "Agent de propreté", "last_day": "15 décembre 2026"}
_GATHERED: Final = {
    "count": 2,
    "words": {Category.APPLICATIONS: "Candidatures et propositions", Category.FOLLOW_UP: "Suivi après l’embauche"},
    "sections": (
        Section(Category.APPLICATIONS, (Item("Aminata Diallo a dit oui", ("À l’offre « Agent de propreté ».",)),)),
        Section(Category.FOLLOW_UP, (Item("Un suivi vous est confié", ("Le suivi d’Aminata D.",)),)),
    ),
}
_SEAT: Final = {
    "title": "Réunion d’information : les métiers du nettoyage", "when": _WHEN, "name": "Aminata Diallo",
    "place": "Espace Liberté, 1 place de France, Massy", "phone": _PHONE, "code": "ACDE-FGHJ", "is_person": True,
    "rank": 3, "rank_words": "3e sur la liste d’attente", "bring": "Votre CV, si vous en avez un", "eve": True,
}  # fmt: skip


def _job(to: Audience) -> Sample:
    return Sample(to, _APPLICATION, _ABOUT_JOB)


_STAGE: Final = {
    "name": "Aminata D.", "host": _HOUSE, "trade": "Agent de propreté", "start": _DAY, "end": date(2026, 11, 27),
    "day": date(2026, 11, 17), "last_day": date(2026, 11, 20),
}  # fmt: skip


def _seat(path: str = "/mon-inscription/ACDE-FGHJ") -> Sample:
    return Sample(Audience.PERSON, path, _SEAT)


def _stage(to: Audience, is_person: bool = False) -> Sample:
    path = "/mes-stages" if is_person else "/stages"
    return Sample(to, f"{path}/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e", {**_STAGE, "is_person": is_person})


def _of_three() -> Sample:
    path = "/mes-entretiens/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e"
    said = {"name": "Aminata D.", "structure": _HOUSE, "when": _WHEN, "dates": (_WHEN,), "is_person": True}
    return Sample(Audience.PERSON, path, said)


SAMPLES: Final[Mapping[str, Sample]] = {
    "alert_escalated": Sample(Audience.PROFESSIONAL, _ALERT, _ENDING),
    "alert_opened": Sample(Audience.PROFESSIONAL, _ALERT, _ENDING),
    "application_agreed": _job(Audience.PROFESSIONAL),
    "application_declined": _job(Audience.PROFESSIONAL),
    "application_employer_late": _job(Audience.EMPLOYER),
    "application_for_person": _job(Audience.PROFESSIONAL),
    "application_hired": _job(Audience.PERSON),
    "application_hired_for": _job(Audience.PROFESSIONAL),
    "application_interview": _job(Audience.PERSON),
    "application_interview_for": _job(Audience.PROFESSIONAL),
    "application_no_answer": _job(Audience.PROFESSIONAL),
    "application_note": _job(Audience.PERSON),
    "application_obsolete": _job(Audience.PERSON),
    "application_postponed": _job(Audience.PERSON),
    "application_proposal_late": _job(Audience.PERSON),
    "application_proposed": _job(Audience.PERSON),
    "application_received": _job(Audience.EMPLOYER),
    "application_refused": _job(Audience.PERSON),
    "application_refused_for": _job(Audience.PROFESSIONAL),
    "application_sent": _job(Audience.PERSON),
    "application_silence": _job(Audience.PROFESSIONAL),
    "application_taken": _job(Audience.PERSON),
    "application_taken_for": _job(Audience.PROFESSIONAL),
    "application_withdrawn": _job(Audience.EMPLOYER),
    "application_withdrawn_for": _job(Audience.PROFESSIONAL),
    "approval_ends": Sample(Audience.PROFESSIONAL, _FOLLOW_UP, _ENDING),
    "candidate_welcome": Sample(
        Audience.PERSON,
        "/mon-profil",
        {"by_name": "Claire Morel", "organisation": "MDS de Massy", "phone_of_help": _PHONE},
    ),
    "check_ends": Sample(Audience.PROFESSIONAL, "/clauses/eligibilites", _ENDING),
    "daily_digest": Sample(Audience.PROFESSIONAL, "/mon-compte/messages", _GATHERED),
    "event_booked": _seat(),
    "event_booking_cancelled": _seat(""),
    "event_cancelled": Sample(Audience.PERSON, "", {**_SEAT, "reason": "La salle est fermée pour des travaux."}),
    "event_changed": Sample(
        Audience.PERSON,
        "/mon-inscription/ACDE-FGHJ",
        {**_SEAT, "before": "mardi 10 novembre, de 9\u00a0h à 12\u00a0h"},
    ),
    "event_invitation": _seat(),
    "event_plan_ready": Sample(Audience.PERSON, "/mon-inscription/ACDE-FGHJ", {**_SEAT, "count": 9, "again": False}),
    "event_promoted": _seat(),
    "event_reminder": _seat(),
    "event_waiting": _seat(),
    "event_task_due": Sample(
        Audience.PROFESSIONAL,
        "/actions/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e",
        {
            "title": "Organiser une visite avec Propreté Services", "event": "Rencontres de Massy",
            "when": "lundi 16 novembre", "late": False,
        },
    ),
    "follow_up_assigned": Sample(Audience.PROFESSIONAL, _FOLLOW_UP, _ENDING),
    "follow_up_cover": Sample(
        Audience.PROFESSIONAL,
        "/suivis/equipe",
        {"absent": "Karim Benali", "ended": False, "first_day": _DAY, "last_day": date(2026, 11, 27)},
    ),
    "follow_up_referent": Sample(
        Audience.PERSON, "", {"who": "Claire Morel", "place": "MDS de Massy", "phone": _PHONE}
    ),
    "follow_up_to_close": Sample(Audience.PROFESSIONAL, f"{_FOLLOW_UP}/cloture", {**_ENDING, "ends_on": _DAY}),
    "hours_note": Sample(
        Audience.EMPLOYER,
        "",
        {"subject": "Vos heures de novembre", "body": "Bonjour,\n\nMerci d’envoyer les heures de novembre."},
    ),
    "hours_reminder": Sample(
        Audience.EMPLOYER,
        "/clauses/heures",
        {
            "title": "de novembre 2026", "subject": "à envoyer avant le 5 décembre", "tone": "before",
            "returned": False, "held": _HELD, "due": date(2026, 12, 5),
        },
    ),
    "invitation": Sample(
        Audience.ANYBODY, "/invitation/7Q2m9xT4", {"inviter": "Claire Morel", "name": "MDS de Massy"}
    ),
    "job_ends_employer": Sample(Audience.EMPLOYER, "/salaries-suivis", _ENDING),
    "job_ends_referent": Sample(Audience.PROFESSIONAL, _FOLLOW_UP, _ENDING),
    "join_accepted": Sample(Audience.ANYBODY, "/connexion", {"name": _HOUSE}),
    "join_asked": Sample(Audience.ANYBODY, "", {"name": _HOUSE}),
    "join_declined": Sample(Audience.ANYBODY, "", {"name": _HOUSE}),
    "join_request": Sample(
        Audience.ANYBODY,
        "/organisations/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e",
        {"name": _HOUSE, "person": "Karim Benali", "email": "karim.benali@exemple.fr"},
    ),
    "join_with_account": Sample(Audience.ANYBODY, "/connexion", {"name": _HOUSE}),
    "member_removed": Sample(Audience.ANYBODY, "", {"name": _HOUSE}),
    "offer_expired": Sample(
        Audience.EMPLOYER, "/mes-offres", {"title": "Agent de propreté", "reason": "Sa date de fin est passée"}
    ),
    "offer_stale": Sample(Audience.EMPLOYER, "/mes-offres", {"title": "Agent de propreté", "closes_on": _DAY}),
    "openings_again": Sample(Audience.PERSON, "/offres-pour-moi", {"who": "Claire Morel", "phone": _PHONE}),
    "organisation_approved": Sample(Audience.ANYBODY, "/connexion", {"name": _HOUSE}),
    "organisation_closed": Sample(Audience.ANYBODY, "", {"name": _HOUSE}),
    "organisation_refused": Sample(
        Audience.ANYBODY, "", {"name": _HOUSE, "text": "Le SIRET ne correspond pas au nom de l’entreprise."}
    ),
    "password_changed": Sample(Audience.ANYBODY),
    "password_reset": Sample(Audience.ANYBODY, "/mot-de-passe/7Q2m9xT4vB8s"),
    "placement_accepted": _stage(Audience.PERSON, is_person=True),
    "placement_accepted_for": _stage(Audience.PROFESSIONAL),
    "placement_asked": _stage(Audience.EMPLOYER),
    "placement_asked_for": _stage(Audience.PROFESSIONAL),
    "placement_assessment_due": _stage(Audience.PERSON, is_person=True),
    "placement_cancelled": _stage(Audience.PERSON, is_person=True),
    "placement_changed": _stage(Audience.PERSON, is_person=True),
    "placement_convention_due": _stage(Audience.PROFESSIONAL),
    "placement_declined": _stage(Audience.PERSON, is_person=True),
    "placement_declined_for": _stage(Audience.PROFESSIONAL),
    "placement_incident": _stage(Audience.PROFESSIONAL),
    "placement_not_validated": _stage(Audience.PROFESSIONAL),
    "placement_prepared": _stage(Audience.PERSON, is_person=True),
    "placement_proposed": _stage(Audience.PERSON, is_person=True),
    "placement_stopped": _stage(Audience.PERSON, is_person=True),
    "placement_to_correct": _stage(Audience.PERSON, is_person=True),
    "placement_validated": _stage(Audience.PERSON, is_person=True),
    "saved_search": Sample(
        Audience.PERSON,
        "/offres?q=nettoyage",
        {
            "count": 3, "name": "nettoyage, Massy, 10 km",
            "told": Some(named=("Agent de propreté à Massy", "Aide ménagère à Palaiseau"), more=1),
        },
    ),
    "sign_in_code": Sample(Audience.PERSON, "", {"code": "123456"}),
    "staffing_answered": Sample(
        Audience.PROFESSIONAL,
        "/clauses/besoins",
        {
            "structure": "Élan Chantier", "job": "Manœuvre", "place": "Évry-Courcouronnes",
            "answer": Some(posts=2, available_from=_DAY, words="Deux personnes formées, disponibles tout de suite."),
            "need": Some(posts=3, start_before=date(2026, 12, 1)),
        },
    ),
    "tripartite_agreed": _of_three(),
    "tripartite_cancelled": _of_three(),
    "tripartite_proposed": _of_three(),
    "tripartite_reminder": _of_three(),
    "tutor_questions": Sample(
        Audience.TUTOR,
        "/tuteur/7Q2m9xT4vB8sKd3LzR6wYc1N",
        {
            "person": "Aminata D.", "tutor": "Sandrine Leroy", "asker": "Claire Morel", "phone": _PHONE,
            "until": date(2026, 11, 19),
        },
    ),
    "visit_due_person": Sample(Audience.PERSON, "", _VISIT),
    "visit_due_referent": Sample(Audience.PROFESSIONAL, _FOLLOW_UP, _VISIT),
    "visit_due_tutor": Sample(Audience.TUTOR, "", _VISIT),
    "visit_late": Sample(Audience.PROFESSIONAL, _FOLLOW_UP, _VISIT),
    "visit_moved_person": Sample(Audience.PERSON, "", _VISIT),
    "visit_moved_tutor": Sample(Audience.TUTOR, "", _VISIT),
}  # fmt: skip
