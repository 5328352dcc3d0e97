"""How gunicorn serves the portal on one small machine: two workers, four threads each, code loaded once."""

workers = 2
threads = 4
worker_class = "gthread"
preload_app = True
keepalive = 5
timeout = 60
graceful_timeout = 10
accesslog = None
errorlog = "-"


def post_fork(server: object, worker: object) -> None:
    """A worker opens its own connections to the database."""
    from app.core.db import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
