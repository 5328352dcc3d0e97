"""Small offers, people, trades and communes to search among."""

from typing import Any
from uuid import UUID, uuid5

from search_index.documents import CandidateDocument, OfferDocument
from search_index.gazetteer import Gazetteer, Town
from search_index.lexicon import FamilyWords, Lexicon, LicenceWords, TradeWords

_SPACE = UUID("5b3f6f0a-5c55-4b39-9a52-0d9d3c0f7a11")

TOWNS = {
    town.name: town
    for town in (
        Town(insee="91223", name="Étampes", lat=48.4211, lon=2.1391, population=26_000, postcodes=("91150",)),
        Town(insee="91377", name="Massy", lat=48.7275, lon=2.2744, population=50_000, postcodes=("91300",)),
        Town(insee="91477", name="Palaiseau", lat=48.7102, lon=2.2300, population=36_000, postcodes=("91120",)),
        Town(insee="91200", name="Dourdan", lat=48.5303, lon=2.0111, population=11_000, postcodes=("91410",)),
        Town(insee="91228", name="Évry-Courcouronnes", lat=48.6287, lon=2.4313, population=67_000),
        Town(insee="91249", name="Forges-les-Bains", lat=48.6197, lon=2.0997, population=4_000),
        Town(insee="91549", name="Sainte-Geneviève-des-Bois", lat=48.6393, lon=2.3397, population=36_000),
        Town(insee="91570", name="Saint-Michel-sur-Orge", lat=48.6331, lon=2.3025, population=21_000),
        Town(insee="91692", name="Les Ulis", lat=48.6791, lon=2.1694, population=26_000),
        Town(insee="91129", name="Cerny", lat=48.4767, lon=2.3297, population=3_400),
        Town(insee="91315", name="Janville-sur-Juine", lat=48.5097, lon=2.2700, population=2_000),
    )
}

FAMILIES = {
    "proprete": ("Propreté et nettoyage", "propreté", "nettoyage"),
    "enfance": ("Petite enfance", "enfants", "crèche"),
    "aide": ("Aide à domicile", "services à la personne", "personnes âgées"),
    "logistique": ("Logistique", "entrepôt", "stock"),
    "batiment": ("Bâtiment", "BTP", "chantier"),
    "restauration": ("Restauration", "cuisine", "restaurant"),
    "transport": ("Transport et livraison", "camion", "livraison"),
    "commerce": ("Commerce et vente", "vente", "magasin"),
    "metal": ("Métallurgie", "métal", "atelier"),
}

# slug: family, name, feminine, everyday words
TRADES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "agent-entretien": (
        "proprete",
        "Agent d’entretien",
        "Agente d’entretien",
        ("ménage", "femme de ménage", "technicien de surface", "nettoyage de bureaux"),
    ),
    "employe-menage": ("aide", "Employé de ménage", "Employée de ménage", ("ménage", "femme de ménage", "repassage")),
    "laveur-vitres": ("proprete", "Laveur de vitres", "Laveuse de vitres", ("carreaux", "vitres")),
    "aide-domicile": ("aide", "Aide à domicile", "Aide à domicile", ("auxiliaire de vie", "aide aux personnes âgées")),
    "garde-enfants": ("enfance", "Garde d’enfants", "Garde d’enfants", ("nounou", "baby-sitter", "nourrice")),
    "magasinier": ("logistique", "Magasinier", "Magasinière", ("magasinage", "réception de marchandises")),
    "preparateur": ("logistique", "Préparateur de commandes", "Préparatrice de commandes", ("picking", "colis")),
    "macon": ("batiment", "Maçon", "Maçonne", ("maçonnerie", "parpaing")),
    "manoeuvre": ("batiment", "Manœuvre du bâtiment", "Manœuvre du bâtiment", ("aide maçon", "manœuvre")),
    "plongeur": ("restauration", "Plongeur", "Plongeuse", ("plonge", "vaisselle")),
    "cuisinier": ("restauration", "Cuisinier", "Cuisinière", ("cuistot", "chef de partie")),
    "chauffeur-livreur": (
        "transport",
        "Chauffeur-livreur",
        "Chauffeuse-livreuse",
        ("livreur", "chauffeur", "coursier"),
    ),
    "vendeur": ("commerce", "Vendeur", "Vendeuse", ("vente en boutique", "conseil client")),
    "forgeron": ("metal", "Forgeron", "Forgeronne", ("forge", "forges", "ferronnerie")),
}

LEXICON = Lexicon(
    [
        TradeWords(slug=slug, family=family, phrases=(name, feminine, *words))
        for slug, (family, name, feminine, words) in TRADES.items()
    ],
    [FamilyWords(slug=slug, phrases=phrases) for slug, phrases in FAMILIES.items()],
    [LicenceWords(code=code, phrases=(f"permis {code}",)) for code in "bcd"],
)
GAZETTEER = Gazetteer(TOWNS.values())


def uuid(name: str) -> UUID:
    """The same name, the same id."""
    return uuid5(_SPACE, name)


def at(commune: str) -> dict[str, Any]:
    """What a document says of where it is."""
    town = TOWNS[commune]
    return {"commune": town.insee, "commune_name": town.name, "lat": town.lat, "lon": town.lon}


def offer(name: str, trade: str = "vendeur", commune: str = "Massy", **given: Any) -> OfferDocument:
    """An offer of a trade somewhere, titled as its trade."""
    family, masculine, feminine, words = TRADES[trade]
    values: dict[str, Any] = {
        "id": uuid(name),
        "title": masculine,
        "trade": trade,
        "trade_names": (masculine, feminine),
        "trade_words": words,
        "family": family,
        "family_words": FAMILIES[family],
        "version": 1,
        **at(commune),
        **given,
    }
    return OfferDocument(**values)


def person(name: str, trade: str = "vendeur", commune: str = "Massy", **given: Any) -> CandidateDocument:
    """Somebody who wants a trade; the name is « First Last »."""
    family, masculine, feminine, words = TRADES[trade]
    first, _, last = name.partition(" ")
    values: dict[str, Any] = {
        "id": uuid(name),
        "first_name": first,
        "last_name": last,
        "trades": (trade,),
        "trade_names": (masculine, feminine),
        "trade_words": words,
        "families": (family,),
        "version": 1,
        **at(commune),
        **given,
    }
    return CandidateDocument(**values)
