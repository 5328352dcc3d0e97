"""Of what does the portal remind people by itself, whom, and how many days before or after? One row each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.messages.rules.sending import ReminderKind


@dataclass(frozen=True, slots=True)
class Reminder:
    """One row of the table: ``days`` as declared; ``when`` and ``to`` are French, for the page of settings.

    ``when`` has a place for the days. A row that is not ``editable`` takes its days
    from elsewhere (``when`` says where).
    """

    days: int
    when: str
    to: str
    editable: bool = True


REMINDERS: Final[Mapping[ReminderKind, Reminder]] = {
    ReminderKind.PROPOSAL_UNANSWERED: Reminder(
        7,
        "{days} après la proposition, puis le lendemain",
        "La personne, puis qui l’a proposée",
    ),
    ReminderKind.APPLICATION_UNANSWERED: Reminder(
        15,
        "{days} après l’envoi, puis le lendemain",
        "L’employeur, puis qui l’a envoyée",
    ),
    ReminderKind.HOURS_NOT_REPORTED: Reminder(
        5,
        "Selon les règles de chaque marché, à relire avant l’envoi",
        "L’entreprise, par la facilitatrice",
        editable=False,
    ),
    ReminderKind.VISIT_DUE: Reminder(
        2,
        "{days} avant le rendez-vous",
        "La personne, le tuteur ou la tutrice, et qui la suit",
    ),
    ReminderKind.VISIT_LATE: Reminder(
        3,
        "{days} après la date prévue",
        "Qui suit la personne, ou qui remplace",
    ),
    ReminderKind.JOB_ENDS: Reminder(
        30,
        "{days} avant la fin du contrat de travail",
        "Qui suit la personne, et l’employeur",
    ),
    ReminderKind.ELIGIBILITY_ENDS: Reminder(
        30,
        "{days} avant la fin d’une éligibilité, pour qui travaille",
        "La facilitatrice du marché",
    ),
    ReminderKind.APPROVAL_ENDS: Reminder(
        90,
        "{days} avant la fin d’un agrément (parcours IAE)",
        "Qui suit la personne, et son PLIE",
    ),
    ReminderKind.OFFER_STALE: Reminder(
        30,
        "{days} après la dernière confirmation de l’offre",
        "L’employeur",
    ),
    ReminderKind.SAVED_SEARCH: Reminder(
        1,
        "Chaque matin, s’il y a de nouvelles offres",
        "La personne qui a gardé la recherche",
        editable=False,
    ),
    ReminderKind.EVENT_SOON: Reminder(
        7,
        "{days} avant l’événement ou la réunion, puis la veille",
        "Qui a une place",
    ),
    ReminderKind.EVENT_TASK: Reminder(
        3,
        "{days} avant la date d’une action promise à une rencontre, puis quand elle est en retard",
        "Qui doit la mener",
    ),
    ReminderKind.PLACEMENT_CONVENTION: Reminder(
        5,
        "{days} avant le premier jour d’un stage dont la convention n’est pas validée",
        "Qui prescrit le stage",
    ),
    ReminderKind.PLACEMENT_ASSESSMENT: Reminder(
        2,
        "{days} après la fin d’un stage sans bilan",
        "La personne, et qui l’accueille",
    ),
    ReminderKind.TRIPARTITE_SOON: Reminder(
        1,
        "{days} ouvré avant l’entretien à trois",
        "Les trois participants",
        editable=False,
    ),
}
