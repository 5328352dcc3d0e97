"""The French words of accounts: roles, refusals, channels, browsers."""

from collections.abc import Mapping
from enum import Enum

from app.accounts.rules import AccountRefusal, CodeChannel
from app.accounts.rules.passwords import SHORTEST
from app.core.roles import Role

ROLE_WORDS: Mapping[Role, str] = {
    Role.CANDIDATE: "Personne en recherche d’emploi",
    Role.EMPLOYER: "Employeur",
    Role.FACILITATOR: "Facilitateur",
    Role.REFERENT: "Référent",
    Role.DEPARTMENT: "Agent du Département",
    Role.ADMINISTRATOR: "Administrateur",
    Role.SYSTEM: "Le portail",
}

CHANNEL_WORDS: Mapping[CodeChannel, str] = {
    CodeChannel.EMAIL: "par e-mail",
    CodeChannel.SMS: "par SMS",
    CodeChannel.PAPER: "sur papier",
}

REFUSAL_WORDS: Mapping[Enum, str] = {
    AccountRefusal.WRONG_CREDENTIALS: "L’adresse e-mail ou le mot de passe n’est pas le bon.",
    AccountRefusal.NO_ORGANISATION: (
        "Vous n’êtes membre d’aucune organisation active. Si vous l’avez demandé, attendez la réponse par e-mail."
    ),
    AccountRefusal.ORGANISATION_PENDING: (
        "Le Département examine encore l’inscription de votre organisation. Vous recevrez un e-mail."
    ),
    AccountRefusal.CODE_WRONG: "Ce code n’est pas le bon. Vérifiez les 6\u00a0chiffres.",
    AccountRefusal.CODE_TOO_OLD: "Ce code n’est plus valable. Demandez un nouveau code.",
    AccountRefusal.CODE_TOO_MANY_TRIES: "Trop de codes faux. Demandez un nouveau code.",
    AccountRefusal.PAPER_CODE_WRONG: "Ce code n’est pas le bon, ou il n’est plus valable. Vérifiez les 8\u00a0signes.",
    AccountRefusal.LINK_TOO_OLD: "Ce lien n’est plus valable. Demandez-en un autre.",
    AccountRefusal.PASSWORD_WRONG: "Ce n’est pas votre mot de passe actuel.",
    AccountRefusal.PASSWORD_TOO_SHORT: f"C’est trop court\u00a0: {SHORTEST}\u00a0caractères au moins.",
    AccountRefusal.PASSWORD_COMMON: "Ce mot de passe est trop connu. Choisissez quatre mots sans lien entre eux.",
    AccountRefusal.PASSWORD_PERSONAL: "Ce mot de passe contient surtout votre nom, votre e-mail ou votre organisation.",
    AccountRefusal.PASSWORD_REPEATS: "Ce mot de passe se répète ou suit le clavier. Choisissez quatre mots sans lien.",
    AccountRefusal.EMAIL_TAKEN: "Cette adresse e-mail sert déjà à un autre compte.",
    AccountRefusal.YOURSELF: "Vous ne pouvez pas faire cela pour votre propre compte.",
}

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """« Firefox sur Windows »; a browser that says nothing is « Appareil inconnu »."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " sur ".join(part for part in (browser, system) if part) or "Appareil inconnu"


def membership_label(organisation_name: str, role: Role) -> str:
    """What the switcher says: an administrator's place is told from the same person's place as an agent."""
    return f"{organisation_name} (administration)" if role is Role.ADMINISTRATOR else organisation_name
