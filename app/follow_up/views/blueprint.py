"""The blueprint that every page of the follow-up hangs on."""

from flask import Blueprint

blueprint = Blueprint("follow_up", __name__)
