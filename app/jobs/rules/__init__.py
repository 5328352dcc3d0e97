"""What is a job of the portal, when is it due, and how did a run go?"""

from app.jobs.rules.runs import JobRefusal, RunOutcome, RunTrigger

__all__ = ["JobRefusal", "RunOutcome", "RunTrigger"]
