"""Reads of candidates' files, always scoped to the reader."""

from app.candidates.queries.history import barriers_of, history_of, last_readiness, reads_barriers
from app.candidates.queries.imports import (
    LINES_A_PAGE,
    Recognised,
    counts_of,
    import_of_file,
    imports_visible_to,
    lines_in,
    lines_page,
    names_of,
    recognised,
    referents_by_email,
    the_import,
)
from app.candidates.queries.likeness import LookAlike, Pair, count_pairs, duplicate_pairs, known, look_alikes
from app.candidates.queries.lines import FileLines, lines_of
from app.candidates.queries.listing import Filters, Line, exported, filtered, listed, named, sort_key
from app.candidates.queries.matching import MatchingRows, matching_rows
from app.candidates.queries.todo import to_do_for
from app.candidates.queries.visible import (
    LINES,
    Contact,
    candidates_visible_to,
    contact_of,
    kept_instead_of,
    mandates_of,
    the_candidate,
    the_candidates,
)

__all__ = [
    "LINES",
    "LINES_A_PAGE",
    "Contact",
    "FileLines",
    "Filters",
    "Line",
    "LookAlike",
    "MatchingRows",
    "Pair",
    "Recognised",
    "barriers_of",
    "candidates_visible_to",
    "contact_of",
    "count_pairs",
    "counts_of",
    "duplicate_pairs",
    "exported",
    "filtered",
    "history_of",
    "import_of_file",
    "imports_visible_to",
    "kept_instead_of",
    "known",
    "last_readiness",
    "lines_in",
    "lines_of",
    "lines_page",
    "listed",
    "look_alikes",
    "mandates_of",
    "matching_rows",
    "named",
    "names_of",
    "reads_barriers",
    "recognised",
    "referents_by_email",
    "sort_key",
    "the_candidate",
    "the_candidates",
    "the_import",
    "to_do_for",
]
