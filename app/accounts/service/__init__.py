"""Accounts: sign in, stay signed in, prove who one is, belong to an organisation."""

from app.accounts.service.access import (
    NewAccess,
    close_candidate_access,
    open_candidate_access,
    open_candidate_accesses,
    update_candidate_access,
)
from app.accounts.service.codes import ask_code, check_code, give_paper_code, use_paper_code
from app.accounts.service.hashing import hash_password
from app.accounts.service.passwords import (
    ask_reset,
    change_password,
    check_reset,
    choose_password,
    sign_in,
)
from app.accounts.service.people import (
    add_member,
    add_professional,
    change_member,
    change_profile,
    end_member,
    end_members_of,
    set_disabled,
)
from app.accounts.service.sessions import (
    end_other_sessions,
    end_session,
    end_sessions_in,
    enter,
    forget_expired,
    sign_out,
    signed_in_by,
    switch,
)
from app.accounts.service.throttling import count, refuse_spent, short_code_tried

__all__ = [
    "NewAccess",
    "add_member",
    "add_professional",
    "ask_code",
    "ask_reset",
    "change_member",
    "change_password",
    "change_profile",
    "check_code",
    "check_reset",
    "choose_password",
    "close_candidate_access",
    "count",
    "end_member",
    "end_members_of",
    "end_other_sessions",
    "end_session",
    "end_sessions_in",
    "enter",
    "forget_expired",
    "give_paper_code",
    "hash_password",
    "open_candidate_access",
    "open_candidate_accesses",
    "refuse_spent",
    "set_disabled",
    "short_code_tried",
    "sign_in",
    "sign_out",
    "signed_in_by",
    "switch",
    "update_candidate_access",
    "use_paper_code",
]
