"""What is sent about saved searches: the search to keep, the act on one that is kept."""

from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from app.core.forms import PortalForm
from app.offers.forms.search import asked
from app.offers.rules.search import Asked


class SaveSearchForm(PortalForm):
    """« Me prévenir » : the address of the search."""

    recherche = HiddenField()


class SavedSearchAct(PortalForm):
    """Stop, resume or forget: the name of the button."""

    acte = HiddenField()


def search_from(query: str) -> Asked:
    """The search that an address says."""
    return asked(MultiDict(parse_qsl(query)))
