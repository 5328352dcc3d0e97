"""Acts on the reference tables: load what is shipped, import the official list, correct with dates."""

from app.reference.service.edits import (
    add_mds,
    assign_commune,
    cancel_planned_assignment,
    change_words,
    close_mds,
    rename_mds,
    rename_territory,
)
from app.reference.service.load import load_reference
from app.reference.service.rome import ImportSummary, RomeFileError, import_rome

__all__ = [
    "ImportSummary",
    "RomeFileError",
    "add_mds",
    "assign_commune",
    "cancel_planned_assignment",
    "change_words",
    "close_mds",
    "import_rome",
    "load_reference",
    "rename_mds",
    "rename_territory",
]
