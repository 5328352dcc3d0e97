"""Invented offers: what firms of each family look for, with hours, pay and a sentence or two."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.core import clock
from app.core.grid import Grid, Preset, Span
from app.demonstration.ground import Ground
from app.demonstration.organisations import Employer, People
from app.offers.rules import EmploymentKind, OfferKind, OfferState, PayPeriod
from app.organisations.rules import SIAE_KINDS, OrganisationKind

_DESCRIPTIONS: dict[str, str] = {
    "proprete": "Vous nettoyez des bureaux et des parties communes. Le matériel est fourni. Une collègue vous forme.",
    "aide-domicile": "Vous aidez des personnes âgées chez elles : ménage, courses, repas. Les trajets sont payés.",
    "enfance": "Vous gardez et accompagnez des enfants, à la sortie de l’école ou en structure.",
    "sante": "Vous aidez les soignants auprès des résidents. L’équipe compte douze personnes.",
    "restauration": "Vous préparez les repas et tenez la cuisine propre. Le repas est offert.",
    "hotellerie-linge": "Vous préparez les chambres ou le linge. Le planning est connu deux semaines avant.",
    "gros-oeuvre": "Vous travaillez sur des chantiers de l’Essonne. Départ du dépôt en camion de l’entreprise.",
    "second-oeuvre": "Vous participez à la rénovation de logements. Un compagnon vous accompagne.",
    "equipements-batiment": "Vous posez et entretenez des équipements chez des particuliers et en collectif.",
    "espaces-verts": "Vous entretenez des parcs et jardins : tonte, taille, désherbage. Travail dehors, en équipe.",
    "agriculture": "Vous participez aux semis, à la récolte et à la préparation des paniers.",
    "logistique": "Vous préparez les commandes et rangez les stocks. L’entrepôt est neuf et chauffé.",
    "transport": "Vous livrez ou transportez des personnes dans le sud de l’Île-de-France.",
    "commerce": "Vous accueillez les clients, remplissez les rayons et tenez la caisse.",
    "recyclage": "Vous triez et valorisez les objets et déchets apportés. Gants et tenue fournis.",
    "industrie": "Vous travaillez sur une ligne de production. Formation au poste la première semaine.",
    "textile": "Vous cousez, retouchez ou triez des vêtements dans un atelier à taille humaine.",
    "mecanique": "Vous entretenez et réparez des véhicules. L’outillage est fourni.",
    "securite": "Vous surveillez un site et accueillez le public. Tenue fournie.",
    "bureau": "Vous accueillez, classez, saisissez et répondez au téléphone.",
    "social": "Vous allez vers les habitants et les orientez vers les bons services.",
    "autres-metiers": "Vous rejoignez une petite équipe. Le travail s’apprend sur place.",
}
_CONDITIONS = {
    "gros-oeuvre": ("charges-lourdes", "dehors"), "second-oeuvre": ("hauteur", "poussiere"),
    "espaces-verts": ("dehors", "bruit"), "logistique": ("charges-lourdes", "debout"),
    "aide-domicile": ("domicile", "deplacements"), "recyclage": ("dechets", "debout"), "proprete": ("debout",),
    "restauration": ("chaleur", "debout"), "enfance": ("enfants",), "transport": ("conduite",),
}  # fmt: skip
_ACCESS = ("Bus à 200 mètres.", "Gare RER à 10 minutes à pied.", "Parking sur place, pas de bus avant 6 h 30.", "")
_WEEKS: tuple[tuple[tuple[Span, ...], str], ...] = (
    (tuple(Span(day, 12, 23) for day in range(5)), "28"),
    (tuple(Span(day, 16, 30) for day in range(5)), "35"),
    (tuple(Span(day, 18, 24) for day in range(5)), "15"),
    (tuple(span for day in range(5) for span in (Span(day, 16, 24), Span(day, 28, 34))), "35"),
    (tuple(Span(day, 36, 42) for day in range(5)), "15"),
    (tuple(Span(day, 18, 32) for day in range(1, 6)), "35"),
    (tuple(Span(day, 42, 12) for day in range(4)), "35"),
)
_WEEK_WEIGHTS = (22, 40, 10, 12, 6, 6, 4)


def make_offers(ground: Ground, people: People, count: int) -> list[dict[str, Any]]:
    """``count`` offers; the first one is the cleaning post in Massy of the persona's firm."""
    today = clock.today()
    rows = [_first_offer(ground, people, today)]
    while len(rows) < count:
        rows.append(_offer(ground, ground.random.choice(people.employers), today))
    return rows


def _employment(ground: Ground, employer: Employer) -> tuple[OfferKind, EmploymentKind]:
    if employer.kind in SIAE_KINDS:
        mission = employer.kind in {OrganisationKind.ETTI, OrganisationKind.AI}
        return OfferKind.SIAE_POST, EmploymentKind.MISSION if mission else EmploymentKind.CDDI
    kinds = (EmploymentKind.CDI, EmploymentKind.CDD, EmploymentKind.INTERIM, EmploymentKind.APPRENTICESHIP)
    return OfferKind.JOB, ground.random.choices(kinds, (46, 40, 9, 5))[0]


