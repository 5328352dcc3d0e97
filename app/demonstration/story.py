"""What already happened in the invented département: applications in every state, with their steps and messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.applications.labels import REFUSAL_TEXTS
from app.applications.rules import DELAYS, ApplicationState, Origin, RefusalReason
from app.candidates import queries as candidates
from app.core import clock
from app.core.roles import Role
from app.demonstration.candidates import CandidateRows
from app.demonstration.ground import Ground
from app.demonstration.organisations import People
from app.demonstration.pairs import make_pairs
from app.offers import queries as offers
from app.offers.rules import OfferState
from app.reference import queries as reference
from matching import criteria
from matching.comparison import compare
from matching.explanation import best, for_employer, for_facilitator, for_person
from matching.reasons import Side
from matching.scoring import score

S = ApplicationState
# State → the steps that led to it, for a proposal; a direct application begins at « sent ».
_PATHS: dict[ApplicationState, tuple[ApplicationState, ...]] = {
    S.PROPOSED: (S.PROPOSED,),
    S.AGREED: (S.PROPOSED, S.AGREED),
    S.DECLINED: (S.PROPOSED, S.DECLINED),
    S.SENT: (S.PROPOSED, S.AGREED, S.SENT),
    S.IN_REVIEW: (S.PROPOSED, S.AGREED, S.SENT, S.IN_REVIEW),
    S.POSTPONED: (S.PROPOSED, S.AGREED, S.SENT, S.POSTPONED),
    S.INTERVIEW: (S.PROPOSED, S.AGREED, S.SENT, S.IN_REVIEW, S.INTERVIEW),
    S.REFUSED: (S.PROPOSED, S.AGREED, S.SENT, S.IN_REVIEW, S.REFUSED),
    S.WITHDRAWN: (S.PROPOSED, S.AGREED, S.SENT, S.WITHDRAWN),
}
_WEIGHTS = {
    S.PROPOSED: 18, S.AGREED: 8, S.DECLINED: 6, S.SENT: 22, S.IN_REVIEW: 14, S.POSTPONED: 4, S.INTERVIEW: 10,
    S.REFUSED: 14, S.WITHDRAWN: 4,
}  # fmt: skip
_ACTIONS = {
    S.AGREED: "agree", S.DECLINED: "decline", S.SENT: "send", S.IN_REVIEW: "review", S.POSTPONED: "postpone",
    S.INTERVIEW: "invite", S.REFUSED: "refuse", S.WITHDRAWN: "withdraw",
}  # fmt: skip
_DIRECT_WORDS = (
    "Bonjour, je suis motivée et j’habite tout près.",
    "J’ai déjà fait ce travail. Je peux commencer vite.",
    "Je cherche un travail stable. Merci de votre réponse.",
    "",
)
EXPLAINED = 600
# State → the most days since it was reached: a few answers are late, most are not.
_AGES = {S.PROPOSED: 9, S.AGREED: 1, S.SENT: 17, S.IN_REVIEW: 12, S.POSTPONED: 10, S.INTERVIEW: 6}


@dataclass(slots=True)
class StoryRows:
    """Rows to be inserted."""

    applications: list[dict[str, Any]] = field(default_factory=list)
    transitions: list[dict[str, Any]] = field(default_factory=list)


def make_story(ground: Ground, people: People, rows: CandidateRows, offer_rows: Sequence[dict[str, Any]]) -> StoryRows:
    """Applications on published offers: about three an offer, and 824 for one busy employer of a whole département."""
    story = StoryRows()
    open_offers = [row for row in offer_rows if row["state"] is OfferState.PUBLISHED]
    ready = [row for row in rows.candidates[1:] if row["ready_on"] and row["consent_at"]]
    for offer, person in make_pairs(ground, open_offers, ready):
        _add(ground, story, people, offer, person)
    _add_reasons(story.applications[:EXPLAINED])
    return story


def _add(ground: Ground, story: StoryRows, people: People, offer: dict[str, Any], person: dict[str, Any]) -> None:
    random = ground.random
    state = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    direct = state not in {S.PROPOSED, S.AGREED, S.DECLINED} and random.random() < 0.45
    path = tuple(step for step in _PATHS[state] if not (direct and step in {S.PROPOSED, S.AGREED}))
    since = clock.now() - timedelta(days=random.randint(0, _AGES.get(state, 30)), minutes=random.randint(5, 600))
    instants = [since - timedelta(days=2 * (len(path) - 1 - rank)) for rank in range(len(path))]
    at = dict(zip(path, instants, strict=True))
    facilitator = people.facilitators[_territory(ground, person)]
    identifier = ground.uuid()
    story.applications.append(
        {
            "id": identifier, "offer_id": offer["id"], "candidate_id": person["id"],
            "origin": Origin.DIRECT if direct else Origin.PROPOSAL, "state": state, "state_since": since,
            "proposed_at": None if direct else at[S.PROPOSED], "proposed_by": None if direct else facilitator[1],
            "proposed_by_organisation_id": None if direct else facilitator[0], "proposal_note": "",
            "score": None, "reasons": {}, "person_words": random.choice(_DIRECT_WORDS) if direct else "",
            "sent_at": at.get(S.SENT), "answer_due_on": _due(state, at), "interview_place": "",
            "interview_at": None, "refusal_reason": None, "refusal_text": "",
            "created_at": instants[0], "updated_at": since,
            **_ending(ground, state),
        }
    )  # fmt: skip
    for step, before in zip(path, (None, *path), strict=False):
        story.transitions.append(_transition(ground, identifier, step, before, at[step], person))


def _territory(ground: Ground, person: dict[str, Any]) -> str:
    return next(place.territory for place in ground.places if place.insee == person["commune_insee"])


def _due(state: ApplicationState, at: dict[ApplicationState, datetime]) -> Any:
    if state is S.PROPOSED:
        return clock.civil_day(at[S.PROPOSED]) + timedelta(days=DELAYS.person_answers)
    if state in {S.SENT, S.IN_REVIEW, S.POSTPONED}:
        return clock.civil_day(at[S.SENT]) + timedelta(days=DELAYS.employer_answers)
    return None


def _ending(ground: Ground, state: ApplicationState) -> dict[str, Any]:
    if state is S.REFUSED:
        reason = ground.random.choice([reason for reason in RefusalReason if reason is not RefusalReason.DUPLICATE])
        return {"refusal_reason": reason, "refusal_text": REFUSAL_TEXTS[reason]}
    if state is S.INTERVIEW:
        day = clock.now() + timedelta(days=ground.random.randint(1, 9))
        return {
            "interview_at": day.replace(hour=9, minute=30, second=0, microsecond=0),
            "interview_place": "À l’accueil",
        }
    return {}


def _transition(
    ground: Ground,
    application: UUID,
    step: ApplicationState,
    before: ApplicationState | None,
    at: datetime,
    person: dict[str, Any],
) -> dict[str, Any]:
    who = {
        S.PROPOSED: ("La facilitatrice", Role.FACILITATOR),
        S.AGREED: (f"{person['first_name']} {person['last_name']}", Role.CANDIDATE),
        S.DECLINED: (f"{person['first_name']} {person['last_name']}", Role.CANDIDATE),
        S.WITHDRAWN: (f"{person['first_name']} {person['last_name']}", Role.CANDIDATE),
    }.get(step, ("L’employeur", Role.EMPLOYER))
    if step is S.SENT:
        direct = before is None
        who = (
            (f"{person['first_name']} {person['last_name']}", Role.CANDIDATE)
            if direct
            else ("La facilitatrice", Role.FACILITATOR)
        )
    return {
        "id": ground.uuid(), "application_id": application, "action": _ACTIONS.get(step) if before else None,
        "from_state": before, "to_state": step, "at": at, "by_user_id": None, "by_name": who[0], "by_role": who[1],
        "on_behalf": False,
    }  # fmt: skip


def _add_reasons(applications: list[dict[str, Any]]) -> None:
    """The score and the sentences, as if proposed by the page; the people and offers are already in the database."""
    people = {
        one.id: one for one in candidates.matching_rows(ids=[row["candidate_id"] for row in applications]).candidates
    }
    needs = {one.id: one for one in offers.matching_rows(ids=[row["offer_id"] for row in applications]).offers}
    tables, words, weights = reference.matching_tables(), reference.matching_words(), criteria.Weights()
    for row in applications:
        person, need = people.get(str(row["candidate_id"])), needs.get(str(row["offer_id"]))
        if person is None or need is None:
            continue
        pair = compare(person, need, tables, weights)
        said = for_facilitator(pair, words)
        row["score"] = score(pair).total
        row["reasons"] = {
            "person": [sentence.text for sentence in best(for_person(pair, words))],
            "facilitator": [sentence.text for sentence in said if sentence.side is Side.FOR],
            "to_check": [sentence.text for sentence in said if sentence.side is not Side.FOR],
            "employer": list(for_employer(pair, words)),
        }
