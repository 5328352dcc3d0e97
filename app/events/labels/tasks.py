"""The French words of the journal of a task."""

from collections.abc import Mapping

_JOURNAL: Mapping[str, str] = {
    "finish": "Faite",
    "drop": "Abandonnée",
    "reopen": "Rouverte",
    "move_date": "Date changée",
    "hand_over": "Confiée",
}


def journal_words(action: str) -> str:
    """What happened, in a word or two."""
    return _JOURNAL.get(action, "Changée")
