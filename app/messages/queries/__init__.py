"""Reads of the outbox."""

from app.messages.queries.outbox import outbox

__all__ = ["outbox"]
