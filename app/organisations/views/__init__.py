"""Organisations: ask to join, the list, one page each, its members, the accounts of professionals."""

from app.organisations.views import deciding, invitations, joining, listing, members, pages, trades, users
from app.organisations.views.blueprint import blueprint

__all__ = ["blueprint", "deciding", "invitations", "joining", "listing", "members", "pages", "trades", "users"]
