"""Which commands does an administrator have? Thin words over the services."""

from flask import Flask


def init(app: Flask) -> None:
    """Register the commands."""
