"""Which contracts does an official file hold, and what is wrong in it? Nothing in the content makes this fail."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from app.clauses.rules.decp import values
from app.clauses.rules.decp.contract import (
    DecpContract,
    DecpFault,
    DecpFaultKind,
    DecpFirm,
    DecpForm,
    DecpKey,
    DecpRead,
)
from app.clauses.rules.decp.fields import FIELDS, FIRMS, RECORD_LISTS, WORD_LISTS, Field, RecordList, WordList

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_CONTRACTS: Final = 50_000
MOST_PARTS: Final = 2_000_000
"""Objects, lists and values: what a file may make the memory hold."""
MOST_RECORDS: Final = 500
MOST_LETTERS: Final = 1_000


def read_decp(data: bytes) -> DecpRead:
    """Read the JSON of schema 2.0, the lists and bare holders of 1.x, and numbers written as texts."""
    content, problem = _json(data)
    if problem is not None:
        return _nothing(problem, values.written(data[:80].decode("utf-8", "replace")))
    listed = list(_contracts_in(content))
    if not listed:
        return _nothing(DecpFaultKind.NO_CONTRACT, values.written(type(content).__name__))
    if len(listed) > MOST_CONTRACTS:
        return _nothing(DecpFaultKind.TOO_MANY, str(len(listed)))
    contracts: dict[DecpKey, DecpContract] = {}
    faults: list[DecpFault] = []
    for form, index, written in listed:
        reading = _Reading(form, index)
        contract = reading.contract(written)
        if contract is not None and contracts.setdefault(contract.key, contract) != contract:
            reading.add("id", DecpFaultKind.TWICE, contract.id, blocking=True)
            contract = None
        buyer = contract.buyer_siret if contract else ""
        faults.extend(replace(fault, buyer_siret=buyer) for fault in reading.faults)
    return DecpRead(tuple(contracts.values()), tuple(faults))


def _nothing(kind: DecpFaultKind, written: str) -> DecpRead:
    return DecpRead((), (DecpFault(-1, "", "", kind, written, blocking=True),))


def _json(data: bytes) -> tuple[Any, DecpFaultKind | None]:
    if len(data) > MOST_BYTES:
        return None, DecpFaultKind.TOO_BIG
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MOST_PARTS:
        return None, DecpFaultKind.TOO_MANY
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=str, strict=False), None
    except RecursionError:
        return None, DecpFaultKind.TOO_DEEP
    except ValueError:
        return None, DecpFaultKind.NOT_JSON


def _contracts_in(content: Any) -> Iterator[tuple[DecpForm, int, Any]]:
    """Each contract with its list and its rank there: under ``marches``, in a bare list, or in one of the two lists."""
    inside = content.get("marches", content) if isinstance(content, dict) else content
    if isinstance(inside, list):
        for index, written in enumerate(inside):
            yield _form_of(written), index, written
    elif isinstance(inside, dict):
        for form in DecpForm:
            listed = inside.get(form.value)
            for index, written in enumerate(listed if isinstance(listed, list) else [listed] if listed else []):
                yield form, index, written


def _form_of(written: Any) -> DecpForm:
    said = isinstance(written, dict) and ("autoriteConcedante" in written or "valeurGlobale" in written)
    return DecpForm.CONCESSION if said and not written.get("acheteur") else DecpForm.PUBLIC_CONTRACT


def _at(content: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path; « acheteur » may be the number itself, and « acheteur.id » a key."""
    if len(path) == 1:
        return content.get(path[0])
    outer = content.get(path[0])
    if isinstance(outer, dict):
        return outer.get(path[1])
    return outer if outer is not None and path[1] in {"id", "code"} else content.get(".".join(path))


