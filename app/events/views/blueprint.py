"""The blueprint that every page of events and sessions hangs on."""

from flask import Blueprint

blueprint = Blueprint("events", __name__)
