"""The blueprint that every page of stages and immersions hangs on."""

from flask import Blueprint

blueprint = Blueprint("placements", __name__)
