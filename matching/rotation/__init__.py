"""Who meets whom, in which round and at which table of a speed dating? Pure: a problem in, a plan and its proof out."""

from matching.rotation.aims import ORDER, Aim, Standing
from matching.rotation.checking import Fault, Found, check
from matching.rotation.planning import Plan, plan
from matching.rotation.problem import Meeting, Pair, Participant, Problem
from matching.rotation.replanning import Changes, changed, replan
from matching.rotation.timetable import Break, Slot, Timetable, timetable

__all__ = [
    "ORDER",
    "Aim",
    "Break",
    "Changes",
    "Fault",
    "Found",
    "Meeting",
    "Pair",
    "Participant",
    "Plan",
    "Problem",
    "Slot",
    "Standing",
    "Timetable",
    "changed",
    "check",
    "plan",
    "replan",
    "timetable",
]
