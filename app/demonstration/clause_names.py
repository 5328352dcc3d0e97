"""What the invented contracts are called: buyers, works and services with their lots."""

from dataclasses import dataclass

from app.clauses.rules.kinds import BuyerKind, Nature


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that buyers buy: its title with the place, its nature, CPV, and lots as (title, trade, family)."""

    title: str
    nature: Nature
    cpv: str
    euros: int
    lots: tuple[tuple[str, str, str], ...]


BUYERS = (
    ("Département de l’Essonne, Direction des bâtiments", BuyerKind.DEPARTMENT),
    ("Département de l’Essonne, Direction des routes", BuyerKind.DEPARTMENT),
    ("Département de l’Essonne, Moyens généraux", BuyerKind.DEPARTMENT),
    ("Commune de Massy", BuyerKind.COMMUNE),
    ("Commune d’Étampes", BuyerKind.COMMUNE),
    ("Commune de Corbeil-Essonnes", BuyerKind.COMMUNE),
    ("Grand Paris Sud, agglomération", BuyerKind.INTERCOMMUNALITY),
    ("Essonne Habitat", BuyerKind.LANDLORD),
    ("Bailleur des Trois Vallées", BuyerKind.LANDLORD),
    ("Hôpital du Val d’Orge", BuyerKind.HOSPITAL),
)

_ROUGH = ("Gros œuvre", "macon", "gros-oeuvre")
_PAINT = ("Peinture", "peintre", "second-oeuvre")
_PLASTER = ("Cloisons et plâtrerie", "plaquiste", "second-oeuvre")
_ELECTRICITY = ("Électricité", "electricien", "equipements-batiment")
_CLEAN = ("Nettoyage de chantier", "agent-nettoyage-industriel", "proprete")
_GREEN = ("Espaces verts", "agent-espaces-verts", "espaces-verts")

SUBJECTS = (
    Subject("Collège {place} : rénovation", Nature.WORKS, "45214220", 6_180_000, (_ROUGH, _PAINT, _CLEAN)),
    Subject("Gymnase de {place} : réhabilitation", Nature.WORKS, "45212222", 3_900_000, (_ROUGH, _ELECTRICITY)),
    Subject("{place} : 84 logements, réhabilitation énergétique", Nature.WORKS, "45211341", 7_400_000,
            (_ROUGH, _PLASTER, _PAINT)),
    Subject("École de {place} : extension", Nature.WORKS, "45214210", 2_650_000, (_ROUGH, _PAINT)),
    Subject("Voirie de {place} : requalification", Nature.WORKS, "45233140", 5_900_000,
            (("Terrassement et voirie", "ouvrier-voirie", "gros-oeuvre"), _GREEN)),
    Subject("Nettoyage des locaux, {place}", Nature.SERVICES, "90911200", 840_000,
            (("Nettoyage des bureaux", "agent-entretien", "proprete"),)),
    Subject("Entretien des parcs, {place}", Nature.SERVICES, "77311000", 460_000, (_GREEN,)),
    Subject("Restauration des collèges, secteur de {place}", Nature.SERVICES, "55524000", 1_900_000,
            (("Préparation des repas", "commis-cuisine", "restauration"),)),
    Subject("Gardiennage des sites, {place}", Nature.SERVICES, "79713000", 380_000,
            (("Accueil et surveillance", "agent-securite", "securite"),)),
    Subject("Collecte et tri du mobilier, {place}", Nature.SERVICES, "90511000", 310_000,
            (("Collecte et tri", "agent-tri", "recyclage"),)),
    Subject("Fourniture et lavage du linge, {place}", Nature.SUPPLIES, "98310000", 270_000,
            (("Lavage et livraison", "agent-blanchisserie", "hotellerie-linge"),)),
)  # fmt: skip
