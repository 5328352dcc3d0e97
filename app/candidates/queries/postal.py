"""Where does the postman find somebody? For who writes to them, never for an employer."""

from app.candidates.models import Candidate
from app.core.db import db
from app.messages.rules.letters import postal_block
from app.reference.models import Commune


def postal_of(candidate: Candidate) -> tuple[str, ...]:
    """The lines of the envelope, the name first; empty when the file has no street."""
    commune = db.session.get(Commune, candidate.commune_insee) if candidate.commune_insee else None
    known = commune is not None and len(commune.postcodes) == 1
    postcode, town = (commune.postcodes[0] if commune and known else ""), (commune.name if commune else "")
    return postal_block(candidate.full_name, candidate.address, postcode, town)
