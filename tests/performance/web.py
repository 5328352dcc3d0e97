"""A portal through gunicorn with two workers, and browsers that measure it over loopback."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from app.core.settings import ROOT

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Web:
    """gunicorn and its address."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def worker_megabytes(self) -> list[float]:
        """Resident memory of each worker, in MB of 1 000 000 bytes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = []
        for child in children:
            status = Path(f"/proc/{child}/status").read_text()
            kilobytes = re.search(r"VmRSS:\s+(\d+) kB", status)
            if kilobytes:
                found.append(int(kilobytes[1]) * 1024 / 1_000_000)
        return found


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[Web]:
    """Start gunicorn as ``make demo`` does, and stop it."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"), "--config", "python:app.demonstration.gunicorn",
        "--bind", f"127.0.0.1:{port}", "wsgi:app",
    ]  # fmt: skip
    env = {**os.environ, **environment, "PORTAL_BASE_URL": f"http://127.0.0.1:{port}"}
    log = ROOT / "var" / "bench" / "web.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=file, stderr=file)
    try:
        _wait(port)
        yield Web(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            if Browser(port).get("/sante").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the portal did not start: read var/bench/web.log")


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes, took: float) -> None:
        self.status, self.headers, self.body, self.took = status, headers, body, took


class Browser:
    """One kept connection, cookies, no rendering."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # kept too long without a word: as a browser, open another
            self._connection.close()
            start = time.perf_counter()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - start) * 1000
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, dict(answer.headers), content, took)

    def get(self, path: str) -> Answer:
        """One page."""
        return self._ask("GET", path)

    def sign_in(self, email: str, password: str) -> None:
        """As a professional does."""
        import gzip

        page = self.get("/connexion")
        text = (gzip.decompress(page.body) if page.headers.get("Content-Encoding") == "gzip" else page.body).decode()
        token = _TOKEN.search(text)
        assert token is not None
        fields = {"csrf_token": token[1], "email": email, "password": password}
        answer = self._ask("POST", "/connexion", urlencode(fields))
        assert answer.status in {302, 303}, answer.status


def times(browser: Browser, paths: Sequence[str], count: int) -> list[float]:
    """Milliseconds of ``count`` pages, one after another; a page that fails stops the bench."""
    taken = []
    for number in range(count):
        answer = browser.get(paths[number % len(paths)])
        assert answer.status == 200, (answer.status, paths[number % len(paths)])
        taken.append(answer.took)
    return taken


def requests_a_second(port: int, paths: Sequence[str], connections: int, count: int) -> float:
    """Pages answered a second over several connections at once."""
    threads = [
        threading.Thread(target=times, args=(Browser(port), list(paths[i:]) + list(paths[:i]), count // connections))
        for i in range(connections)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (count // connections) * connections / (time.perf_counter() - start)
