"""The tables of the follow-up, by part: the follow-up and its jobs, visits, voices, alerts, annex."""

from app.follow_up.models.alerts import Alert, AlertStep
from app.follow_up.models.annex import Annex, AnnexSignature
from app.follow_up.models.follow_ups import Cover, FollowUp, FollowUpAssignment, FollowUpTransition, HeldJob, JobBreak
from app.follow_up.models.visits import CalendarFeed, Visit, VisitMove
from app.follow_up.models.voices import Absence, Exchange, FollowUpDraft, TutorLink, Voice

__all__ = [
    "Absence",
    "Alert",
    "AlertStep",
    "Annex",
    "AnnexSignature",
    "CalendarFeed",
    "Cover",
    "Exchange",
    "FollowUp",
    "FollowUpAssignment",
    "FollowUpDraft",
    "FollowUpTransition",
    "HeldJob",
    "JobBreak",
    "TutorLink",
    "Visit",
    "VisitMove",
    "Voice",
]
