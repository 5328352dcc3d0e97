"""Pages of the reference tables, for the département and the administrators."""

from app.reference.views import communes, territories, trades
from app.reference.views.blueprint import blueprint

__all__ = ["blueprint", "communes", "territories", "trades"]
