"""What is done with an application: it is proposed or sent, answered, decided, written about. One function an act."""

from app.applications.service.above import AFTER, ANSWER_DAYS, FACTS, employer_days, facts_of, pages_after, usual_days
from app.applications.service.answering import agree, decline, send, withdraw
from app.applications.service.beginning import APPLYING, Outcome, Proposed, apply, open_offer, propose
from app.applications.service.deciding import hire, invite, postpone, refuse, review
from app.applications.service.introducing import draft, introduce
from app.applications.service.moving import HIRED, TAKEN
from app.applications.service.taking import take, untake
from app.applications.service.upkeep import (
    candidate_merged,
    candidate_withdrawn,
    closing_effects,
    end_of_dead_offers,
    offer_ended,
    remind,
    send_agreed,
)
from app.applications.service.writing import open_application, write_note

__all__ = [
    "AFTER",
    "ANSWER_DAYS",
    "APPLYING",
    "FACTS",
    "HIRED",
    "TAKEN",
    "Outcome",
    "Proposed",
    "agree",
    "apply",
    "candidate_merged",
    "candidate_withdrawn",
    "closing_effects",
    "decline",
    "draft",
    "employer_days",
    "end_of_dead_offers",
    "facts_of",
    "hire",
    "introduce",
    "invite",
    "offer_ended",
    "open_application",
    "open_offer",
    "pages_after",
    "postpone",
    "propose",
    "refuse",
    "remind",
    "review",
    "send",
    "send_agreed",
    "take",
    "untake",
    "usual_days",
    "withdraw",
    "write_note",
]
