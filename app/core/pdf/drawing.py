"""What does WeasyPrint draw of a page? Imported by the child alone: it takes 60 MB and needs Pango."""

from hashlib import sha256
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.core.pdf.tagging import dress_drawings, tidy
from app.core.settings import ROOT

STYLESHEET: Final = ROOT / "app" / "static" / "print.css"
DRAWINGS: Final = ROOT / "app" / "static" / "print-drawings.css"
VARIANT: Final = "pdf/ua-1"


class DataOnly(URLFetcher):
    """Fetches what the page carries in itself (``data:``); refuses files and every network."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The content of a ``data:`` address; ValueError, which WeasyPrint survives, for any other."""
        if not url.lower().startswith("data:"):
            raise ValueError("only data: addresses are read")
        return super().fetch(url, headers)


def draw(html: str, title: str, author: str, made_on: str | None) -> bytes:
    """The PDF of a page with the portal's print stylesheet, French unless the page says otherwise."""
    fetcher = DataOnly()
    page = HTML(string=html, url_fetcher=fetcher)
    dress_drawings(page.etree_element, DRAWINGS.read_text("utf-8"))
    looks = CSS(string=STYLESHEET.read_text("utf-8"), url_fetcher=fetcher)
    document = page.render(stylesheets=[looks], pdf_variant=VARIANT)
    metadata = document.metadata
    metadata.title, metadata.authors, metadata.lang = title, [author], metadata.lang or "fr"
    metadata.generator, metadata.created, metadata.modified = "Portail insertion", made_on, made_on
    metadata.attachments = []
    identifier = sha256(f"{html}\0{title}\0{author}\0{made_on}".encode()).hexdigest()[:32]
    data: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier.encode(), finisher=tidy)
    return data
