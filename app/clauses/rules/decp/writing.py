"""How are contracts written in the official format? What is read again is what was written."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from app.clauses.rules.decp.contract import DecpContract, DecpFirm, DecpForm
from app.clauses.rules.decp.fields import FIELDS, FIRMS, RECORD_LISTS, WORD_LISTS, Field, RecordList


def to_decp(contracts: Iterable[DecpContract]) -> bytes:
    """The JSON of schema 2.0, UTF-8. A value that the contract does not hold is left out, never invented."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for contract in contracts:
        lists.setdefault(contract.form.value, []).append(_written(contract))
    content = {"marches": lists or {DecpForm.PUBLIC_CONTRACT.value: []}}
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _plain(value: Any) -> Any:
    """A day as « 2026-09-01 », a number without useless zeros: below 10¹⁰ with two places a float is exact enough."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def _fields(record: Any, fields: Iterable[Field]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        value = getattr(record, field.name)
        if value is None or value == "":
            continue
        if len(field.path) == 1:
            found[field.path[0]] = _plain(value)
        else:
            found.setdefault(field.path[0], {})[field.path[1]] = _plain(value)
    return found


def _firm(firm: DecpFirm) -> dict[str, str]:
    named = {"denominationSociale": firm.name} if firm.name else {}
    return {"typeIdentifiant": firm.id_kind, "id": firm.id} | named


def _record(record: Any, records: RecordList, form: DecpForm) -> dict[str, Any]:
    found = _fields(record, records.fields)
    if records.holders and record.holders:
        found[records.holders] = [{FIRMS[form][1]: _firm(firm)} for firm in record.holders]
    if records.firm and record.firm:
        found[records.firm] = _firm(record.firm)
    return {records.inner: found}


def _written(contract: DecpContract) -> dict[str, Any]:
    form = contract.form
    found = _fields(contract, FIELDS[form])
    for words in WORD_LISTS[form]:
        if said := getattr(contract, words.name):
            found[words.outer] = {words.inner: list(said)}
    if contract.holders:
        outer, inner = FIRMS[form]
        found[outer] = [{inner: _firm(firm)} for firm in contract.holders]
    for records in RECORD_LISTS[form]:
        if said := getattr(contract, records.name):
            found[records.outer] = [_record(record, records, form) for record in said]
    return found
