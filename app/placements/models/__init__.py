"""The tables of stages and immersions, by part: the placement, presence, assessment, the tripartite meeting."""

from app.placements.models.assessments import PlacementAssessment, PlacementNext
from app.placements.models.placements import Placement, PlacementSignature, PlacementTransition
from app.placements.models.presence import PlacementIncident, PresenceHalf
from app.placements.models.tripartite import TripartiteAnswer, TripartiteDate, TripartiteMeeting

__all__ = [
    "Placement",
    "PlacementAssessment",
    "PlacementIncident",
    "PlacementNext",
    "PlacementSignature",
    "PlacementTransition",
    "PresenceHalf",
    "TripartiteAnswer",
    "TripartiteDate",
    "TripartiteMeeting",
]
