"""An open offer in the words of schema.org, for search engines: https://schema.org/JobPosting."""

from typing import Any, Final

from app.core.clock import civil_day
from app.offers.models import Offer
from app.offers.queries import Asks
from app.offers.rules import FULL_TIME, EmploymentKind, PayPeriod
from app.reference.models import Commune

_UNITS: Final = {PayPeriod.HOUR: "HOUR", PayPeriod.MONTH: "MONTH", PayPeriod.YEAR: "YEAR"}
_TEMPORARY: Final = frozenset(
    {EmploymentKind.CDD, EmploymentKind.CDDI, EmploymentKind.INTERIM, EmploymentKind.MISSION, EmploymentKind.SEASONAL}
)


def job_posting(offer: Offer, asks: Asks, address: str) -> dict[str, Any]:
    """The JSON-LD of a public offer of a job: what its page says, nothing more; never its street.

    A stage has none. It is no employment and nobody is paid: a JobPosting, even as INTERN, would put it among paid jobs
    in the search engines, and mislead.
    """
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": offer.title,
        "description": offer.description or offer.title,
        "url": address,
        "identifier": {"@type": "PropertyValue", "name": "Portail insertion", "value": str(offer.number)},
        "datePosted": civil_day(offer.published_at).isoformat() if offer.published_at else None,
        "validThrough": f"{offer.expires_on}T23:59:59" if offer.expires_on else None,
        "employmentType": _types(offer),
        "hiringOrganization": {"@type": "Organization", "name": offer.organisation.name},
        "jobLocation": _place(offer.commune),
        "jobStartDate": offer.start_on.isoformat(),
        "totalJobOpenings": offer.posts_left,
        "workHours": f"{offer.hours_week.normalize():f} h par semaine".replace(".", ","),
        "baseSalary": _salary(offer),
        "skills": ", ".join((*asks.required_skills, *asks.wished_skills)) or None,
        "qualifications": ", ".join((*asks.required_titles, *asks.required_licences)) or None,
        "directApply": True,
    }
    return {key: _said(value) for key, value in posting.items() if value is not None}


def _place(commune: Commune) -> dict[str, Any]:
    """The commune, and its postcode when it has only one."""
    address = {
        "@type": "PostalAddress",
        "addressLocality": commune.name,
        "postalCode": commune.postcodes[0] if len(commune.postcodes) == 1 else None,
        "addressRegion": "Essonne",
        "addressCountry": "FR",
    }
    return {"@type": "Place", "address": address}


def _types(offer: Offer) -> list[str]:
    types = ["FULL_TIME" if offer.hours_week >= FULL_TIME else "PART_TIME"]
    if offer.employment_kind in _TEMPORARY:
        types.append("TEMPORARY")
    if offer.employment_kind is EmploymentKind.INDEPENDENT:
        types = ["CONTRACTOR"]
    return types


def _salary(offer: Offer) -> dict[str, Any] | None:
    low, high = offer.pay_min, offer.pay_max
    if low is None and high is None:
        return None
    amounts = {"value": low} if high is None or low == high else {"minValue": low, "maxValue": high}
    return {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {
            "@type": "QuantitativeValue",
            "unitText": _UNITS[offer.pay_period],
            **{name: float(amount) for name, amount in amounts.items() if amount is not None},
        },
    }


def _said(value: Any) -> Any:
    """Without what is not known."""
    if isinstance(value, dict):
        return {key: _said(part) for key, part in value.items() if part is not None}
    return value
