"""What does the annex « suivi dans l'emploi » read, is it signed, and may it be signed today?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from app.follow_up.rules.kinds import AnnexSide
from app.follow_up.rules.states import FollowUpState


class AnnexRefusal(StrEnum):
    """Why a signature is not taken."""

    TEXT_CHANGED = "follow_up_annex_text_changed"
    NOT_READ = "follow_up_annex_not_read"
    OVER = "follow_up_annex_over"
    PAPER_IN_FUTURE = "follow_up_annex_paper_in_future"
    PAPER_BEFORE_OPENING = "follow_up_annex_paper_before_opening"
    NO_SIGNER = "follow_up_annex_no_signer"


class AnnexStanding(StrEnum):
    """Where the signatures are."""

    UNSIGNED = "unsigned"
    HALF = "half"
    SIGNED = "signed"
    CHANGED = "changed"
    """An earlier text was signed: this one asks for signatures again."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text: a heading when ``title``, then paragraphs, or the points of a list."""

    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


def hash_of(text: str) -> bytes:
    """SHA-256 of the text in UTF-8: the hash that every signature repeats."""
    return sha256(text.encode()).digest()


def short_hash(digest: bytes) -> str:
    """« 9f2c 41ab »: the first eight figures, enough to compare two papers by eye."""
    figures = digest.hex()
    return f"{figures[:4]} {figures[4:8]}"


def blocks(text: str) -> Iterator[Block]:
    """The text in parts to be shown: a line that begins with « # » is a heading, with « - » a point."""
    title, paragraphs, points = "", list[str](), list[str]()
    for line in [*text.splitlines(), "# "]:
        if line.startswith("# "):
            if title or paragraphs or points:
                yield Block(title, tuple(paragraphs), tuple(points))
            title, paragraphs, points = line.removeprefix("# "), [], []
        elif line.startswith("- "):
            points.append(line.removeprefix("- "))
        elif line.strip():
            paragraphs.append(line)


def standing(signed: Mapping[AnnexSide, bytes], now: bytes) -> AnnexStanding:
    """``signed``: what each side signed last; ``now``: the hash of the text as it reads today."""
    current = [side for side, digest in signed.items() if digest == now]
    if len(current) == len(AnnexSide):
        return AnnexStanding.SIGNED
    if current:
        return AnnexStanding.HALF
    return AnnexStanding.CHANGED if signed else AnnexStanding.UNSIGNED


def missing(signed: Mapping[AnnexSide, bytes], now: bytes) -> tuple[AnnexSide, ...]:
    """Who has still to sign the text of today."""
    return tuple(side for side in AnnexSide if signed.get(side) != now)


def signature_refusals(state: FollowUpState, shown: bytes, now: bytes, *, ticked: bool) -> tuple[AnnexRefusal, ...]:
    """What forbids an electronic signature: the text shown must be that of now, read, in an open follow-up."""
    reasons = []
    if state not in {FollowUpState.ACTIVE, FollowUpState.BROKEN}:
        reasons.append(AnnexRefusal.OVER)
    if shown != now:
        reasons.append(AnnexRefusal.TEXT_CHANGED)
    if not ticked:
        reasons.append(AnnexRefusal.NOT_READ)
    return tuple(reasons)


def paper_refusals(signed_on: date, signer: str, opened_on: date, today: date) -> tuple[AnnexRefusal, ...]:
    """What forbids recording a paper: its day lies between the opening and today, and somebody signed it."""
    reasons = []
    if signed_on > today:
        reasons.append(AnnexRefusal.PAPER_IN_FUTURE)
    if signed_on < opened_on:
        reasons.append(AnnexRefusal.PAPER_BEFORE_OPENING)
    if not signer.strip():
        reasons.append(AnnexRefusal.NO_SIGNER)
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What the text is made of: nothing of why the person is accompanied."""

    person: str
    referent: str
    """Empty while nobody is named: the team stands for them."""
    place: str
    employer: str
    title: str
    commune: str
    terms: str
    """« CDD du 1er septembre 2026 au 30 avril 2027, 35 h par semaine »."""
    starts_on: date
    ends_on: date
    steps: tuple[tuple[str, date], ...]
