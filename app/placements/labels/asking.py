"""Why a stage is not asked, answered or taken back, and where it is, in French."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from app.core.quantities import format_date_short
from app.placements.rules.asking import AskRefusal
from app.placements.rules.kinds import CancelReason
from app.placements.rules.states import PlacementState

_R, _S = AskRefusal, PlacementState
REFUSAL_WORDS: Mapping[Enum, str] = {
    _R.NO_HOST: "Dites qui accueille\u00a0: le nom de l’entreprise.",
    _R.HOST_ON_PORTAL: "Cette entreprise est sur le portail : choisissez-la dans la liste, elle répondra elle-même.",
    _R.HOST_GONE: "Cette entreprise n’accueille plus par le portail.",
    _R.ALREADY_ASKED: "Ce stage est déjà demandé à cette entreprise, à ces dates.",
    _R.NOT_FREE: "La personne n’est pas libre à ces dates.",
    _R.NOT_AGREED: "Demandez d’abord à la personne\u00a0: sans son accord, rien ne part.",
    _R.HOST_ANSWERS: "Cette entreprise est sur le portail\u00a0: elle répond elle-même.",
    _R.NO_WORDS: "Dites pourquoi, en quelques mots.",
    _R.NOT_THEIR_REASON: "Choisissez une raison de la liste.",
}
OWN_REASONS: Mapping[CancelReason, str] = {
    CancelReason.PERSON: "Vous ne voulez plus faire ce stage.",
    CancelReason.HOST: "L’entreprise ne peut plus vous accueillir.",
    CancelReason.PRESCRIBER: "La personne qui vous accompagne a annulé ce stage. Appelez-la.",
    CancelReason.NOT_VALIDATED: "Les papiers n’étaient pas prêts à temps. Appelez la personne qui vous accompagne.",
    CancelReason.DUPLICATE: "Ce stage était écrit deux fois.",
    CancelReason.REMOVED: "Ce stage est annulé.",
}
STEPS: Final = ("Demande", "Réponse", "Convention", "Stage", "Bilan")
_AT: Final[Mapping[PlacementState, int]] = {
    _S.WISHED: 1,
    _S.ACCEPTED: 2,
    _S.PREPARED: 2,
    _S.DEPOSITED: 2,
    _S.VALIDATED: 3,
    _S.RUNNING: 3,
    _S.ENDED: 4,
    _S.STOPPED: 4,
    _S.CLOSED: 5,
}
NEXT: Final[Mapping[PlacementState, str]] = {
    _S.WISHED: "L’entreprise doit répondre. Vous recevrez un message.",
    _S.ACCEPTED: "On prépare la convention. C’est le papier du stage. Attendez avant de commencer.",
    _S.PREPARED: "La convention est prête. Vous allez la signer. Attendez avant de commencer.",
    _S.DEPOSITED: "La convention est partie à l’État. Attendez sa réponse avant de commencer.",
    _S.VALIDATED: "Tout est prêt. Vous pouvez commencer le premier jour.",
    _S.RUNNING: "Allez à votre stage aux heures prévues. Un souci\u00a0? Appelez.",
    _S.ENDED: "Dites ce que vous avez pensé du stage.",
    _S.STOPPED: "Dites ce que vous avez pensé du stage.",
    _S.CLOSED: "Ce stage est fini. Pour la suite, appelez.",
}
"""What the person does now, in short sentences."""


def steps_of(state: PlacementState, starts_on: date, ends_on: date) -> list[dict[str, str]]:
    """The line of the five steps; empty when it does not take place."""
    now = _AT.get(state)
    if now is None:
        return []
    notes = {3: f"du {format_date_short(starts_on)} au {format_date_short(ends_on)}"}
    looks = ("done" if rank < now else "now" if rank == now else "" for rank in range(len(STEPS)))
    return [
        {"title": title, "note": notes.get(rank, ""), "state": look}
        for rank, (title, look) in enumerate(zip(STEPS, looks, strict=True))
    ]


MOVED: Final[Mapping[tuple[str, str], str]] = {
    ("placement", "ask"): "Demandé",
    ("placement", "renew"): "Renouvellement demandé",
    ("placement", "take"): "Accueil accepté sur une offre",
    ("placement", "edit"): "Modifié",
    ("placement", "accept"): "Accepté",
    ("placement", "decline"): "Refusé",
    ("placement", "prepare"): "Convention prête",
    ("placement", "deposit"): "Convention déposée",
    ("placement", "validate"): "Convention validée",
    ("placement", "correct"): "Convention à corriger",
    ("placement", "cancel"): "Annulé",
    ("placement", "start"): "Commencé",
    ("placement", "stop"): "Arrêté",
    ("placement", "end"): "Terminé",
    ("placement", "close"): "Clos",
}
_SUBJECTS: Final[Mapping[str, str]] = {
    "signature": "Signature",
    "presence": "Présence",
    "incident": "Fait noté",
    "assessment": "Bilan",
    "next": "Suite",
    "tripartite": "Entretien à trois",
}


def line_title(subject: str, action: str) -> str:
    """What a line of the journal says."""
    return MOVED.get((subject, action)) or _SUBJECTS.get(subject, "Noté")
