"""What is done with a candidate's file. One function an act; each moves the file's version and is noted."""

from app.candidates.service.accepting import accept_import
from app.candidates.service.closing import CANDIDATE_CLOSED, close_file
from app.candidates.service.files import create_candidate, give_code, note_export, open_file, tell_apart
from app.candidates.service.imports import start_import
from app.candidates.service.merging import CANDIDATE_MERGED, merge_candidates
from app.candidates.service.sections import (
    save_accompaniment,
    save_barriers,
    save_french,
    save_identity,
    save_programmes,
)
from app.candidates.service.standing import (
    CANDIDATE_WITHDRAWN,
    acting_for,
    end_search,
    give_consent,
    record_mandate,
    resume_search,
    set_ready,
    withdraw_consent,
    withdraw_mandate,
)
from app.candidates.service.wishes import (
    availability_of,
    save_availability,
    save_jobs,
    save_refusals,
    save_skills,
    save_titles,
    save_travel,
)

__all__ = [
    "CANDIDATE_CLOSED",
    "CANDIDATE_MERGED",
    "CANDIDATE_WITHDRAWN",
    "accept_import",
    "acting_for",
    "availability_of",
    "close_file",
    "create_candidate",
    "end_search",
    "give_code",
    "give_consent",
    "merge_candidates",
    "note_export",
    "open_file",
    "record_mandate",
    "resume_search",
    "save_accompaniment",
    "save_availability",
    "save_barriers",
    "save_french",
    "save_identity",
    "save_jobs",
    "save_programmes",
    "save_refusals",
    "save_skills",
    "save_titles",
    "save_travel",
    "set_ready",
    "start_import",
    "tell_apart",
    "withdraw_consent",
    "withdraw_mandate",
]
