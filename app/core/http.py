"""What does every answer carry? Headers that close doors, no cache for signed-in pages, and gzip."""

import gzip

from flask import Flask, Response, request

from app.core.policy import current_actor

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; manifest-src 'self'"
)
_COMPRESSED = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/xml",
        "image/svg+xml",
        "text/plain",
    }
)


def init(app: Flask) -> None:
    """Register what is done to every answer; gzip comes last of all."""
    app.after_request(_compress)
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static" and current_actor() is not None:
        headers["Cache-Control"] = "no-store"
    return response


def _compress(response: Response) -> Response:
    if (
        response.mimetype not in _COMPRESSED
        or ((response.is_streamed or response.direct_passthrough) and request.endpoint != "static")
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or "Content-Encoding" in response.headers
        or response.status_code in {204, 206, 304}
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if request.endpoint == "static":
        response.close()  # the file is read whole: do not wait for the browser to let go of it
    if len(body) > 500:
        response.set_data(gzip.compress(body, compresslevel=4, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
    return response
