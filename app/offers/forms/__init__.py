"""What is typed about offers: the offer itself, the filters of the lists, the public search."""

from app.offers.forms.filters import EmployerFilters, TerritoryFilters
from app.offers.forms.placement import EditPlacementForm, NewPlacementForm
from app.offers.forms.posting import (
    ActOnOffer,
    ClosingForm,
    CopyForm,
    EditOfferForm,
    NewOfferForm,
    Offered,
    OfferFields,
    written,
)
from app.offers.forms.saved import SavedSearchAct, SaveSearchForm, search_from
from app.offers.forms.search import SearchForm, asked

__all__ = [
    "ActOnOffer",
    "ClosingForm",
    "CopyForm",
    "EditOfferForm",
    "EditPlacementForm",
    "EmployerFilters",
    "NewOfferForm",
    "NewPlacementForm",
    "OfferFields",
    "Offered",
    "SaveSearchForm",
    "SavedSearchAct",
    "SearchForm",
    "TerritoryFilters",
    "asked",
    "search_from",
    "written",
]
