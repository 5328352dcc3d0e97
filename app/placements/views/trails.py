"""How is a stage called on the way back to it?"""

from app.core.roles import Actor, Role
from app.placements.queries.page import Page


def name_on_trail(actor: Actor, page: Page) -> str:
    """The person's name; for the person, the trade."""
    return page.placement.title or "Mon stage" if actor.role is Role.CANDIDATE else page.seen.name
