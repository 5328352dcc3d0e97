"""What does the portal do by itself, and when? One table, a row a job; hours are those of Paris.

A row: the function takes the day and is safe to run twice; ``catch_up`` and ``back`` say what is made of runs missed
while the machine was off (app/jobs/rules/due.py); ``retries`` and ``limit`` have sound values of their own.
"""

from datetime import timedelta
from typing import Final

from app.accounts import jobs as accounts
from app.applications import jobs as applications
from app.candidates import jobs as candidates
from app.clauses import jobs as clauses
from app.events import jobs as events
from app.follow_up import jobs as follow_up
from app.jobs.rules.due import Job, Schedule
from app.jobs.rules.when import daily, every
from app.jobs.service.processes import forget_runs
from app.messages import jobs as messages
from app.offers import jobs as offers
from app.placements import jobs as placements
from app.search import jobs as search

_NIGHT: Final = timedelta(minutes=30)

SCHEDULE: Final[Schedule] = {
    # --- the night: order in the data ---------------------------------------------------------------------
    "accounts.forget_expired": Job(
        run=accounts.forget_expired,
        when=daily("02:30"),
        title="Effacer les codes et les sessions expirés",
        says="Efface les codes et les liens qui ne servent plus, et les sessions terminées depuis longtemps.",
    ),
    "jobs.forget_runs": Job(
        run=forget_runs,
        when=daily("02:45"),
        title="Effacer les anciens passages",
        says="Efface de la page « Traitements » les passages que plus personne ne lit.",
        counted="passage effacé",
    ),
    "messages.forget_sent": Job(
        run=messages.forget_sent,
        when=daily("02:50"),
        title="Effacer les mots des messages anciens",
        says="Vide le texte des messages partis depuis trois mois. La trace de l’envoi reste.",
        counted="message vidé",
    ),
    "events.forget_visitors": Job(
        run=events.forget_visitors,
        when=daily("02:55"),
        title="Oublier les visiteurs",
        says="Efface le nom et le téléphone des personnes sans compte, un an après l’événement.",
        counted="inscription",
    ),
    "search.compare": Job(
        run=search.compare_index,
        when=daily("03:00"),
        title="Vérifier l’index de recherche",
        says="Compare l’index de recherche aux données, et répare ce qui diffère.",
        limit=_NIGHT,
    ),
    "clauses.check_sums": Job(
        run=clauses.check_sums,
        when=daily("03:30"),
        title="Vérifier les sommes d’heures",
        says="Compare les totaux d’heures des lots aux déclarations. Aucun écart n’est attendu.",
        counted="lot en écart",
        limit=_NIGHT,
    ),
    "clauses.lock_settled": Job(
        run=clauses.lock_settled,
        when=daily("04:00"),
        title="Clore les mois d’heures validés",
        says="Ferme les mois dont toutes les heures sont validées depuis assez longtemps.",
        counted="mois clos",
    ),
    # --- the early morning: what the day changes ----------------------------------------------------------
    "offers.expire": Job(
        run=offers.expire_offers,
        when=daily("05:00"),
        title="Faire expirer les offres",
        says="Ferme les offres dont le dernier jour est passé, ou dont l’employeur ne répond plus.",
        counted="offre expirée",
    ),
    "applications.end_of_dead_offers": Job(
        run=applications.end_of_dead_offers,
        when=daily("05:15"),
        title="Répondre après une offre expirée",
        says="Répond aux personnes qui attendent encore une offre expirée depuis longtemps.",
        counted="réponse",
    ),
    "clauses.staffing": Job(
        run=clauses.staff,
        when=daily("05:30"),
        title="Demander des personnes pour les lots",
        says="Ouvre une demande quand un lot manque de personnes, et ferme celles qui sont couvertes.",
        counted="demande",
    ),
    "follow_up.plan_day": Job(
        run=follow_up.plan_day,
        when=daily("05:45"),
        title="Regarder les suivis du jour",
        says="Ouvre les alertes, prévient les responsables, et clôt les suivis que tout le monde a oubliés.",
        limit=_NIGHT,
    ),
    "events.close_past": Job(
        run=events.close_past,
        when=daily("05:50"),
        title="Clore les événements passés",
        says="Clôt un événement sept jours après sa fin si les présences sont notées, trente jours sinon.",
        counted="événement clos",
    ),
    "placements.turn": Job(
        run=placements.turn,
        when=daily("05:55"),
        title="Commencer et terminer les stages",
        says="Commence les stages validés, termine ceux qui sont finis, annule ceux qui n’étaient pas validés à temps.",
    ),
    # --- the morning: what people receive -----------------------------------------------------------------
    "applications.send_agreed": Job(
        run=applications.send_agreed,
        when=daily("06:30"),
        title="Envoyer les candidatures acceptées",
        says="Envoie à l’employeur les candidatures que la personne a acceptées depuis deux jours.",
        counted="candidature envoyée",
    ),
    "applications.remind": Job(
        run=applications.remind,
        when=daily("07:00"),
        title="Rappeler les réponses attendues",
        says="Rappelle les propositions et les candidatures sans réponse.",
        counted="rappel",
    ),
    "offers.ask_employers": Job(
        run=offers.ask_employers,
        when=daily("07:10"),
        title="Demander si les offres sont ouvertes",
        says="Demande aux employeurs si leurs offres anciennes sont encore ouvertes.",
        counted="offre",
    ),
    "offers.tell_saved_searches": Job(
        run=offers.tell_saved_searches,
        when=daily("07:20"),
        title="Annoncer les nouvelles offres",
        says="Écrit aux personnes dont une recherche gardée a de nouvelles offres.",
        counted="message",
    ),
    "clauses.tell_ending_checks": Job(
        run=clauses.tell_ending_checks,
        when=daily("07:25"),
        title="Rappeler les justificatifs à renouveler",
        says="Prévient la facilitatrice quand le justificatif d’une personne au travail arrive à sa fin.",
        counted="message",
    ),
    "candidates.tell_ending_approvals": Job(
        run=candidates.tell_ending_approvals,
        when=daily("07:27"),
        title="Rappeler les agréments qui finissent",
        says="Prévient le référent et le PLIE quand l’agrément d’une personne arrive à sa fin.",
        counted="message",
    ),
    "follow_up.remind": Job(
        run=follow_up.remind,
        when=daily("07:40"),
        title="Rappeler les visites",
        says="Rappelle les visites à venir, celles en retard, et les contrats de travail qui finissent.",
    ),
    "events.remind": Job(
        run=events.remind,
        when=daily("07:45"),
        title="Rappeler les événements",
        says="Rappelle leur inscription aux personnes qui ont une place, quelques jours avant et la veille.",
        counted="message",
    ),
    "events.remind_tasks": Job(
        run=events.remind_tasks,
        when=daily("07:50"),
        title="Rappeler les actions promises",
        says="Rappelle à chacun ce qui a été promis à une rencontre, avant la date et quand elle est passée.",
        counted="message",
    ),
    "events.count_reviews": Job(
        run=events.count_reviews,
        when=daily("05:10"),
        title="Compter les résultats des événements",
        says="Compte les embauches, stages et partenariats à 3 et à 6 mois de chaque événement.",
        counted="bilan",
    ),
    "placements.remind": Job(
        run=placements.remind,
        when=daily("07:35"),
        title="Rappeler les stages et les entretiens",
        says="Rappelle les conventions à faire valider, les bilans à faire, et l’entretien à trois du lendemain.",
    ),
    "clauses.chase": Job(
        run=clauses.chase,
        when=daily("07:30"),
        title="Préparer les relances d’heures",
        says="Prépare les relances pour les heures qui ne sont pas déclarées à temps.",
        counted="relance préparée",
    ),
    "messages.digest": Job(
        run=messages.digest,
        when=daily("08:00"),
        title="Envoyer le résumé du jour",
        says="Réunit en une seule lettre, les jours travaillés, ce qui attend chaque professionnel.",
    ),
    # --- all day ------------------------------------------------------------------------------------------
    "messages.deliver": Job(
        run=messages.deliver,
        when=every(seconds=15),
        title="Envoyer les messages",
        says="Envoie les e-mails et les SMS qui sont prêts. Un envoi manqué repart plus tard.",
        back=timedelta(hours=1),
        retries=0,
    ),
}
