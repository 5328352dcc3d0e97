"""Organisations: ask to join, be approved, gather members, leave."""

from app.organisations.service.administration import name_administrator, set_disabled
from app.organisations.service.deciding import ORGANISATION_CLOSED, approve, close, refuse, reopen
from app.organisations.service.editing import OrganisationDetails, create, edit
from app.organisations.service.invitations import (
    NewMember,
    accept_as_known,
    accept_as_new,
    invite,
    revoke,
    the_invitation,
)
from app.organisations.service.joining import FirstMember, NewOrganisation, join
from app.organisations.service.letterheads import letterhead, letterhead_of
from app.organisations.service.members import answer_request, change_member, leave, remove_member
from app.organisations.service.trades import drop_trade, say_trade

__all__ = [
    "ORGANISATION_CLOSED",
    "FirstMember",
    "NewMember",
    "NewOrganisation",
    "OrganisationDetails",
    "accept_as_known",
    "accept_as_new",
    "answer_request",
    "approve",
    "change_member",
    "close",
    "create",
    "drop_trade",
    "edit",
    "invite",
    "join",
    "leave",
    "letterhead",
    "letterhead_of",
    "name_administrator",
    "refuse",
    "remove_member",
    "reopen",
    "revoke",
    "say_trade",
    "set_disabled",
    "the_invitation",
]
