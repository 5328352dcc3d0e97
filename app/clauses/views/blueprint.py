"""The blueprint that every page of the clauses hangs on."""

from flask import Blueprint

blueprint = Blueprint("clauses", __name__)
