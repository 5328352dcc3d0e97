"""Documents come out as PDFs that a screen reader reads; they fetch nothing, and the portal lives without Pango."""

import base64
import http.server
import importlib
import io
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from PIL import Image
from pypdf import PdfReader

from app.core import pdf, rendering
from app.core.errors import PdfUnavailable
from app.core.pdf import NO_PANGO, pdf_of
from app.core.pdf.answers import PDF_MISSING, document_answer, file_name, pdf_response
from app.core.settings import ROOT
from tests.tagged_pdf import TaggedPdf

DAY = date(2026, 11, 5)
PAGE = """{% extends "layout/pdf.html" %}
{% from "components/facts.html" import facts %}{% from "components/progress.html" import meter %}
{% block title %}Attestation d’exécution{% endblock %}
{% block facts %}Marché 2026-041, lot 2{% endblock %}
{% block content %}
<section><h2>Ce qui est attesté</h2>{{ facts([("Entreprise", "Nettoyage & Fils"), ("Objectif", "1 250 h")]) }}
{{ meter([(600, "col")], 800, "600 h sur 800") }}
<svg aria-hidden="true" viewBox="0 0 9 9" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg></section>
<section><h2>Heures</h2><table class="table"><caption>Par personne</caption>
<thead><tr><th scope="col">Personne</th><th scope="col" class="num">Heures</th></tr></thead>
<tbody>{% for n in range(lines) %}<tr><th scope="row">Personne {{ n }}</th><td class="num">{{ n }},50</td></tr>
{% endfor %}</tbody></table>
<ul><li>Un</li><li>Deux</li></ul><p><a href="https://portail.example/verifier/AB12">Vérifier</a></p></section>
{% endblock %}"""


@pytest.fixture(scope="module")
def site() -> Flask:
    """The templates, without a database."""
    app = Flask("documents", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app" / "static"))
    app.testing = True
    rendering.init(app)
    return app


def page(site: Flask, lines: int = 3) -> str:
    with site.test_request_context("/"):
        return render_template_string(PAGE, lines=lines)


def bare(body: str, head: str = "") -> str:
    return f'<html lang="fr"><head><title>t</title>{head}</head><body><h1>Titre</h1>{body}</body></html>'


@pytest.fixture(scope="module")
def drawn(site: Flask, pdf_machine: None) -> TaggedPdf:
    return TaggedPdf(pdf_of(page(site), title="Attestation 2026-041", made_on=DAY))


def test_a_document_breaks_no_promise_of_pdf_ua(drawn: TaggedPdf):
    assert drawn.faults() == []


def test_a_document_says_its_language_title_author_and_day(drawn: TaggedPdf):
    metadata = drawn.reader.metadata
    assert metadata
    assert (drawn.lang, drawn.title, metadata.author) == ("fr", "Attestation 2026-041", "Département de l’Essonne")
    assert metadata["/CreationDate"] == "D:20261105"


def test_headings_and_tables_are_tagged(drawn: TaggedPdf):
    kinds = drawn.kinds
    assert (kinds["H1"], kinds["H2"], kinds["Table"], kinds["Caption"], kinds["TH"], kinds["TD"]) == (1, 2, 1, 1, 5, 3)
    assert drawn.attribute("TH", "Scope") == ["/Column", "/Column", "/Row", "/Row", "/Row"]


def test_a_list_of_facts_is_a_list_of_labels_and_words(drawn: TaggedPdf):
    facts = next(tag for tag in drawn.tree.walk() if tag.kind == "/L")
    assert [[part.kind for part in item.kids] for item in facts.kids] == [["/Lbl", "/LBody"]] * 2


def test_a_drawing_says_its_words_and_a_decoration_is_left_out(drawn: TaggedPdf):
    drawings = [tag for tag in drawn.tree.walk() if tag.kind == "/Figure"]
    assert [str(tag.data["/Alt"]).replace("\u00a0", " ") for tag in drawings] == ["600 h sur 800"]


def test_fonts_are_in_the_document(drawn: TaggedPdf):
    assert drawn.fonts
    assert all(drawn.fonts.values())


def test_pages_are_numbered_outside_the_reading(site: Flask, pdf_machine: None):
    long = TaggedPdf(pdf_of(page(site, lines=50), title="t"))
    assert len(long.reader.pages) == 2
    assert [f"page {n} sur 2" in sheet.extract_text() for n, sheet in enumerate(long.reader.pages, 1)] == [True, True]
    assert long.faults() == []
    assert long.kinds["THead"] == 2  # repeated on the second page


def test_the_same_page_on_the_same_day_gives_the_same_bytes(site: Flask, drawn: TaggedPdf):
    assert pdf_of(page(site), title="Attestation 2026-041", made_on=DAY) == drawn.data
    assert pdf_of(page(site), title="Attestation 2026-042", made_on=DAY) != drawn.data


def test_a_document_of_two_pages_takes_two_seconds_of_processor_at_most(site: Flask, pdf_machine: None):
    spent = []
    for _ in range(2):  # the better of two: other tests share the machine
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        pdf_of(page(site, lines=50), title="t")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) <= 2


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h3>Trop bas</h3>", "/H3 after level 1"),
        ("<ul><p>Pas un point</p></ul>", "/P in /L"),
        ("<table><tr><td>1<td>2</table><h4>a</h4>", "/H4 after level 1"),
    ],
)
def test_the_faults_would_be_seen(body: str, fault: str, pdf_machine: None):
    assert fault in TaggedPdf(pdf_of(bare(body), title="t")).faults()


