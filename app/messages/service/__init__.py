"""What is done with messages: written in the act that causes them, then sent."""

from app.messages.service.outbox import compose, link_to, queue, rehearse

__all__ = ["compose", "link_to", "queue", "rehearse"]
