"""The French words of contracts, lots and holders: refusals, standings, acts that were done."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.clauses.rules.contracts import ContractRefusal
from app.clauses.rules.lots import LotRefusal
from app.clauses.rules.objective import ShareRefusal
from app.clauses.rules.progress import LotStanding
from app.clauses.rules.states import ContractAction

_C, _L = ContractRefusal, LotRefusal
REFUSAL_WORDS: Mapping[Enum, str] = {
    _C.NUMBER_MISSING: "Écrivez le numéro que l’acheteur a donné au marché.",
    _C.NUMBER_TAKEN: "Cet acheteur a déjà un marché de ce numéro. Vérifiez le numéro, ou cherchez-le dans la liste.",
    _C.TITLE_MISSING: "Écrivez l’objet du marché.",
    _C.CPV_MALFORMED: "Un code CPV compte 8\u00a0chiffres, et parfois un neuvième. Exemple\u00a0: 45214220-8",
    _C.CPV_KEY: "Le dernier chiffre de ce code CPV ne correspond pas aux huit premiers. Vérifiez le code.",
    _C.AMOUNT_NEGATIVE: "Le montant ne peut pas être négatif.",
    _C.DELIVERY_BEFORE_NOTIFICATION: "La livraison est avant la notification. Vérifiez les deux dates.",
    _C.BASE_WITHOUT_CLAUSE: "Sans clause, la base juridique est «\u00a0Aucune\u00a0».",
    _C.NEEDS_AMENDMENT: "Le marché a démarré\u00a0: montant et dates changent par un avenant daté.",
    _C.NOT_OPEN: "Ce marché est clos ou abandonné. Rouvrez-le pour le modifier.",
    _C.NOT_NOTIFIED: "Il manque la date de notification du marché.",
    _C.NO_LOT: "Ajoutez au moins un lot.",
    _C.NO_OBJECTIVE: "Aucun lot n’a d’objectif. Donnez des heures à l’un d’eux au moins.",
    _C.NO_HOLDER: "Un lot qui a un objectif n’a pas de titulaire. Ajoutez-le.",
    _C.SHARES_NOT_A_HUNDRED: "Sur un lot, les parts des titulaires ne font pas 100\u00a0%.",
    _C.NOT_STARTED: "Le marché est en préparation\u00a0: corrigez-le directement, sans avenant.",
    _C.AMENDMENT_EMPTY: "Cet avenant ne change rien. Écrivez un objectif, un montant ou une livraison qui change.",
    _C.AMENDMENT_BEFORE_NOTIFICATION: "Un avenant ne peut pas prendre effet avant la notification du marché.",
    _C.AMENDMENT_OTHER_LOT: "Un de ces lots n’est pas un lot du marché.",
    _C.BUYER_NAME_MISSING: "Écrivez le nom de l’acheteur.",
    _C.BUYER_SIRET_TAKEN: "Un acheteur a déjà ce SIRET. Choisissez-le dans la liste.",
    _C.LABEL_MISSING: "Dites en quelques mots ce que fait l’avenant.",
    _L.NUMBER_TAKEN: "Ce marché a déjà un lot de ce numéro.",
    _L.HOURS_OUT_OF_RANGE: "Vérifiez le nombre d’heures.",
    _L.OBJECTIVE_NEEDS_AMENDMENT: "Le marché a démarré\u00a0: l’objectif change par un avenant daté.",
    _L.LOT_IN_USE: "Des personnes ou des heures sont déjà sur ce lot\u00a0: il ne peut plus être retiré.",
    _L.NAME_MISSING: "Écrivez le nom de l’entreprise.",
    _L.SHARE_MISSING: "Donnez la part de l’objectif. Exemple\u00a0: 100 pour un titulaire seul.",
    _L.SHARE_OUT_OF_RANGE: "La part est un pourcentage, au-dessus de 0 et jusqu’à 100.",
    _L.SHARES_ABOVE_A_HUNDRED: "Avec cette part, le lot dépasse 100\u00a0%. Baissez d’abord les autres parts.",
    _L.SHARES_NOT_A_HUNDRED: "Les parts doivent faire 100\u00a0% en tout.",
    _L.TWO_LEADERS: "Ce lot a déjà un titulaire ou un mandataire. Un groupement n’a qu’un mandataire.",
    _L.SOLE_WITH_OTHERS: "Un titulaire seul n’a pas de cotraitant. Choisissez «\u00a0Mandataire du groupement\u00a0».",
    _L.PRINCIPAL_MISSING: "Dites pour quel titulaire ce sous-traitant travaille.",
    _L.PRINCIPAL_IS_NOT_ONE: "Seul un sous-traitant travaille pour un titulaire de ce lot. Vérifiez les deux réponses.",
    _L.FIRM_TWICE: "Cette entreprise est déjà titulaire de ce lot.",
    _L.ENDS_BEFORE_IT_STARTS: "La fin est avant le début. Vérifiez les deux dates.",
    _L.HOLDER_IN_USE: "Des personnes ou des heures en dépendent\u00a0: donnez-lui plutôt une date de fin.",
    _L.TRANCHE_HOURS: "Vérifiez le nombre d’heures de la tranche.",
    _L.TRANCHE_LABEL: "Nommez la tranche. Exemple\u00a0: Tranche optionnelle\u00a01",
    _L.TRANCHE_AFFIRMED: "Cette tranche est déjà affermie.",
    _L.BEFORE_NOTIFICATION: "Cette date est avant la notification du marché.",
    _L.FUTURE_DAY: "Cette date est dans l’avenir. Notez-la le jour venu.",
    ShareRefusal.NOT_A_HUNDRED: "Les parts doivent faire 100\u00a0% en tout.",
    ShareRefusal.NOT_POSITIVE: "Chaque part est au-dessus de zéro.",
    ShareRefusal.TWICE: "Une entreprise n’a qu’une part.",
    _L.BILLED_LESS: "Le montant facturé est un cumul\u00a0: il ne baisse jamais d’une date à la suivante.",
}
STANDINGS: Mapping[LotStanding, str] = {
    LotStanding.NOT_STARTED: "Pas commencé",
    LotStanding.ON_TRACK: "Au rythme",
    LotStanding.WATCH: "À surveiller",
    LotStanding.IN_DANGER: "En danger",
    LotStanding.REACHED: "Atteint",
    LotStanding.MISSED: "Non atteint",
}
STANDING_LOOKS: Mapping[LotStanding, str] = {
    LotStanding.NOT_STARTED: "",
    LotStanding.ON_TRACK: "info",
    LotStanding.WATCH: "warn",
    LotStanding.IN_DANGER: "bad",
    LotStanding.REACHED: "ok",
    LotStanding.MISSED: "bad",
}
BAR_LOOKS: Mapping[LotStanding, str] = {
    LotStanding.WATCH: "warn",
    LotStanding.IN_DANGER: "bad",
    LotStanding.REACHED: "ok",
    LotStanding.MISSED: "bad",
}
OBLIGATION: Final = "Obligation sociale\u00a0: clause ou motif"
DONE: Mapping[ContractAction, str] = {
    ContractAction.START: "Le marché a démarré. Les titulaires peuvent déclarer leurs heures.",
    ContractAction.DELIVER: "La livraison est notée. Il reste à clore le marché.",
    ContractAction.CLOSE: "Le marché est clos.",
    ContractAction.REOPEN: "Le marché est rouvert.",
    ContractAction.CANCEL: "Le marché est abandonné.",
}