def test_a_document_without_title_is_a_fault(pdf_machine: None):
    assert TaggedPdf(pdf_of(bare(""), title="")).faults() == ["no title"]


# --- nothing is fetched -----------------------------------------------------------------------------------


@pytest.fixture
def watched() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine, and the paths that somebody asked of it."""
    asked: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 3), "#532460").save(out, "PNG")
    return out.getvalue()


def images(data: bytes) -> int:
    return sum(len(sheet.images) for sheet in PdfReader(io.BytesIO(data)).pages)


def greedy(address: str) -> str:
    """A page that asks for something in every way there is; the name of each says which."""
    inside = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{address}/inside.png"/></svg>'
    return bare(
        f'<p>a</p><img src="{address}/image.png" alt="x"><img src="relative.png" alt="x">'
        f'<object data="{address}/object.png">x</object><embed src="{address}/embed.png">'
        f'<iframe src="{address}/frame.png"></iframe>'
        f'<svg width="9" height="9" aria-label="x"><image href="{address}/drawing.png"/></svg>'
        f'<img alt="x" src="data:image/svg+xml;base64,{base64.b64encode(inside.encode()).decode()}">',
        f'<base href="{address}/base/"><link rel="stylesheet" href="{address}/sheet.png">'
        f'<link rel="attachment" href="{address}/attached.png"><style>@import "{address}/imported.png";'
        f"@font-face{{font-family:F;src:url({address}/font.png)}}"
        f"p{{font-family:F;background:url({address}/background.png)}}</style>",
    )


NAMES = re.findall(r"/(\w+\.png)", greedy(""))


def test_a_page_fetches_nothing_of_the_network(watched: tuple[str, list[str]], pdf_machine: None):
    address, asked = watched
    assert images(pdf_of(greedy(address), title="t")) == 0
    assert asked == []


def test_a_page_reads_no_file(tmp_path: Path, pdf_machine: None):
    (tmp_path / "base").mkdir()
    for name in [*NAMES, "base/relative.png"]:
        (tmp_path / name).write_bytes(picture())
    data = pdf_of(greedy(tmp_path.as_uri()), title="t")
    assert images(data) == 0
    assert PdfReader(io.BytesIO(data)).attachments == {}


def test_the_greedy_page_would_be_seen(watched: tuple[str, list[str]], tmp_path: Path, pdf_machine: None):
    """With the fetcher that WeasyPrint has by itself, the same page reads nearly all it asks for."""
    address, asked = watched
    weasyprint = importlib.import_module("weasyprint")
    weasyprint.HTML(string=greedy(address)).write_pdf()
    assert {"/image.png", "/base/relative.png", "/sheet.png", "/attached.png", "/background.png"} <= set(asked)


def test_a_file_of_the_system_is_not_shown(pdf_machine: None):
    body = '<img src="file:///etc/passwd" alt="x"><iframe src="file:///etc/passwd"></iframe>'
    data = pdf_of(bare(body, '<link rel="attachment" href="/etc/passwd">'), title="t")
    assert "root" not in TaggedPdf(data).text
    assert PdfReader(io.BytesIO(data)).attachments == {}


def test_a_picture_that_the_page_carries_is_drawn(pdf_machine: None):
    address = "data:image/png;base64," + base64.b64encode(picture()).decode()
    assert images(pdf_of(bare(f'<img src="{address}" alt="x">'), title="t")) == 1


def test_the_child_reaches_no_address_and_starts_no_program():
    code = (
        "import sys, socket, subprocess\nfrom app.core.pdf.__main__ import _refuse\nsys.addaudithook(_refuse)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 1)), lambda: subprocess.run(['true'])):\n"
        "    try:\n        act()\n    except PermissionError:\n        print('no')\n"
    )
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "no\nno\n"


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch):
    given: dict[str, str] = {}

    def note(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        given.update(env)
        return subprocess.CompletedProcess([], 0, b"%PDF-", b"")

    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@there")
    monkeypatch.setattr(subprocess, "run", note)
    pdf_of("", title="")
    assert "PATH" in given
    assert not any("hush" in value for value in given.values())


# --- without Pango, and when things go wrong --------------------------------------------------------------


def run_child(before: str) -> int:
    code = f"import sys\n{before}\nfrom app.core.pdf.__main__ import main\nsys.exit(main())"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, input=b"{}", capture_output=True).returncode


def test_a_machine_without_weasyprint_or_pango_says_so():
    assert run_child("sys.modules['weasyprint'] = None") == NO_PANGO
    missing = "import ctypes, cffi\ndef none(*a, **k): raise OSError('libpango')\ncffi.FFI.dlopen = none"
    assert run_child(missing) == NO_PANGO


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_child", lambda *_: subprocess.CompletedProcess([], NO_PANGO, b"", b""))
    monkeypatch.setattr(pdf, "_known", {})


def test_without_pango_a_pdf_is_unavailable(without_pango: None):
    assert not pdf.pdf_available()
    with pytest.raises(PdfUnavailable):
        pdf_of(bare(""), title="t")


@pytest.mark.parametrize("end", [subprocess.CompletedProcess([], -9, b"", b""), subprocess.TimeoutExpired("x", 1)])
def test_a_child_that_dies_harms_nobody(end: object, monkeypatch: pytest.MonkeyPatch):
    def die(*_: object) -> object:
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(pdf, "_child", die)
    for _ in range(4):  # a failed drawing gives its seat back
        with pytest.raises(PdfUnavailable):
            pdf_of(bare(""), title="t")


def test_drawings_wait_for_a_seat_then_give_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "_seats", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    assert pdf._seats.acquire()
    with pytest.raises(PdfUnavailable):
        pdf_of(bare(""), title="t")


def test_a_page_that_is_too_long_is_refused_before_the_child():
    with pytest.raises(PdfUnavailable):
        pdf_of("x" * (pdf.MAX_CHARACTERS + 1), title="t")


def test_the_portal_does_not_carry_weasyprint():
    code = "import sys, app.factory, app.core.pdf.answers\nprint('weasyprint' in sys.modules, 'PIL' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "False False\n"


# --- answers ----------------------------------------------------------------------------------------------

BOTH = """{% extends "layout/pdf.html" if pdf else "layout/document.html" %}
{% block title %}Attestation{% endblock %}{% block back %}<a href="/retour">Retour</a>{% endblock %}
{% block content %}<p>Contenu de {{ who }}</p>{% endblock %}"""


@pytest.fixture
def both(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def render(template: str, **context: object) -> str:
        return render_template_string(BOTH, **context) if template == "both.html" else render_template(template)

    monkeypatch.setattr("app.core.pdf.answers.render_template", render)
    with site.test_request_context("/"):
        yield


def test_the_answer_is_the_pdf(both: None, pdf_machine: None):
    answer = document_answer("both.html", title="Attestation", name="Attestation – lot n° 2", made_on=DAY, who="Nadia")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="attestation-lot-n-2.pdf"'
    text = TaggedPdf(answer.data).text
    assert "Contenu de Nadia" in text
    assert "Retour" not in text


def test_without_pango_the_answer_is_the_page_to_print_and_why(both: None, without_pango: None):
    answer = document_answer("both.html", title="Attestation", name="a", who="Nadia")
    assert answer.mimetype == "text/html"
    assert PDF_MISSING in answer.get_data(as_text=True)
    assert "Contenu de Nadia" in answer.get_data(as_text=True)
    assert "Retour" in answer.get_data(as_text=True)


def test_a_pdf_may_be_read_in_the_browser(both: None):
    assert (
        pdf_response(b"%PDF-", "Relevé", inline=True).headers["Content-Disposition"] == 'inline; filename="releve.pdf"'
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [("Relevé d’été", "releve-d-ete"), ('a"\r\nX: b', "a-x-b"), ("…", "document"), ("a" * 200, "a" * 100)],
)
def test_the_name_of_a_file_is_safe(words: str, name: str):
    assert file_name(words) == name
