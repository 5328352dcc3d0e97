"""Small events by hand, arbitrary events for properties, and large made-up ones."""

from random import Random

from hypothesis import strategies as st

from matching.rotation import Pair, Participant, Problem


def side(letter, count, available=None):
    """``available``: number -> rounds, for those who are not there all the time."""
    return tuple(Participant(f"{letter}{number:02}", (available or {}).get(number)) for number in range(count))


def event(seated, moving, rounds, tables, pairs=(), **others):
    """Sides given as numbers of people, or as participants."""
    ours = side("s", seated) if isinstance(seated, int) else seated
    theirs = side("m", moving) if isinstance(moving, int) else moving
    return Problem(seated=ours, moving=theirs, rounds=rounds, tables=tables, pairs=tuple(pairs), **others)


def wish(seated, moving, **values):
    """Both wish."""
    return Pair(f"s{seated:02}", f"m{moving:02}", seated_wishes=True, moving_wishes=True, **values)


def forbid(seated, moving):
    return Pair(f"s{seated:02}", f"m{moving:02}", forbidden=True)


@st.composite
def events(draw, most=6, most_rounds=6, away=False):
    """Any event; with ``away`` its people come late, leave or rest as they like."""
    rounds, tables = draw(st.integers(0, most_rounds)), draw(st.integers(0, most + 1))
    presence = st.none() | st.frozensets(st.integers(0, most_rounds)) if away else st.none()
    sides = [
        tuple(Participant(f"{letter}{number}", draw(presence)) for number in range(draw(st.integers(0, most))))
        for letter in "sm"
    ]
    pairs = [
        Pair(
            ours.id,
            theirs.id,
            draw(st.sampled_from([0, 1, 50, 99, 100])),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.sampled_from([False, False, False, True])),
        )
        for ours in sides[0]
        for theirs in sides[1]
        if draw(st.booleans())
    ]
    return event(*sides, rounds, tables, pairs)


def made_up(seated, moving, rounds, tables, *, wishes=6, refused=0.03, seed=0):
    """Everybody wishes to meet a few, a few refuse each other, affinities are anything."""
    dice = Random(seed)
    ours, theirs = side("s", seated), side("m", moving)
    wanted = {(a.id, b.id) for a in ours for b in dice.sample(theirs, wishes)}
    wanting = {(a.id, b.id) for b in theirs for a in dice.sample(ours, wishes)}
    pairs = [
        Pair(*key, dice.randint(0, 100), key in wanted, key in wanting, dice.random() < refused)
        for key in ((a.id, b.id) for a in ours for b in theirs)
    ]
    return event(ours, theirs, rounds, tables, pairs)
