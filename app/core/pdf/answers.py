"""What does the address of a document answer? Its PDF, or the page to print when none can be drawn."""

import re
import unicodedata
from datetime import date
from typing import Any, Final

from flask import Response, make_response, render_template

from app.core import clock
from app.core.errors import PdfUnavailable
from app.core.pdf import pdf_of

PDF_MISSING: Final = (
    "Le PDF n’est pas disponible pour le moment. Cette page dit la même chose\u00a0: imprimez-la, "
    "ou choisissez «\u00a0Enregistrer au format PDF\u00a0» dans la fenêtre d’impression."
)


def document_answer(
    template: str, *, title: str, name: str, made_on: date | None = None, inline: bool = False, **context: Any
) -> Response:
    """The answer of a document's address: its PDF, or where none can be drawn the same page to print and why.

    ``template`` extends ``layout/pdf.html if pdf else layout/document.html``. ``name`` is the file's, without its end.
    """
    day = made_on or clock.today()
    page = render_template(template, pdf=True, **context)
    try:
        data = pdf_of(page, title=title, made_on=day)
    except PdfUnavailable:
        return make_response(render_template(template, pdf=False, pdf_missing=PDF_MISSING, **context))
    return pdf_response(data, name, inline=inline)


def pdf_response(data: bytes, name: str, *, inline: bool = False) -> Response:
    """A PDF to download, or to read in the browser."""
    response = Response(data, mimetype="application/pdf")
    way = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{file_name(name)}.pdf"'
    return response


def file_name(words: str) -> str:
    """« Attestation – lot n° 2 » → « attestation-lot-n-2 », safe in a header and on every disk."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100] or "document"
