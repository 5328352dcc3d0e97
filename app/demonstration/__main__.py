"""``make demo``, ``make stop``, ``make reset``: the whole portal on one machine, from nothing to a page."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

from app.core import postgres
from app.core.settings import ROOT, Settings, from_environment
from app.demonstration.accounts import sign_in_lines

DATABASES = {"small": "portail", "departement": "portail_departement"}
WAIT_SECONDS = 60
END_SECONDS = 25
"""The scheduler, told to stop, leaves 20 seconds to the job that runs."""


def _pid_file(settings: Settings) -> Path:
    return settings.var / "run" / "demonstration.pid"


def _running(settings: Settings) -> int | None:
    """The process id of a demonstration that serves now."""
    try:
        pid = int(_pid_file(settings).read_text())
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return None
    return pid


def _wait_until_well(url: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/sante", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise SystemExit("Le portail ne répond pas. Lisez var/log/web.log.") from None
            time.sleep(0.2)


def prepare(settings: Settings, size: str) -> None:
    """Database, migrations, reference tables, demonstration data and index: each step changes nothing twice."""
    from flask_migrate import upgrade

    from app.clauses.service.categories import load_categories
    from app.clauses.service.terms import load_templates
    from app.demonstration.load import load
    from app.factory import create_app
    from app.reference.service import load_reference
    from app.search.service import rebuild_missing

    app = create_app(settings)
    with app.app_context():
        print("Base de données…", flush=True)
        upgrade()
        load_reference()
        load_categories()
        load_templates()
        load(size)
        print("Index de recherche…", flush=True)
        rebuild_missing()


def _start(settings: Settings, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """One process of the portal, in its own group so that Ctrl-C reaches the supervisor first."""
    logs = settings.var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{name}.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
        )


def _commands(port: int) -> dict[str, list[str]]:
    binaries = Path(sys.executable).parent
    serve = ["--config", "python:app.demonstration.gunicorn", "--bind", f"127.0.0.1:{port}"]
    return {
        "web": [str(binaries / "gunicorn"), *serve, "wsgi:app"],
        "search": [str(binaries / "flask"), "--app", "wsgi", "search", "drain", "--loop"],
        "jobs": [str(binaries / "flask"), "--app", "wsgi", "jobs", "run"],
    }


def serve(settings: Settings, size: str, port: int) -> None:
    """Prepare, start web, index keeper and scheduler, say how to sign in, and wait until told to stop."""
    known = _running(settings)
    if known is not None:
        print(f"La démonstration tourne déjà (processus {known}). Pour l’arrêter : make stop\n")
        print(sign_in_lines(settings.base_url))
        return
    pid_file = _pid_file(settings)
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    pid_file.write_text(str(os.getpid()))
    children: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, _stop_asked)
    try:
        prepare(settings, size)
        children.extend(_start(settings, name, command) for name, command in _commands(port).items())
        _wait_until_well(settings.base_url)
        print(sign_in_lines(settings.base_url), flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise SystemExit("Un processus du portail s’est arrêté. Lisez var/log/.")
    except KeyboardInterrupt:
        print("\nArrêt du portail…")
    finally:
        _end(children)
        if settings.database_url is None:
            postgres.stop(settings.var / "postgres")
        pid_file.unlink(missing_ok=True)


def _stop_asked(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def stop(settings: Settings) -> None:
    """Stop the portal, then its database."""
    pid = _running(settings)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS + 10
        while _running(settings) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
    stopped = postgres.stop(settings.var / "postgres")
    print("Le portail est arrêté." if pid or stopped else "Rien ne tournait.")


def reset(settings: Settings) -> None:
    """Stop, then remove the local database, logs and uploaded files."""
    stop(settings)
    postgres.reset(settings.var / "postgres")
    for folder in ("files", "log", "run"):
        shutil.rmtree(settings.var / folder, ignore_errors=True)
    print("Les données locales sont effacées.")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--size", choices=sorted(DATABASES), default="small")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("--reset", action="store_true")
    parser.add_argument("--prepare-only", action="store_true", help="load everything, serve nothing")
    asked = parser.parse_args()
    os.environ["PORTAL_DEMONSTRATION"] = "1"
    os.environ["PORTAL_BASE_URL"] = f"http://127.0.0.1:{asked.port}"
    os.environ.setdefault("PORTAL_DATABASE", DATABASES[asked.size])
    settings = replace(from_environment(), demonstration=True)
    if asked.stop or asked.reset:
        (reset if asked.reset else stop)(settings)
    elif asked.prepare_only:
        prepare(settings, asked.size)
    else:
        serve(settings, asked.size, asked.port)


if __name__ == "__main__":
    main()
