"""What search engines read first: the map of the open offers, and what they may visit."""

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue

from app.core.policy import public
from app.offers import queries
from app.offers.views.blueprint import blueprint

CLOSED = ("/connexion", "/mon-compte", "/mes-offres", "/candidats", "/candidatures", "/composants", "/accueil")


def _base() -> str:
    base: str = current_app.extensions["settings"].base_url
    return base


@blueprint.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Every open offer with the day of its last change. Ids and dates hold nothing to escape."""
    base = _base()
    lines = [f"<url><loc>{base}{url_for('offers.public_list')}</loc></url>"]
    for offer_id, changed in queries.open_addresses():
        address = url_for("offers.public_offer", offer_id=offer_id)
        lines.append(f"<url><loc>{base}{address}</loc><lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>")
    body = "\n".join(lines)
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n'
        "</urlset>\n",
        mimetype="application/xml",
    )


@blueprint.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """The public pages may be visited; the rest needs an account anyway."""
    closed = "\n".join(f"Disallow: {path}" for path in CLOSED)
    sitemap_address = f"{_base()}{url_for('offers.sitemap')}"
    return Response(f"User-agent: *\n{closed}\nSitemap: {sitemap_address}\n", mimetype="text/plain")
