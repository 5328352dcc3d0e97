"""The blueprint that every page about messages hangs on."""

from flask import Blueprint

blueprint = Blueprint("messages", __name__)
