"""Pages of candidates' files: for those who accompany people, and for the person."""

from app.candidates.views import creating, duplicates, file, imports, listing, mine, standing
from app.candidates.views.blueprint import blueprint

__all__ = ["blueprint", "creating", "duplicates", "file", "imports", "listing", "mine", "standing"]
