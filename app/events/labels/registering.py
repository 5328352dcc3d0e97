"""Why somebody is not registered or an attendance not noted, and what is said before and after, in French."""

from collections.abc import Mapping
from enum import Enum

from app.core.french import plural
from app.events.rules.attendance import AttendanceRefusal, Presence
from app.events.rules.registering import Answer, RegisterRefusal, Way
from app.events.rules.states import BookingState

REFUSAL_WORDS: Mapping[Enum, str] = {
    RegisterRefusal.SIAE_SIDE: "Ce côté est réservé aux structures d’insertion. Inscrivez-vous côté entreprises.",
    RegisterRefusal.FIRM_SIDE: "Ce côté est réservé aux entreprises. Inscrivez-vous côté structures d’insertion.",
    RegisterRefusal.EMPLOYERS_ONLY: "Ce côté est réservé aux employeurs.",
    RegisterRefusal.INVITED_ONLY: "Cet événement est sur invitation. Appelez la personne qui organise.",
    RegisterRefusal.SIRET_WRONG: "Ce SIRET n’existe pas\u00a0: vérifiez les 14\u00a0chiffres.",
    RegisterRefusal.NO_CONTACT: "Donnez un téléphone ou une adresse e-mail\u00a0: nous y envoyons le code.",
    RegisterRefusal.NO_NAME: "Écrivez le nom.",
    RegisterRefusal.NOBODY_CHOSEN: "Cochez au moins une personne.",
    RegisterRefusal.TOO_MANY_CHOSEN: "C’est trop à la fois\u00a0: 200\u00a0personnes au plus.",
    RegisterRefusal.FILE_CLOSED: "La fiche de cette personne est fermée.",
    RegisterRefusal.TAKEN_OUT: "Cette inscription a été annulée. Pour revenir, appelez la personne qui organise.",
    RegisterRefusal.NO_LONGER_SHOWN: "L’inscription ne se reprend pas ici. Appelez la personne qui organise.",
    AttendanceRefusal.TOO_EARLY: "Les présences se notent le jour même.",
    AttendanceRefusal.NOT_BEGUN: "Une absence se note une fois le créneau commencé.",
    AttendanceRefusal.NO_SIGNATURE_NAME: "Écrivez votre nom pour signer.",
    AttendanceRefusal.NOT_SEEN: "Notez d’abord la présence de cette personne.",
    AttendanceRefusal.NOT_PUBLISHED: "Publiez l’événement avant de noter des présences.",
    AttendanceRefusal.CLOSED: "L’événement est terminé\u00a0: rouvrez-le pour corriger des présences.",
    AttendanceRefusal.CANCELLED: "L’événement est annulé\u00a0: aucune présence ne s’y note.",
}
ANSWERS: Mapping[Answer, str] = {Answer.COMING: "Je viens", Answer.NOT_COMING: "Je ne peux pas venir"}
WAYS: Mapping[Way, str] = {
    Way.PERSON: "Pour moi",
    Way.ORGANISATION: "Pour mon organisation",
    Way.PROFESSIONAL: "Pour moi",
    Way.VISITOR: "Pour moi",
    Way.FIRM: "Pour une entreprise",
}
NO_LONGER = "Je ne peux plus venir"
"""What « NOT_COMING » is called by who had said yes."""
STATES_SAID: Mapping[BookingState, str] = {
    BookingState.INVITED: "Invitation à répondre",
    BookingState.BOOKED: "Place réservée",
    BookingState.WAITING: "Liste d’attente",
    BookingState.CANCELLED: "Annulée",
    BookingState.SEEN: "Présence notée",
    BookingState.EXCUSED: "Excuse notée",
    BookingState.ABSENT: "Absence notée",
}
"""What a participant reads of their own booking."""
PRESENCES: Mapping[Presence, str] = {
    Presence.SEEN: "Présence",
    Presence.EXCUSED: "Excuse",
    Presence.ABSENT: "Absence",
    Presence.UNDO: "Annuler ce choix",
}


def rank_words(rank: int) -> str:
    """« Vous êtes 3e sur la liste d’attente »: what follows « Vous êtes »."""
    return "en tête de la liste d’attente" if rank == 1 else f"{rank}e sur la liste d’attente"


def seats_words(left: int, waiting: int) -> str:
    """What is said of a slot before somebody registers."""
    if left > 0:
        return plural(left, "place libre")
    if waiting:
        return f"Complet\u00a0: {plural(waiting, 'inscription')} en attente"
    return "Complet\u00a0: liste d’attente"
