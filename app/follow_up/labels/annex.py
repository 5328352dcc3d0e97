"""The text of the annex « suivi dans l'emploi », and the words of its signatures. One fact changed, one text more."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from app.core.french import date_words, day_words
from app.core.quantities import NBSP
from app.follow_up.rules.annex import AnnexFacts, AnnexRefusal, AnnexStanding

TITLE: Final = "Annexe «\u00a0suivi dans l’emploi\u00a0»"
STANDINGS: Mapping[AnnexStanding, str] = {
    AnnexStanding.UNSIGNED: "À signer",
    AnnexStanding.HALF: "Une signature sur deux",
    AnnexStanding.SIGNED: "Signée",
    AnnexStanding.CHANGED: "Texte changé, à signer de nouveau",
}
STANDING_LOOKS: Mapping[AnnexStanding, str] = {
    AnnexStanding.UNSIGNED: "warn",
    AnnexStanding.HALF: "warn",
    AnnexStanding.SIGNED: "ok",
    AnnexStanding.CHANGED: "warn",
}
REFUSAL_WORDS: Mapping[Enum, str] = {
    AnnexRefusal.TEXT_CHANGED: "Le texte vient de changer. Relisez-le, puis signez.",
    AnnexRefusal.NOT_READ: "Cochez la case pour dire que vous avez lu.",
    AnnexRefusal.OVER: "Ce suivi est terminé\u00a0: l’annexe ne se signe plus.",
    AnnexRefusal.PAPER_IN_FUTURE: "Ce jour n’est pas encore passé.",
    AnnexRefusal.PAPER_BEFORE_OPENING: "Ce jour est avant l’ouverture du suivi.",
    AnnexRefusal.NO_SIGNER: "Dites qui a signé.",
}

_COMMITMENTS: Final = (
    "La personne répond aux appels et vient aux rendez-vous. Elle dit ce qui va et ce qui ne va pas. Si elle ne peut "
    "pas aller au travail, elle prévient son employeur. Elle prévient aussi la personne qui la suit.",
    "La personne qui la suit appelle et vient aux dates prévues. Elle écoute et aide à régler ce qui gêne le "
    "travail. Elle prépare avec elle la suite de l’emploi.",
    "Chacun peut demander une visite de plus, ou une autre date.",
)
_DATA: Final = (
    "L’employeur lit le nom de la personne, son poste et la prochaine visite. Il lit aussi le nom et le téléphone de "
    "la personne qui la suit. Il ne lit jamais ce que la personne dit, ni pourquoi elle est accompagnée.",
    "Ce que la personne dit est lu par ceux qui l’accompagnent, et par eux seuls. Ce que dit le tuteur ou la tutrice "
    "n’est pas montré à la personne.",
    "Le Département lit les dates et la situation dans l’emploi, pas les paroles. Ses chiffres ne nomment personne.",
    "Rien de ce suivi ne sert à sanctionner.",
    "La personne peut lire ses données et les faire corriger. Elle peut arrêter ce suivi à tout moment. Elle le dit "
    "à la personne qui la suit.",
)


def annex_text(facts: AnnexFacts) -> str:
    """The whole text, the same for the same facts. « # » begins a heading, « - » a point."""
    follower = ", ".join(part for part in (facts.referent, facts.place) if part) or "une équipe du Département"
    where = f", à {facts.commune}" if facts.commune else ""
    steps = [f"{label}{NBSP}: {date_words(on)}" for label, on in facts.steps]
    parts: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "Les personnes",
            (
                f"- La personne suivie{NBSP}: {facts.person}",
                f"- La personne qui la suit{NBSP}: {follower}",
                f"- L’employeur{NBSP}: {facts.employer}",
            ),
        ),
        ("L’emploi", (f"- Le poste{NBSP}: {facts.title}{where}", f"- Le contrat de travail{NBSP}: {facts.terms}")),
        (
            "Six mois de suivi",
            (
                f"Le suivi dure six mois, du {day_words(facts.starts_on)} au {day_words(facts.ends_on)}. Il continue "
                "si la situation de la personne change, et si elle change d’emploi.",
            ),
        ),
        (
            "Le calendrier",
            (
                *(f"- {step}" for step in steps),
                "Une date peut être déplacée d’un commun accord, sans changer cette annexe.",
            ),
        ),
        ("Ce à quoi chacun s’engage", tuple(f"- {line}" for line in _COMMITMENTS)),
        ("Vos données\u00a0: qui lit quoi", tuple(f"- {line}" for line in _DATA)),
    )
    return "\n".join(line for title, lines in parts for line in (f"# {title}", *lines)) + "\n"
