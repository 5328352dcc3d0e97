"""One contract of the official file becomes a contract, its lot, its firms and its avenants, through their own acts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from app.clauses.models import Holder, Lot, PublicContract
from app.clauses.queries import decp as queries
from app.clauses.rules.contracts import AmendmentValues, BuyerValues, ContractRefusal, ContractValues
from app.clauses.rules.decp import DecpContract, DecpFirm, nature_of_contract
from app.clauses.rules.decp.taking import (
    Place,
    as_json,
    buyer_kind_of,
    change_id,
    clause_of,
    last_day,
    places,
    row_id,
    siret_of,
)
from app.clauses.rules.kinds import ContractSource, HolderRole, Nature
from app.clauses.rules.lots import HolderValues, LotValues
from app.clauses.rules.states import PUBLIC_CONTRACT, ContractAction, ContractState
from app.clauses.service.contracts import add_holder, add_lot, create_contract, record_amendment, save_contract
from app.clauses.service.holders import save_holder
from app.clauses.service.moving import move
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor

_LONG: Final = 200
_DATED: Final = {"amount", "months", "notified_on", "starts_on", "changes"}


@dataclass(frozen=True, slots=True)
class Taker:
    """Takes contracts for somebody on a day; names and communes were looked up once for all."""

    by: Actor
    today: date
    names: dict[str, str]
    communes: set[str]

    @classmethod
    def for_contracts(cls, contracts: Sequence[DecpContract], *, by: Actor, today: date) -> "Taker":
        """Look up who has these SIRET, and which places are in the département."""
        firms = (siret_of(firm) for one in contracts for firm in (*one.holders, *one.holders_now))
        sirets = {one.buyer_siret for one in contracts} | {siret for siret in firms if siret}
        codes = {one.place_code for one in contracts}
        return cls(by, today, queries.organisation_names(sirets), queries.communes_known(codes))

    def add(self, contract: DecpContract) -> UUID:
        """A contract that the portal did not know: it runs once it is notified. Raises Refused."""
        values = ContractValues(
            buyer=BuyerValues(
                name=self.names.get(contract.buyer_siret) or contract.buyer_name or f"Acheteur {contract.buyer_siret}",
                kind=buyer_kind_of(contract.buyer_siret),
                siret=contract.buyer_siret,
            ),
            number=contract.id,
            source=ContractSource.DECP,
            **self._typed(contract),
            **_dated(contract),
        )
        made = create_contract(row_id(contract), values, by=self.by, today=self.today)
        made.decp = as_json(contract)
        lot_id = row_id(contract, "lot")
        commune = values.commune_insee
        lot = LotValues(number=1, title=contract.subject[:_LONG], cpv=contract.cpv, commune_insee=commune)
        add_lot(made.id, lot, by=self.by, today=self.today, row_id=lot_id)
        self._hold(contract, lot_id)
        if contract.notified_on <= self.today:
            move(made, PUBLIC_CONTRACT, ContractAction.START, self.by, subject="contract", reason="DECP")
            db.session.flush()
            self._amend(made, contract)
        return made.id

    def _typed(self, contract: DecpContract) -> dict[str, Any]:
        """What anybody may correct at any time."""
        kind, base = clause_of(contract)
        return {
            "title": contract.subject,
            "nature": nature_of_contract(contract) or Nature.SERVICES,
            "cpv": contract.cpv,
            "framework": "Accord-cadre" in contract.techniques,
            "clause_kind": kind,
            "legal_base": base,
            "commune_insee": contract.place_code if contract.place_code in self.communes else None,
        }

    def _hold(self, contract: DecpContract, lot_id: UUID) -> None:
        """Equal parts, the first is the mandataire; declared subcontractors work for it, as the file says no more."""
        head = None
        for place in places(contract.holders_now):
            held = row_id(contract, "firm", place.firm.id_kind, place.firm.id, place.firm.name)
            add_holder(lot_id, self._values(place), by=self.by, today=self.today, row_id=held)
            head = head or held
        firms = {siret_of(act.firm) or act.firm.id: act.firm for act in contract.subcontracts if act.firm}
        for firm in firms.values() if head else ():
            values = self._values(Place(firm, HolderRole.SUBCONTRACTOR, None), principal_id=head)
            add_holder(lot_id, values, by=self.by, today=self.today, row_id=row_id(contract, "sub", firm.id))

    def _values(self, place: Place, **more: Any) -> HolderValues:
        return HolderValues(
            name=self._name(place.firm), role=place.role, siret=siret_of(place.firm), share=place.share, **more
        )

    def _name(self, firm: DecpFirm) -> str:
        siret = siret_of(firm)
        return self.names.get(siret or "") or firm.name or f"Entreprise {firm.id}"

    def _amend(self, row: PublicContract, contract: DecpContract) -> None:
        """Each modification that says an amount or a duration is an avenant; one taken already stays."""
        for change in contract.in_order:
            if change.amount is None and change.months is None:
                continue
            label = " ".join(
                part for part in (f"Avenant {change.id}" if change.id else "Avenant", change.subject) if part
            )
            values = AmendmentValues(
                valid_from=max(change.notified_on or contract.notified_on, row.notified_on or contract.notified_on),
                label=label[:_LONG],
                amount=change.amount,
                delivered_on=last_day(contract, change.months),
            )
            self._record(row, values, change_id(contract, change))

    def _record(self, row: PublicContract, values: AmendmentValues, known: UUID) -> None:
        try:
            record_amendment(row.id, values, by=self.by, today=self.today, row_id=known)
        except Refused as refused:
            if refused.reasons != (ContractRefusal.AMENDMENT_EMPTY,):
                raise

    # --- a contract that is known -----------------------------------------------------------------------

    def change(self, contract_id: UUID, before: DecpContract, after: DecpContract, names: Collection[str]) -> list[str]:
        """Only what the official data changed is written; answers what a person has to finish. Raises Refused."""
        row = db.session.get_one(PublicContract, contract_id)
        prepared = row.state is ContractState.PREPARED
        typed = self._changed(before, after)
        dated = _dated(after) if prepared and _DATED & set(names) else {}
        if typed or dated:
            values = ContractValues(**{**_written(row), **typed, **dated})
            save_contract(contract_id, values, by=self.by, today=self.today)
        row = db.session.get_one(PublicContract, contract_id, populate_existing=True)
        notes = []
        if not prepared and _DATED & set(names):
            self._amend(row, after)
            self._correct(row, after)
        if "notified_on" in names and not prepared:
            notes.append("La date de notification a changé\u00a0: vérifiez-la sur le marché.")
        if [*before.holders_now] != [*after.holders_now]:
            notes += self._replace(row, before, after)
        row.decp = as_json(after)
        db.session.flush()
        return notes

    def _changed(self, before: DecpContract, after: DecpContract) -> dict[str, Any]:
        """What is written otherwise now: what a person corrected in the portal stays."""
        old, new = self._typed(before), self._typed(after)
        return {name: value for name, value in new.items() if old[name] != value}

    def _correct(self, row: PublicContract, contract: DecpContract) -> None:
        """The amount or the duration itself was corrected, without a modification that says so."""
        amount, delivered_on = contract.amount_now, last_day(contract, contract.months_now)
        if (amount or row.amount, delivered_on or row.delivered_on) == (row.amount, row.delivered_on):
            return
        values = AmendmentValues(
            valid_from=max(self.today, contract.notified_on),
            label="Correction des données essentielles",
            amount=amount,
            delivered_on=delivered_on,
        )
        known = row_id(contract, "correction", amount, delivered_on, self.today)
        self._record(row, values, known)

    def _replace(self, row: PublicContract, before: DecpContract, after: DecpContract) -> list[str]:
        """Who comes takes the place and the part of who leaves; a change of number is for a person to settle."""
        query = select(Holder).join(Lot, Lot.id == Holder.lot_id).where(Lot.contract_id == row.id)
        here = {one.siret or one.name: one for one in db.session.scalars(query) if one.until is None}
        keys = {_key(firm): firm for firm in after.holders_now}
        leaving = [here[key] for key in map(_key, before.holders_now) if key in here and key not in keys]
        coming = [firm for key, firm in keys.items() if key not in here]
        if len(leaving) != len(coming):
            return ["Les titulaires ont changé\u00a0: mettez à jour le lot et les parts."] if leaving or coming else []
        for old, firm in zip(leaving, coming, strict=True):
            role, share, lot_id = old.role, old.share or Decimal(100), old.lot_id
            until = max(self.today, old.since or self.today)
            values = HolderValues(
                name=old.name, role=role, siret=old.siret, share=old.share, since=old.since, until=until
            )
            save_holder(old.id, values, by=self.by)
            add_holder(lot_id, self._values(Place(firm, role, share), since=until), by=self.by, today=self.today)
        return []


def _key(firm: DecpFirm) -> str:
    return siret_of(firm) or firm.name


def _dated(contract: DecpContract) -> dict[str, Any]:
    """What the contract said at first."""
    return {
        "amount": contract.amount,
        "notified_on": contract.notified_on,
        "delivered_on": last_day(contract, contract.months),
    }


def _written(row: PublicContract) -> dict[str, Any]:
    """The contract as it is written now."""
    return {
        "buyer": row.buyer_id,
        "number": row.number,
        "title": row.title,
        "nature": row.nature,
        "cpv": row.cpv,
        "framework": row.framework,
        "amount": row.amount,
        "notified_on": row.notified_on,
        "delivered_on": row.delivered_on,
        "legal_base": row.legal_base,
        "clause_kind": row.clause_kind,
        "obligation_reason": row.obligation_reason,
        "commune_insee": row.commune_insee,
        "facilitator_organisation_id": row.facilitator_organisation_id,
        "source": row.source,
    }
