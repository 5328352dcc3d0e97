"""How is a value of the official file said in French, before and after a change?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.clauses.labels.decp import DECP_FAULT_WORDS, DECP_FIELDS, FORMS
from app.clauses.rules.decp import (
    DecpChange,
    DecpContract,
    DecpFaultKind,
    DecpFirm,
    DecpForm,
    DecpSubcontract,
    DecpSubcontractChange,
)
from app.core.french import plural
from app.core.french import siret as siret_words
from app.core.quantities import format_date_short, format_euros, format_number

NOTHING: Final = "rien"
OTHERS: Final = "Ce marché est déjà suivi par une autre équipe."
_MONEY: Final = frozenset({"amount", "subsidy"})
_PERCENTS: Final = frozenset({"advance_rate", "origin_eu", "origin_france"})


def field_words(contract: DecpContract, name: str) -> str:
    """A field of a contract in words, « rien » when it is not said."""
    return _words(name, getattr(contract, name))


def _words(name: str, value: Any) -> str:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "oui" if value else "non"
        case DecpForm():
            return FORMS[value]
        case date():
            return format_date_short(value)
        case Decimal() if name in _MONEY:
            return format_euros(value)
        case Decimal() | int():
            return plural(int(value), "mois") if name == "months" else _number(name, Decimal(value))
        case tuple():
            return " ; ".join(_item(one) for one in value)
    return siret_words(value) if name == "buyer_siret" else str(value)


def _number(name: str, value: Decimal) -> str:
    share = value * 100 if name in _PERCENTS else value
    text = format_number(share, 0 if share == share.to_integral_value() else 2)
    return f"{text}\u00a0%" if name in _PERCENTS else text


def _item(one: Any) -> str:
    match one:
        case DecpFirm():
            return firm_words(one)
        case DecpChange():
            return _record(one, [_words("amount", one.amount), _words("months", one.months), one.subject])
        case DecpSubcontract():
            firm = firm_words(one.firm) if one.firm else ""
            return _record(one, [firm, _words("amount", one.amount)])
        case DecpSubcontractChange():
            return _record(one, [_words("amount", one.amount)])
    return str(one)


def _record(one: Any, parts: list[str]) -> str:
    head = f"n°\u00a0{one.id}" if one.id is not None else "sans numéro"
    day = f" du {format_date_short(one.notified_on)}" if one.notified_on else ""
    told = ", ".join(part for part in parts if part and part != NOTHING)
    return f"{head}{day}\u00a0: {told}" if told else f"{head}{day}"


def firm_words(firm: DecpFirm) -> str:
    """« Peintures Morel, 356 000 000 00048 », « TVA DE1 »."""
    number = siret_words(firm.id) if firm.id_kind == "SIRET" else f"{firm.id_kind} {firm.id}"
    return f"{firm.name}, {number}" if firm.name else number


def fault_words(fault: Mapping[str, Any]) -> str:
    """What is wrong, as a sentence; what a person has to finish is written in it."""
    if fault["kind"] == "others":
        return OTHERS
    if fault["kind"] in {"refused", "note"}:
        return str(fault["written"])
    return DECP_FAULT_WORDS[DecpFaultKind(fault["kind"])]


def field_name(name: str) -> str:
    """« Montant »."""
    return DECP_FIELDS.get(name, name)
