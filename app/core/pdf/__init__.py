"""How does a page become a document to keep? A tagged PDF (PDF/UA-1) drawn by WeasyPrint in a child process.

The child asks nothing of the network or of the disk, may use little memory and time, and dies alone. WeasyPrint
needs Pango, a system library: without it the portal works and answers the same page, ready to print (answers.py).
This module stays light, for the child reads it too.
"""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from app.core.errors import PdfUnavailable

DEPARTMENT: Final = "Département de l’Essonne"
TIMEOUT_SECONDS: Final = 25
WAIT_SECONDS: Final = 10
MAX_CHARACTERS: Final = 3_000_000
NO_PANGO: Final = 4
"""What the child returns where WeasyPrint or one of its libraries is not installed."""

_ROOT: Final = Path(__file__).resolve().parents[3]
_KEPT_ENVIRONMENT: Final = re.compile(r"PATH|HOME|LANG|LC_\w+|TMPDIR|XDG_\w+|FONTCONFIG_\w+|(?:LD|DYLD)_\w*PATH")
_seats = BoundedSemaphore(2)
"""Drawings at once in one worker: each child takes 60 MB or more."""
_known: dict[str, bool] = {}


def pdf_available() -> bool:
    """Whether this machine can draw PDFs. Asked of a child once; a machine that gains Pango needs a restart."""
    if "available" not in _known:
        try:
            code = _child(b"", "--check").returncode
        except subprocess.TimeoutExpired:
            return False  # a busy moment, not an answer
        _known["available"] = code == 0
    return _known["available"]


def pdf_of(html: str, *, title: str, author: str = DEPARTMENT, made_on: date | None = None) -> bytes:
    """A whole HTML page (see layout/pdf.html) as PDF/UA-1: the same page, title and day give the same bytes.

    ``title`` is what readers show in their title bar. Images must be ``data:`` addresses; any other is left out.
    Raises PdfUnavailable when WeasyPrint or Pango is missing, when too many are drawn, or when the drawing failed.
    """
    if len(html) > MAX_CHARACTERS:
        raise PdfUnavailable("too long")
    asked = {"html": html, "title": title, "author": author, "made_on": made_on and made_on.isoformat()}
    if not _seats.acquire(timeout=WAIT_SECONDS):
        raise PdfUnavailable("too many at once")
    try:
        child = _child(json.dumps(asked).encode())
    except subprocess.TimeoutExpired:
        _report("timeout")
        raise PdfUnavailable("timeout") from None
    finally:
        _seats.release()
    if child.returncode == NO_PANGO:
        raise PdfUnavailable("no Pango on this machine")
    if child.returncode != 0 or not child.stdout.startswith(b"%PDF-"):
        _report(f"exit {child.returncode}", child.stderr[-400:].decode(errors="replace"))
        raise PdfUnavailable(f"exit {child.returncode}")
    return child.stdout


def _report(reason: str, where: str = "") -> None:
    from app.core.logs import log  # Flask with it: not for the child

    log().error("document not drawn", reason=reason, where=where)


def _child(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The child's answer; of the environment it gets paths and language, never a secret."""
    kept = {key: value for key, value in os.environ.items() if _KEPT_ENVIRONMENT.fullmatch(key)}
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "app.core.pdf", *arguments],
        input=data,
        capture_output=True,
        cwd=_ROOT,
        env={**kept, "PYTHONHASHSEED": "0"},
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
