"""The French words of the indicators of events, and what each counts."""

from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, str]] = {
    "events": "Événements tenus",
    "meetings": "Rencontres",
    "organisations": "Organisations",
    "people": "Personnes",
    "hires": "Embauches",
    "placements": "Stages",
    "partnerships": "Partenariats",
    "sessions": "Réunions d’information",
    "attendance": "Présence aux réunions",
    "discoveries": "Découvertes de l’IAE",
    "professionals": "Professionnels venus",
}
"""In the order of the table."""
PARTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Rencontres et résultats", tuple(COLUMNS)[:7]),
    ("Réunions d’information et découverte", tuple(COLUMNS)[7:]),
)
"""The page shows them in two tables, the files in one."""
DEFINITIONS: Final[Mapping[str, str]] = {
    "Événements tenus": "Publiés, non annulés, dont un créneau de la période est terminé.",
    "Rencontres": "Les rencontres de speed-dating et de job dating qui ont eu lieu.",
    "Organisations": "Les organisations différentes dont la présence est notée.",
    "Personnes": "Les personnes différentes dont la présence est notée, sans les visites de professionnels.",
    "Embauches": (
        "Les personnes embauchées après une candidature née d’une rencontre, un suivi ouvert après l’événement, "
        "ou une action menée à bien. Une personne compte une fois par ligne."
    ),
    "Stages": "Comptés de la même façon.",
    "Partenariats": "Les actions qui ont mené à un partenariat, une fois par rencontre.",
    "Réunions d’information": "Les créneaux tenus.",
    "Présence aux réunions": "Présents ÷ attendus, sans les excusés ni les inscriptions annulées.",
    "Découvertes de l’IAE": "Les visites et les immersions de professionnels.",
    "Professionnels venus": "Les professionnels différents présents à ces visites et immersions.",
}
