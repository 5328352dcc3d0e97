"""The French words of applications: for professionals, for the person, and the texts of refusals."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from app.applications.rules import (
    ApplicationAction,
    ApplicationRefusal,
    ApplicationState,
    Origin,
    ProposalResult,
    RefusalReason,
    days_late,
)
from app.core.french import plural
from app.core.quantities import format_day

_S = ApplicationState
SOON_DAYS: Final = 3
STATES: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "Proposée à la personne",
    _S.AGREED: "A dit oui, à envoyer",
    _S.SENT: "Envoyée",
    _S.IN_REVIEW: "En cours d’examen",
    _S.POSTPONED: "En attente",
    _S.INTERVIEW: "Entretien",
    _S.HIRED: "Embauchée",
    _S.PLACED: "Accueillie en stage",
    _S.REFUSED: "Refusée",
    _S.DECLINED: "A dit non",
    _S.WITHDRAWN: "Retirée",
    _S.OBSOLETE: "Sans objet",
}
STATE_LOOKS: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "info",
    _S.AGREED: "warn",
    _S.SENT: "info",
    _S.IN_REVIEW: "info",
    _S.POSTPONED: "warn",
    _S.INTERVIEW: "brand",
    _S.HIRED: "ok",
    _S.PLACED: "ok",
    _S.REFUSED: "bad",
    _S.DECLINED: "",
    _S.WITHDRAWN: "",
    _S.OBSOLETE: "",
}
PERSON_STATES: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "À vous de répondre",
    _S.AGREED: "Vous avez dit oui",
    _S.SENT: "Envoyée à l’entreprise",
    _S.IN_REVIEW: "L’entreprise regarde votre demande",
    _S.POSTPONED: "L’entreprise répondra plus tard",
    _S.INTERVIEW: "Vous avez un rendez-vous",
    _S.HIRED: "Vous avez le travail\u00a0!",
    _S.PLACED: "Vous avez le stage\u00a0!",
    _S.REFUSED: "L’entreprise a dit non",
    _S.DECLINED: "Vous avez dit non",
    _S.WITHDRAWN: "Vous avez retiré votre demande",
    _S.OBSOLETE: "L’offre n’est plus ouverte pour vous",
}
ACTIONS: Mapping[ApplicationAction, str] = {
    ApplicationAction.AGREE: "Dire oui",
    ApplicationAction.DECLINE: "Dire non",
    ApplicationAction.SEND: "Envoyer à l’employeur",
    ApplicationAction.REVIEW: "Prendre en examen",
    ApplicationAction.POSTPONE: "Mettre en attente",
    ApplicationAction.INVITE: "Proposer un entretien",
    ApplicationAction.HIRE: "Embaucher",
    ApplicationAction.TAKE: "Accueillir en stage",
    ApplicationAction.REFUSE: "Refuser",
    ApplicationAction.WITHDRAW: "Retirer la candidature",
    ApplicationAction.OBSOLETE: "Rendre sans objet",
}
ORIGINS: Mapping[Origin, str] = {Origin.DIRECT: "Candidature directe", Origin.PROPOSAL: "Proposition"}
REASONS: Mapping[RefusalReason, str] = {
    RefusalReason.UNREACHABLE: "Injoignable",
    RefusalReason.ABSENT: "Absente à l’entretien",
    RefusalReason.HIRED_ELSEWHERE: "Embauchée ailleurs",
    RefusalReason.IN_TRAINING: "En formation",
    RefusalReason.NOT_ELIGIBLE: "Ne remplit pas les conditions du poste",
    RefusalReason.NOT_MOBILE: "Trajet trop difficile",
    RefusalReason.NOT_INTERESTED: "Pas intéressée par le poste",
    RefusalReason.LACKS_SKILLS: "Il manque des compétences",
    RefusalReason.BARRIER: "Une difficulté empêche de tenir le poste",
    RefusalReason.OBJECTIVES: "Empêcherait la structure de tenir ses objectifs",
    RefusalReason.NO_POSITION: "Plus de poste libre",
    RefusalReason.DUPLICATE: "Candidature en double",
    RefusalReason.OTHER: "Autre raison",
}
REFUSAL_TEXTS: Mapping[RefusalReason, str] = {
    RefusalReason.UNREACHABLE: "Nous avons essayé de vous joindre, sans réussir. Vous pouvez nous écrire à nouveau.",
    RefusalReason.ABSENT: "Nous ne vous avons pas vu au rendez-vous. Nous continuons avec une autre personne.",
    RefusalReason.HIRED_ELSEWHERE: "Vous avez trouvé un autre travail. Bravo, et bonne continuation.",
    RefusalReason.IN_TRAINING: "Vous êtes en formation en ce moment. Revenez vers nous quand elle sera finie.",
    RefusalReason.NOT_ELIGIBLE: "Ce poste demande des conditions que vous ne remplissez pas pour l’instant.",
    RefusalReason.NOT_MOBILE: "Le trajet jusqu’à ce poste est trop difficile. D’autres offres sont plus près de vous.",
    RefusalReason.NOT_INTERESTED: "Ce poste ne correspond pas à ce que vous cherchez. Merci de nous l’avoir dit.",
    RefusalReason.LACKS_SKILLS: "Il manque une expérience ou une formation. Parlez-en à votre conseiller.",
    RefusalReason.BARRIER: "Ce poste n’est pas possible pour vous en ce moment. Votre conseiller peut vous aider.",
    RefusalReason.OBJECTIVES: "Nous ne pouvons pas vous accueillir cette fois. Votre demande n’est pas en cause.",
    RefusalReason.NO_POSITION: "Toutes les places sont prises. Merci d’avoir répondu à notre offre.",
    RefusalReason.DUPLICATE: "Nous avons déjà votre demande. Nous continuons avec la première.",
    RefusalReason.OTHER: "Nous n’avons pas retenu votre demande cette fois. Merci de l’intérêt que vous nous portez.",
}
"""What the person reads; the employer may change the words."""
RESULTS: Mapping[ProposalResult, str] = {
    ProposalResult.PROPOSED: "L’offre est proposée à {names}.",
    ProposalResult.ALREADY: "{names}\u00a0: une candidature est déjà en cours pour cette offre.",
    ProposalResult.DECLINED_BEFORE: "{names}\u00a0: déjà dit non à cette offre. Rien n’est parti.",
    ProposalResult.REFUSED_BEFORE: "{names}\u00a0: l’employeur a déjà répondu non pour cette offre. Rien n’est parti.",
    ProposalResult.NOT_READY: "{names}\u00a0: le dossier n’est plus prêt, ou l’accord est retiré. Rien n’est parti.",
    ProposalResult.NOT_SEEN: "Une personne n’est plus dans votre liste. Rien n’est parti pour elle.",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    ApplicationRefusal.OFFER_NOT_OPEN: "Cette offre n’est plus ouverte.",
    ApplicationRefusal.NO_POST_LEFT: "Tous les postes de cette offre sont pris.",
    ApplicationRefusal.ALREADY_APPLIED: "Une candidature est déjà en cours pour cette offre.",
    ApplicationRefusal.NO_MANDATE: "Il faut un mandat de la personne, en cours aujourd’hui, pour agir à sa place.",
    ApplicationRefusal.START_TOO_OLD: "Ce début est trop ancien\u00a0: 60\u00a0jours en arrière au plus.",
    ApplicationRefusal.START_BEFORE_OFFER: "Ce début est avant la publication de l’offre. Vérifiez la date.",
    ApplicationRefusal.END_BEFORE_START: "La fin est avant le début. Vérifiez les deux dates.",
    ApplicationRefusal.CDI_WITH_END: "Un CDI n’a pas de date de fin. Effacez-la ou changez de contrat.",
    ApplicationRefusal.HOURS_ABOVE_LEGAL: "C’est trop\u00a0: le maximum légal est de 48\u00a0h par semaine.",
    ApplicationRefusal.INTERVIEW_PAST: "Ce rendez-vous est déjà passé. Choisissez un jour à venir.",
    ApplicationRefusal.NOT_SENT_YET: "Les messages commencent quand la candidature est envoyée.",
    ApplicationRefusal.CONVERSATION_OVER: "Cette candidature est terminée\u00a0: les messages sont fermés.",
    ApplicationRefusal.NOT_A_JOB: "Cette offre est un stage\u00a0: on n’y embauche pas. Choisissez "
    "«\u00a0Accueillir en stage\u00a0».",
    ApplicationRefusal.NOT_A_PLACEMENT: "Cette offre est un emploi, pas un stage. Choisissez «\u00a0Embaucher\u00a0».",
    ApplicationRefusal.TAKE_START_PAST: "Cette date est passée. Un stage ne commence jamais avant sa convention.",
    ApplicationRefusal.TAKE_ABOVE_A_MONTH: "C’est trop long\u00a0: un stage dure un mois au plus, de date à date. "
    "Exemple\u00a0: du 2\u00a0mars au 1er\u00a0avril.",
}
DONE: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "Proposée",
    _S.AGREED: "A dit oui",
    _S.SENT: "Envoyée à l’employeur",
    _S.IN_REVIEW: "Prise en examen",
    _S.POSTPONED: "Mise en attente",
    _S.INTERVIEW: "Entretien proposé",
    _S.HIRED: "Embauchée",
    _S.PLACED: "Accueillie en stage",
    _S.REFUSED: "Refusée par l’employeur",
    _S.DECLINED: "A dit non",
    _S.WITHDRAWN: "Candidature retirée",
    _S.OBSOLETE: "Sans objet",
}
"""What the timeline says of each step to professionals."""
DONE_FOR_PERSON: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "Une offre pour vous",
    _S.AGREED: "Vous avez dit oui",
    _S.SENT: "Votre demande est partie",
    _S.IN_REVIEW: "L’entreprise regarde votre demande",
    _S.POSTPONED: "L’entreprise répondra plus tard",
    _S.INTERVIEW: "L’entreprise veut vous voir",
    _S.HIRED: "Vous avez le travail",
    _S.PLACED: "Vous avez le stage",
    _S.REFUSED: "L’entreprise a dit non",
    _S.DECLINED: "Vous avez dit non",
    _S.WITHDRAWN: "Vous avez retiré votre demande",
    _S.OBSOLETE: "L’offre n’est plus ouverte pour vous",
}
NEXT_FOR_PERSON: Mapping[ApplicationState, str] = {
    _S.PROPOSED: "Dites oui ou non. Dire non ne change rien pour vous.",
    _S.AGREED: "Votre demande part bientôt. Elle part toute seule dans 2\u00a0jours au plus.",
    _S.SENT: "L’entreprise a 15\u00a0jours pour répondre. Vous recevrez un message.",
    _S.IN_REVIEW: "Vous recevrez un message avec sa réponse.",
    _S.POSTPONED: "Votre demande est gardée. Vous recevrez un message.",
    _S.INTERVIEW: "Vous ne pouvez pas venir\u00a0? Écrivez à l’entreprise, ou appelez-nous.",
    _S.PLACED: "Bravo\u00a0! La convention doit être signée avant le premier jour.",
    _S.HIRED: "Bravo\u00a0! Une question avant de commencer\u00a0? Appelez-nous.",
    _S.REFUSED: "D’autres offres vous attendent.",
    _S.DECLINED: "C’est noté. D’autres offres vous attendent.",
    _S.WITHDRAWN: "C’est noté. D’autres offres vous attendent.",
    _S.OBSOLETE: "Vous n’y êtes pour rien. D’autres offres vous attendent.",
}
"""What happens next, in the words of the person's page."""
SAID: Mapping[ApplicationAction, str] = {
    ApplicationAction.AGREE: "C’est noté\u00a0: la réponse est oui.",
    ApplicationAction.DECLINE: "C’est noté\u00a0: la réponse est non. Cela ne change rien pour la suite.",
    ApplicationAction.SEND: "La candidature est chez l’employeur.",
    ApplicationAction.REVIEW: "La candidature est en cours d’examen.",
    ApplicationAction.POSTPONE: "La candidature est en attente. La personne est prévenue.",
    ApplicationAction.INVITE: "L’entretien est proposé. La personne est prévenue.",
    ApplicationAction.HIRE: "L’embauche est enregistrée. La personne est prévenue.",
    ApplicationAction.TAKE: "Le stage est noté. La personne est prévenue. Il reste la convention à signer.",
    ApplicationAction.REFUSE: "La réponse est partie. La personne est prévenue.",
    ApplicationAction.WITHDRAW: "La candidature est retirée.",
    ApplicationAction.OBSOLETE: "La candidature est sans objet.",
}
"""What the page says once it is done."""


def deadline_words(due_on: date | None, today: date) -> tuple[str, str]:
    """(words, look) of a deadline: « dépassé de 2 jours », « dans 3 jours », « avant le 20 novembre »."""
    if due_on is None:
        return "", ""
    late = days_late(due_on, today)
    if late > 0:
        return f"dépassé de {plural(late, 'jour')}", "bad"
    if late == 0:
        return "aujourd’hui", "warn"
    if late == -1:
        return "demain", "warn"
    if -late <= SOON_DAYS:
        return f"dans {plural(-late, 'jour')}", "warn"
    return f"avant le {format_day(due_on).rsplit(' ', 1)[0]}", ""
