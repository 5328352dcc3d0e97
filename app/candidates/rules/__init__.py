"""What is a candidate's file, what may it say, and when may the person be matched for employers?"""

from app.candidates.rules.columns import Column, FaultKind
from app.candidates.rules.names import name_key
from app.candidates.rules.vocabulary import (
    Barrier,
    CandidateRefusal,
    CandidateState,
    FrenchLevel,
    ImportLineState,
    Likeness,
    Means,
    Programme,
    Question,
    ReadinessCheck,
    Section,
)

__all__ = [
    "Barrier",
    "CandidateRefusal",
    "CandidateState",
    "Column",
    "FaultKind",
    "FrenchLevel",
    "ImportLineState",
    "Likeness",
    "Means",
    "Programme",
    "Question",
    "ReadinessCheck",
    "Section",
    "name_key",
]
