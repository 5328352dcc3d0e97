"""Who may change which part of a file? The person theirs, those who accompany nearly all, the département nothing."""

from typing import Final

from app.candidates.rules.vocabulary import Section
from app.core.roles import ACCOMPANIMENT, Role

_OWN: Final = frozenset(Section) - {Section.ACCOMPANIMENT, Section.PROGRAMMES, Section.BARRIERS}
_NOTHING: Final[frozenset[Section]] = frozenset()


def changeable(role: Role) -> frozenset[Section]:
    """The sections that a role may change; of barriers, the referent of the person only (checked with the row)."""
    if role is Role.CANDIDATE:
        return _OWN
    if role is Role.REFERENT:
        return frozenset(Section)
    return frozenset(Section) - {Section.BARRIERS} if role in ACCOMPANIMENT | {Role.SYSTEM} else _NOTHING
