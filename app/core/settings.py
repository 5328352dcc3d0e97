"""What does the environment say? Read once at start-up into one frozen object."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACEMENT_SITE = "https://immersion-facile.beta.gouv.fr"


@dataclass(frozen=True, slots=True)
class Settings:
    """The portal's settings. ``database_url`` None means: use the portal's own PostgreSQL."""

    var: Path
    secret_key: str
    database_url: str | None = None
    database_name: str = "portail"
    demonstration: bool = False
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    help_phone: str = "01 99 00 91 00"
    department: str = "Département de l’Essonne"
    pool_size: int = 5
    smtp_url: str | None = None
    """smtp://user:password@host:587?starttls=1, or smtps://…; None: e-mails are files under ``var/outbox``."""
    mail_from: str = ""
    sms_url: str | None = None
    """Where an SMS is posted as JSON; None: they are lines of ``var/outbox/sms.log``."""
    sms_token: str = ""
    placement_site: str = PLACEMENT_SITE
    """Where the State makes and keeps the conventions of stages (PMSMP)."""
    apart: bool = True
    """Heavy computations run in a child process (``core.apart``); tests make them in their own."""


def _secret(var: Path) -> str:
    """The key that signs forms, made once and kept in the local folder."""
    path = var / "secret-key"
    var.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()


def from_environment() -> Settings:
    """Every variable but DATABASE_URL and SECRET_KEY starts with PORTAL_; README.md lists them."""
    env = os.environ
    var = Path(env.get("PORTAL_VAR") or ROOT / "var").resolve()
    base_url = env.get("PORTAL_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return Settings(
        var=var,
        secret_key=env.get("SECRET_KEY") or _secret(var),
        database_url=env.get("DATABASE_URL") or None,
        database_name=env.get("PORTAL_DATABASE") or "portail",
        demonstration=env.get("PORTAL_DEMONSTRATION") == "1",
        base_url=base_url,
        secure_cookies=base_url.startswith("https://"),
        help_phone=env.get("PORTAL_PHONE", "01 99 00 91 00"),
        smtp_url=env.get("PORTAL_SMTP_URL") or None,
        mail_from=env.get("PORTAL_MAIL_FROM") or "",
        sms_url=env.get("PORTAL_SMS_URL") or None,
        sms_token=env.get("PORTAL_SMS_TOKEN") or "",
        placement_site=env.get("PORTAL_PMSMP_URL") or PLACEMENT_SITE,
    )