def _offer(ground: Ground, employer: Employer, today: date) -> dict[str, Any]:
    random = ground.random
    family = employer.family if random.random() < 0.8 else ground.family()
    slug, name, _ = ground.trade(family)
    kind, employment = _employment(ground, employer)
    spans, hours = random.choices(_WEEKS, _WEEK_WEIGHTS)[0]
    start = today + timedelta(days=random.randint(2, 60))
    ends = employment not in {EmploymentKind.CDI}
    state = random.choices((OfferState.PUBLISHED, OfferState.DRAFT, OfferState.PAUSED), (92, 5, 3))[0]
    age = random.randint(0, 28)
    level = random.choices((0, 1, 2, 3), (60, 15, 18, 7))[0]
    skills = ground.some(ground.skills.get(family, []), 4)
    pay = Decimal(random.choice(("12.02", "12.10", "12.40", "12.80", "13.20", "14.00")))
    return {
        **_dates(state, start, today, age),
        "id": ground.uuid(), "organisation_id": employer.organisation_id, "made_by": employer.user_id, "kind": kind,
        "state": state, "trade_slug": slug, "title": name,
        "description": _DESCRIPTIONS[family], "commune_insee": employer.commune or ground.place().insee, "address": "",
        "employment_kind": employment, "start_on": start,
        "end_on": start + timedelta(days=random.choice((90, 120, 180, 240))) if ends else None,
        "hours_week": Decimal(hours), "grid": Grid.from_spans(spans) if random.random() < 0.9 else None,
        "pay_min": pay if random.random() < 0.9 else None, "pay_max": None, "pay_period": PayPeriod.HOUR,
        "posts": random.choices((1, 2, 3, 4, 6), (58, 22, 10, 6, 4))[0], "posts_filled": 0,
        "required_skills": skills[:1], "wished_skills": skills[1:], "required_titles": [], "wished_titles": [],
        "required_licences": ["b"] if family == "transport" or random.random() < 0.08 else [],
        "conditions": _conditions(family, spans),
        "french": level, "french_reason": "Lire les consignes de sécurité." if level else "",
        "transport_access": random.choice(_ACCESS), "tutor_name": "",
    }  # fmt: skip


def plain_offer(
    ground: Ground, employer: Employer, today: date, *, trade: str, commune: str, title: str
) -> dict[str, Any]:
    """An open offer of an employer for one trade in one commune, published today."""
    row = _offer(ground, employer, today)
    row.update(
        _dates(OfferState.PUBLISHED, row["start_on"], today, 0),
        state=OfferState.PUBLISHED, kind=OfferKind.JOB, trade_slug=trade, title=title, commune_insee=commune,
    )  # fmt: skip
    return row


def _conditions(family: str, spans: tuple[Span, ...]) -> list[str]:
    grid = Grid.from_spans(spans)
    moments = [
        slug
        for slug, preset in (("nuit", Preset.NIGHT), ("soiree", Preset.EVENING), ("week-end", Preset.WEEKEND))
        if grid.touches(preset)
    ]
    return [*_CONDITIONS.get(family, ()), *moments]


def _dates(state: OfferState, start: date, today: date, age: int) -> dict[str, Any]:
    """Instants and days that go with a state."""
    day = today - timedelta(days=age)
    written = datetime(day.year, day.month, day.day, 10, tzinfo=clock.PARIS)
    published = state is not OfferState.DRAFT
    return {
        "created_at": written, "updated_at": written, "published_at": written if published else None,
        "confirmed_on": day if published else None, "stale_asked_on": None,
        "expires_on": day + timedelta(days=60) if published else None, "closed_at": None,
    }  # fmt: skip


def _first_offer(ground: Ground, people: People, today: date) -> dict[str, Any]:
    """Four cleaners in Massy, mornings, as on the drawings."""
    employer = people.employers[0]
    row = _offer(ground, employer, today)
    start = today + timedelta(days=11)
    row.update(
        _dates(OfferState.PUBLISHED, start, today, 0),
        state=OfferState.PUBLISHED, trade_slug="agent-entretien", title="Agent d’entretien", commune_insee="91377",
        description="Vous nettoyez les bureaux de trois maisons des solidarités, avant l’arrivée des équipes. "
        "Le matériel est fourni. Une collègue vous accompagne la première semaine.",
        employment_kind=EmploymentKind.CDD, start_on=start, end_on=start + timedelta(days=240),
        hours_week=Decimal(28), grid=Grid.from_spans(Span(day, 12, 23) for day in range(5)),
        pay_min=Decimal("12.40"), pay_max=None, posts=4, french=1, french_reason="Lire une consigne simple.",
        required_licences=[], conditions=["debout"], tutor_name="Nadia",
        transport_access="Arrêt de bus à 200 mètres.",
        required_skills=["entretien-locaux"], wished_skills=["produits-nettoyage", "lavage-vitres"],
    )  # fmt: skip
    return row
