"""Why what follows a stage is refused, and how the person reads what the host says, in French."""

from collections.abc import Mapping
from enum import Enum

from app.placements.rules.assessing import Question
from app.placements.rules.following import NextRefusal
from app.placements.rules.kinds import Completion

REFUSAL_WORDS: Mapping[Enum, str] = {
    NextRefusal.BEFORE: "La suite vient après le début du stage.",
    NextRefusal.TOO_FAR: "Ce jour est à plus d’un an.",
}
HOST_TO_PERSON: Mapping[Question, str] = {
    Question.TASKS_DONE: "Les tâches prévues sont faites",
    Question.PUNCTUAL: "À l’heure",
    Question.TEAM: "Une place dans l’équipe",
    Question.LEARNS: "Des choses apprises",
    Question.TAKE_AGAIN: "L’entreprise vous reprendrait",
}
COMPLETIONS_FOR_PERSON: Mapping[Completion, str] = {
    Completion.COMPLETED: "Vous avez fait tout le stage.",
    Completion.PARTLY: "Vous avez fait une partie du stage.",
    Completion.DID_NOT_COME: "Vous n’avez pas fait le stage.",
}
