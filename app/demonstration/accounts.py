"""One account per role, printed at the end of ``make demo``. The loader makes exactly these people."""

from dataclasses import dataclass

from app.core.roles import Role
from app.organisations.rules import OrganisationKind

PASSWORD = "Bienvenue-en-Essonne"  # noqa: S105 - of the demonstration only, printed on purpose


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demonstration. A candidate signs in with ``phone`` and the code of the outbox page."""

    role: Role
    label: str
    first_name: str
    last_name: str
    email: str
    organisation: str = ""
    kind: OrganisationKind | None = None
    commune: str = ""
    territory: str | None = None
    phone: str = ""
    second_organisation: str = ""


PERSONAS = (
    Persona(Role.EMPLOYER, "Employeur (entreprise)", "Marc", "Lefèvre", "employeur@demo.example",
            "Étampes Propreté", OrganisationKind.FIRM, "91223"),
    Persona(Role.EMPLOYER, "Employeur (SIAE, chantier d’insertion)", "Claire", "Dumas", "siae@demo.example",
            "Les Jardins de Dourdan", OrganisationKind.ACI, "91200"),
    Persona(Role.EMPLOYER, "Employeur (services à la personne)", "Sophie", "Renard", "sap@demo.example",
            "Domicile Services Massy", OrganisationKind.SAP, "91377"),
    Persona(Role.FACILITATOR, "Facilitatrice PLIE", "Samia", "Benali", "plie@demo.example",
            "PLIE Nord-Essonne", OrganisationKind.PLIE, "91377", "nord-ouest", "+33199001234"),
    Persona(Role.REFERENT, "Référent MDS", "Thomas", "Girard", "referent@demo.example",
            "MDS de Massy", OrganisationKind.MDS, "91377", "nord-ouest", "+33199001235"),
    Persona(Role.DEPARTMENT, "Département (DIE)", "Hélène", "Marchand", "departement@demo.example",
            "Département de l’Essonne", OrganisationKind.DEPARTMENT, "91228"),
    Persona(Role.ADMINISTRATOR, "Administrateur", "Paul", "Nguyen", "admin@demo.example",
            "Département de l’Essonne", OrganisationKind.DEPARTMENT, "91228"),
    Persona(Role.CANDIDATE, "Bénéficiaire", "Aïcha", "Ndiaye", "", commune="91377", phone="+33639980001"),
    Persona(Role.CANDIDATE, "Bénéficiaire en poste", "Moussa", "Traoré", "", commune="91377", phone="+33639980142"),
)  # fmt: skip
WORKER = PERSONAS[-1]
"""The person at work, whose follow-up is that of the drawings."""


def national(phone: str) -> str:
    """« 06 39 98 00 01 » from +33639980001."""
    digits = "0" + phone.removeprefix("+33")
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2))


def sign_in_lines(base_url: str) -> str:
    """What the terminal says when the portal is ready: one line per role."""
    width = max(len(persona.label) for persona in PERSONAS)
    lines = [
        f"  {persona.label:<{width}}  {persona.email}  mot de passe : {PASSWORD}"
        if persona.role is not Role.CANDIDATE
        else f"  {persona.label:<{width}}  téléphone {national(persona.phone)}, code : {base_url}/boite-d-envoi"
        for persona in PERSONAS
    ]
    return "\n".join(
        [f"\nLe portail est ouvert : {base_url}", "", *lines, "", "Ctrl-C pour arrêter. make reset efface tout."]
    )
