"""The application that gunicorn and the flask command serve."""

from app.core import logs
from app.factory import create_app

logs.configure()
app = create_app()