@dataclass
class _Reading:
    """One contract being read: what is wrong gathers here."""

    form: DecpForm
    index: int
    contract_id: str = ""
    faults: list[DecpFault] = field(default_factory=list)

    def add(self, path: str, kind: DecpFaultKind, written: Any, *, blocking: bool = False) -> None:
        shown = values.written(written) if not isinstance(written, dict | list) else ""
        self.faults.append(DecpFault(self.index, self.contract_id, path, kind, shown, blocking, self.form))

    def contract(self, content: Any) -> DecpContract | None:
        """The contract, or None when something without which it is none could not be read."""
        if not isinstance(content, dict):
            self.add("", DecpFaultKind.NOT_AN_OBJECT, content, blocking=True)
            return None
        self.contract_id = values.written(content.get("id") or "")
        found: dict[str, Any] = {"form": self.form}
        found |= self._values(content, FIELDS[self.form])
        for words in WORD_LISTS[self.form]:
            found[words.name] = self._words(content.get(words.outer), words)
        found["holders"] = self._firms(content, FIRMS[self.form][0])
        for records in RECORD_LISTS[self.form]:
            found[records.name] = tuple(self._records(content, records))
        return None if any(fault.blocking for fault in self.faults) else DecpContract(**found)

    def _values(self, content: Mapping[str, Any], fields: tuple[Field, ...], under: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for entry in fields:
            value = _at(content, entry.path)
            if values.is_unsaid(value):
                if entry.needed:
                    self.add(under + entry.written, DecpFaultKind.MISSING, "", blocking=entry.blocking)
                continue
            try:
                found[entry.name] = self._short(entry.read(value), under + entry.written)
            except values.Unread as unread:
                self.add(under + entry.written, unread.kind, value, blocking=entry.blocking)
        return found

    def _short(self, value: Any, path: str) -> Any:
        """A text no longer than the format allows."""
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            self.add(path, DecpFaultKind.TOO_LONG, value)
            return value[:MOST_LETTERS].rstrip()
        return value

    def _words(self, content: Any, words: WordList) -> tuple[str, ...]:
        inside = content.get(words.inner) if isinstance(content, dict) else content
        if isinstance(inside, list) and inside and all(isinstance(item, dict) for item in inside):
            inside = [item.get(words.inner) for item in inside]
        known, strange = values.as_words(inside, words.words)
        for item in strange[:10]:
            self.add(f"{words.outer}.{words.inner}", DecpFaultKind.UNKNOWN_WORD, item)
        return known

    def _items(self, content: Any, inner: str, path: str) -> Iterator[tuple[str, Any]]:
        """The items of a list with their paths, with or without a name around each, around several, or around all."""
        if values.is_unsaid(content):
            return
        if not isinstance(content, list | dict):
            self.add(path, DecpFaultKind.NOT_A_LIST, content)
            return
        listed: list[Any] = []
        for item in content if isinstance(content, list) else [content]:
            inside = item.get(inner, item) if isinstance(item, dict) else item
            listed.extend(inside if isinstance(inside, list) else [inside])
        if len(listed) > MOST_RECORDS:
            self.add(path, DecpFaultKind.TOO_MANY, len(listed))
        yield from ((f"{path}[{rank}]", item) for rank, item in enumerate(listed[:MOST_RECORDS], 1))

    def _firms(self, content: Mapping[str, Any], outer: str, under: str = "") -> tuple[DecpFirm, ...]:
        items = self._items(content.get(outer), FIRMS[self.form][1], f"{under}{outer}")
        firms = (self._firm(item, place) for place, item in items)
        return tuple(dict.fromkeys(firm for firm in firms if firm is not None))

    def _firm(self, content: Any, place: str) -> DecpFirm | None:
        if not isinstance(content, dict):
            self.add(place, DecpFaultKind.NOT_AN_OBJECT, content)
            return None
        said = {name: self._text(content.get(name), f"{place}.{name}") for name in ("typeIdentifiant", "id")}
        name = self._text(content.get("denominationSociale"), f"{place}.denominationSociale")
        if not said["id"]:
            self.add(f"{place}.id", DecpFaultKind.MISSING, "")
            return None
        kind, number = said["typeIdentifiant"].upper() or "SIRET", said["id"]
        if kind == "SIRET":
            try:
                number = values.as_siret(number)
            except values.Unread as unread:
                self.add(f"{place}.id", unread.kind, number)
        return DecpFirm(kind, number, name)

    def _text(self, value: Any, path: str) -> str:
        try:
            return "" if values.is_unsaid(value) else str(self._short(values.as_text(value), path))
        except values.Unread as unread:
            self.add(path, unread.kind, value)
            return ""

    def _records(self, content: Mapping[str, Any], records: RecordList) -> Iterator[Any]:
        for place, inside in self._items(content.get(records.outer), records.inner, records.outer):
            if not isinstance(inside, dict):
                self.add(place, DecpFaultKind.NOT_AN_OBJECT, inside)
                continue
            found = self._values(inside, records.fields, f"{place}.")
            if records.holders:
                found["holders"] = self._firms(inside, records.holders, f"{place}.")
            if records.firm and inside.get(records.firm):
                found["firm"] = self._firm(inside[records.firm], f"{place}.{records.firm}")
            yield records.type(**found)
