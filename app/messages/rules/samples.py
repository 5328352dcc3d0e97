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


class Reader(StrEnum):
    """To whom a text is written. A text for people and tutors fits in two SMS."""

    PERSON = "person"
    TUTOR = "tutor"
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"
    ANYBODY = "anybody"


BY_PHONE: Final = frozenset({Reader.PERSON, Reader.TUTOR})
NAMES: Final[Mapping[Reader, str]] = {
    Reader.PERSON: "Aminata",
    Reader.TUTOR: "Sandrine Leroy",
    Reader.EMPLOYER: "Marc Lemoine",
    Reader.PROFESSIONAL: "Claire Morel",
    Reader.ANYBODY: "Claire Morel",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind with what its act gives it. ``path`` is the page that its ``url`` leads to."""

    to: Reader
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
_HOUSE: Final = "Propreté Services"
_OFFER: Final = Some(title="Agent de propreté", commune=Some(name="Massy"), number=1042)
_PERSON: Final = Some(first_name="Aminata", full_name="Aminata Diallo", short_name="Aminata D.")
_ABOUT_JOB: Final = {
    "offer": _OFFER,
    "hire": Some(start_on=date(2026, 12, 1)),
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


def _job(to: Reader) -> Sample:
    return Sample(to, _APPLICATION, _ABOUT_JOB)


SAMPLES: Final[Mapping[str, Sample]] = {
    "application_agreed": _job(Reader.PROFESSIONAL),
    "application_declined": _job(Reader.PROFESSIONAL),
    "application_employer_late": _job(Reader.EMPLOYER),
    "application_for_person": _job(Reader.PROFESSIONAL),
    "application_hired": _job(Reader.PERSON),
    "application_hired_for": _job(Reader.PROFESSIONAL),
    "application_interview": _job(Reader.PERSON),
    "application_interview_for": _job(Reader.PROFESSIONAL),
    "application_no_answer": _job(Reader.PROFESSIONAL),
    "application_note": _job(Reader.PERSON),
    "application_obsolete": _job(Reader.PERSON),
    "application_postponed": _job(Reader.PERSON),
    "application_proposal_late": _job(Reader.PERSON),
    "application_proposed": _job(Reader.PERSON),
    "application_received": _job(Reader.EMPLOYER),
    "application_refused": _job(Reader.PERSON),
    "application_refused_for": _job(Reader.PROFESSIONAL),
    "application_sent": _job(Reader.PERSON),
    "application_silence": _job(Reader.PROFESSIONAL),
    "application_withdrawn": _job(Reader.EMPLOYER),
    "application_withdrawn_for": _job(Reader.PROFESSIONAL),
    "candidate_welcome": Sample(
        Reader.PERSON,
        "/mon-profil",
        {"by_name": "Claire Morel", "organisation": "MDS de Massy", "phone_of_help": _PHONE},
    ),
    "hours_note": Sample(
        Reader.EMPLOYER,
        "",
        {"subject": "Vos heures de novembre", "body": "Bonjour,\n\nMerci d’envoyer les heures de novembre."},
    ),
    "hours_reminder": Sample(
        Reader.EMPLOYER,
        "/clauses/heures",
        {
            "title": "de novembre 2026", "subject": "à envoyer avant le 5 décembre", "tone": "before",
            "returned": False, "held": _HELD, "due": date(2026, 12, 5),
        },
    ),
    "invitation": Sample(
        Reader.ANYBODY, "/invitation/7Q2m9xT4", {"inviter": "Claire Morel", "name": "MDS de Massy"}
    ),
    "job_ends_employer": Sample(Reader.EMPLOYER, "/salaries-suivis", _ENDING),
    "job_ends_referent": Sample(Reader.PROFESSIONAL, _FOLLOW_UP, _ENDING),
    "join_accepted": Sample(Reader.ANYBODY, "/connexion", {"name": _HOUSE}),
    "join_asked": Sample(Reader.ANYBODY, "", {"name": _HOUSE}),
    "join_declined": Sample(Reader.ANYBODY, "", {"name": _HOUSE}),
    "join_request": Sample(
        Reader.ANYBODY,
        "/organisations/5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e",
        {"name": _HOUSE, "person": "Karim Benali", "email": "karim.benali@exemple.fr"},
    ),
    "join_with_account": Sample(Reader.ANYBODY, "/connexion", {"name": _HOUSE}),
    "member_removed": Sample(Reader.ANYBODY, "", {"name": _HOUSE}),
    "offer_expired": Sample(
        Reader.EMPLOYER, "/mes-offres", {"title": "Agent de propreté", "reason": "Sa date de fin est passée"}
    ),
    "offer_stale": Sample(Reader.EMPLOYER, "/mes-offres", {"title": "Agent de propreté", "closes_on": _DAY}),
    "organisation_approved": Sample(Reader.ANYBODY, "/connexion", {"name": _HOUSE}),
    "organisation_closed": Sample(Reader.ANYBODY, "", {"name": _HOUSE}),
    "organisation_refused": Sample(
        Reader.ANYBODY, "", {"name": _HOUSE, "text": "Le SIRET ne correspond pas au nom de l’entreprise."}
    ),
    "password_changed": Sample(Reader.ANYBODY),
    "password_reset": Sample(Reader.ANYBODY, "/mot-de-passe/7Q2m9xT4vB8s"),
    "saved_search": Sample(
        Reader.PERSON,
        "/offres?q=nettoyage",
        {
            "count": 3, "name": "nettoyage, Massy, 10 km",
            "told": Some(named=("Agent de propreté à Massy", "Aide ménagère à Palaiseau"), more=1),
        },
    ),
    "sign_in_code": Sample(Reader.PERSON, "", {"code": "123456"}),
    "staffing_answered": Sample(
        Reader.PROFESSIONAL,
        "/clauses/besoins",
        {
            "structure": "Élan Chantier", "job": "Manœuvre", "place": "Évry-Courcouronnes",
            "answer": Some(posts=2, available_from=_DAY, words="Deux personnes formées, disponibles tout de suite."),
            "need": Some(posts=3, start_before=date(2026, 12, 1)),
        },
    ),
    "tutor_questions": Sample(
        Reader.TUTOR,
        "/tuteur/7Q2m9xT4vB8sKd3LzR6wYc1N",
        {
            "person": "Aminata D.", "tutor": "Sandrine Leroy", "asker": "Claire Morel", "phone": _PHONE,
            "until": date(2026, 11, 19),
        },
    ),
    "visit_due_person": Sample(Reader.PERSON, "", _VISIT),
    "visit_due_referent": Sample(Reader.PROFESSIONAL, _FOLLOW_UP, _VISIT),
    "visit_due_tutor": Sample(Reader.TUTOR, "", _VISIT),
    "visit_late": Sample(Reader.PROFESSIONAL, _FOLLOW_UP, _VISIT),
    "visit_moved_person": Sample(Reader.PERSON, "", _VISIT),
    "visit_moved_tutor": Sample(Reader.TUTOR, "", _VISIT),
}  # fmt: skip
