"""Why this person for this offer, in French sentences, for each of three readers.

The person reads short sentences without a figure of score; the facilitator reads what is for, against and to be
checked; the employer reads what speaks for the person and bears on the job, and nothing that limits them.
"""

from matching.explanation.employer import for_employer
from matching.explanation.excluded import why_excluded
from matching.explanation.facilitator import for_facilitator
from matching.explanation.person import for_person
from matching.explanation.sentence import Sentence, best

__all__ = ["Sentence", "best", "for_employer", "for_facilitator", "for_person", "why_excluded"]
