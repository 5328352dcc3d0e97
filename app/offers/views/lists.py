"""« Mes offres » and « Offres du territoire »: filtered, sorted, paged, exported."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from app.core import clock
from app.core.clock import civil_day
from app.core.db import db
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.offers import queries, service
from app.offers.forms import EmployerFilters, TerritoryFilters
from app.offers.labels import EMPLOYMENTS, KINDS, STATE_LOOKS, STATES, employment_words, pay_words
from app.offers.models import Offer
from app.offers.views.blueprint import blueprint
from app.reference import queries as reference

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Numéro", "Titre", "Métier", "Organisation", "Commune", "Type", "Contrat", "Début", "Fin", "Heures par semaine",
    "Salaire", "Postes", "Postes pourvus", "État", "Publiée le", "Dernier jour",
)  # fmt: skip


@blueprint.get("/mes-offres")
@requires(Role.EMPLOYER)
def mine() -> ResponseReturnValue:
    """The offers of the organisation in which the person acts."""
    filters = EmployerFilters(request.args)
    sort = request.args.get("tri", "-publication")
    query = queries.offers_listed(the_actor(), words=filters.words, state=filters.state, kind=filters.kind, sort=sort)
    return _listed("offers/mine.html", query, "mes-offres", filters=filters, sort=sort)


@blueprint.get("/offres-du-territoire")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.ADMINISTRATOR)
def all_offers() -> ResponseReturnValue:
    """The offers of the reader's territory, or of the whole département."""
    actor = the_actor()
    filters = TerritoryFilters(
        request.args,
        territories=reference.territory_choices(),
        families=reference.family_choices(),
        mine=actor.territory_code,
    )
    sort = request.args.get("tri", "-publication")
    query = queries.offers_listed(
        actor,
        words=filters.words,
        state=filters.state,
        kind=filters.kind,
        territory=filters.territoire.data or None,
        family=filters.famille.data or None,
        sort=sort,
    )
    return _listed("offers/all_offers.html", query, "offres", filters=filters, sort=sort)


def _listed(template: str, query: Select[Offer], name: str, **context: Any) -> ResponseReturnValue:
    if kind := request.args.get("export"):
        rows = db.session.scalars(query.limit(EXPORT_MOST)).all()
        return export(kind, f"{name}-{clock.today():%Y-%m-%d}", HEADER, _cells(rows))
    page, marks = paginate(query, page_number(request.args.get("page"))), dict[UUID, str]()
    service.MARKS([offer.id for offer in page], marks)
    return render_template(
        template,
        page=page,
        marks=marks,
        states=STATES,
        looks=STATE_LOOKS,
        employment=employment_words,
        **context,
    )


def _cells(offers: Sequence[Offer]) -> Iterator[Sequence[Any]]:
    for offer in offers:
        yield (
            offer.number,
            offer.title,
            offer.trade.name if offer.trade else None,
            offer.organisation.name,
            offer.commune.name if offer.commune else None,
            KINDS[offer.kind],
            EMPLOYMENTS[offer.employment_kind] if offer.employment_kind else None,
            offer.start_on,
            offer.end_on,
            offer.hours_week,
            pay_words(offer.pay_min, offer.pay_max, offer.pay_period),
            offer.posts,
            offer.posts_filled,
            STATES[offer.state],
            civil_day(offer.published_at) if offer.published_at else None,
            offer.expires_on,
        )
