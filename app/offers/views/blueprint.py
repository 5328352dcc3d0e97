"""The blueprint of offers, apart so that its modules can share it."""

from flask import Blueprint

blueprint = Blueprint("offers", __name__)
