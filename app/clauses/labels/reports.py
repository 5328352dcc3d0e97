"""The French words of filling in, sending and checking hours: cells, reports, papers, reminders."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from app.clauses.labels.hours import CORRECTION_REFUSALS, HOUR_REFUSALS, duplicate_words, line_words
from app.clauses.labels.kinds import HOUR_KINDS
from app.clauses.rules.hours import HourRefusal
from app.clauses.rules.kinds import HourKind
from app.clauses.rules.periods import Period
from app.clauses.rules.reporting import DocumentRefusal, Fault, ReminderLevel, ReminderRefusal, ReportRefusal
from app.clauses.rules.terms import Terms
from app.core.quantities import MONTHS, format_day, format_hours

_R, _D, _M = ReportRefusal, DocumentRefusal, ReminderRefusal
REPORT_REFUSALS: Mapping[Enum, str] = {
    _R.DUPLICATE: "Un autre membre du lot déclare déjà cette personne ce mois-là.",
    _R.NOT_ON_LOT: "Cette personne ne travaille pas pour vous sur ce lot. Demandez-le au facilitateur.",
    _R.NOT_IN_PERIOD: "Ce mois n’est pas dans cette déclaration.",
    _R.SETTLED: "Ces heures sont déjà envoyées\u00a0: elles ne changent plus ici.",
    _R.PERIOD_LOCKED: "La période est close. Demandez une correction au facilitateur.",
    _R.NO_PERIOD: "Il n’y a rien à déclarer pour cette période.",
    _R.FAULTY: "Des heures sont à corriger avant d’envoyer.",
    _R.NOTHING_TYPED: "Aucune heure n’est saisie. Saisissez-en, ou dites que personne n’a travaillé ce mois-ci.",
    _R.HOURS_TYPED: "Des heures sont saisies. Videz les cases avant de dire que personne n’a travaillé.",
    _R.OWN_REPORT: "Vous avez rempli cette déclaration\u00a0: une autre personne doit la valider.",
    _R.RETURN_TEXT: "Dites ce que l’entreprise doit corriger.",
    _R.NO_LINE_CHOSEN: "Cochez au moins une ligne.",
    _R.NOT_SETTLED: "Des lignes attendent encore une décision.",
}
DOCUMENT_REFUSALS: Mapping[Enum, str] = {
    _D.EMPTY: "Choisissez un fichier.",
    _D.TOO_LARGE: "Ce fichier dépasse 5\u00a0Mo. Envoyez-en un plus léger.",
    _D.NOT_A_KIND: "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG. Enregistrez-le en PDF.",
    _D.TOO_MANY: "Il y a déjà trop de pièces. Retirez-en une.",
    _D.CLOSED: "La période est close\u00a0: ses pièces ne changent plus.",
}
REMINDER_REFUSALS: Mapping[Enum, str] = {
    _M.NO_ADDRESS: "Aucune adresse e-mail n’est connue pour cette entreprise. Appelez-la.",
    _M.DONE: "Cette relance est déjà partie ou écartée.",
    _M.NO_TEXT: "Écrivez le message.",
}
REMINDER_LEVELS: Mapping[ReminderLevel, str] = {
    ReminderLevel.BEFORE: "Rappel",
    ReminderLevel.LATE: "Retard",
    ReminderLevel.FORMAL: "Relance ferme",
}
REMINDER_LOOKS: Mapping[ReminderLevel, str] = {
    ReminderLevel.BEFORE: "info",
    ReminderLevel.LATE: "warn",
    ReminderLevel.FORMAL: "bad",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    **HOUR_REFUSALS, **CORRECTION_REFUSALS, **REPORT_REFUSALS, **DOCUMENT_REFUSALS, **REMINDER_REFUSALS,
}  # fmt: skip


def fault_words(fault: Fault, terms: Terms) -> str:
    """The sentence beside the cell. Of another contract an employer learns only that the month is full."""
    if fault.duplicate is not None:
        return duplicate_words(fault.duplicate)
    if isinstance(fault.reason, ReportRefusal):
        return REPORT_REFUSALS[fault.reason]
    if fault.reason is HourRefusal.ABOVE_MONTH_CAP:
        cap = format_hours(terms.month_cap)
        return f"Au-dessus de {cap} ce mois-ci, toutes déclarations comprises. Vérifiez les heures."
    return line_words(fault.reason, terms, fault.covered, fault.until)  # type: ignore[arg-type]


def of_month(month_name: str) -> str:
    """« d’octobre », « de mars »."""
    return f"d’{month_name}" if month_name[0] in "aoàé" else f"de {month_name}"


def period_title(period: Period) -> str:
    """« d’octobre 2026 », « du 3e trimestre 2026 »: what follows « Heures »."""
    if period.length == 1:
        return f"{of_month(MONTHS[period.first_month.month - 1])} {period.first_month.year}"
    name = "trimestre" if period.length == 3 else "semestre"
    return f"du {period.rank}{'er' if period.rank == 1 else 'e'} {name} {period.first_month.year}"


def reminder_subject(level: ReminderLevel, due: date) -> str:
    """What the subject of a reminder says after « Heures d’octobre 2026 : »."""
    if level is ReminderLevel.BEFORE:
        return f"à envoyer avant le {format_day(due)}"
    return "nous ne les avons pas reçues" if level is ReminderLevel.LATE else "relance"


def kind_words(kind: HourKind) -> str:
    """In the middle of a sentence."""
    return HOUR_KINDS[kind].lower()
