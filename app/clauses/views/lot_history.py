"""How is what a lot owed since the start said, and what lacks in the parts of its firms?"""

from collections.abc import Sequence
from decimal import Decimal

from app.clauses.models import ContractVersion, Lot
from app.clauses.rules.kinds import HolderRole, ObjectiveMethod, TrancheKind
from app.core.quantities import format_date_short, format_hours, format_number


def history_of(lot: Lot, versions: Sequence[ContractVersion]) -> list[str]:
    """« du 02/03/2026 : 800 h », « avenant n° 1 au 01/06/2026 : 960 h », tranches affirmed, in the order of days."""
    numbers = {version.id: version.number for version in versions}
    rows = []
    for one in lot.versions:
        number = numbers.get(one.contract_version_id, 0) if one.contract_version_id else 0
        day = format_date_short(one.valid_from)
        start = f"avenant n°\u00a0{number} au {day}" if number else f"du {day}"
        billed = one.method is ObjectiveMethod.BILLED_RATE
        said = "selon le montant facturé" if billed else format_hours(one.hours)
        late = f", connu le {format_date_short(one.known_from)}" if one.known_from > one.valid_from else ""
        rows.append((one.valid_from, number, f"{start}\u00a0: {said}{late}"))
    for tranche in lot.tranches:
        if tranche.kind is TrancheKind.OPTIONAL and tranche.affirmed_on:
            day = format_date_short(tranche.affirmed_on)
            text = f"{tranche.label} affermie le {day}\u00a0: {format_hours(tranche.hours)} de plus"
            rows.append((tranche.affirmed_on, 0, text))
    return [text for _, _, text in sorted(rows)]


def share_note(lot: Lot) -> str:
    """What lacks for the parts of a lot to make 100; empty when they do."""
    present = [one for one in lot.holders if one.until is None and one.role is not HolderRole.SUBCONTRACTOR]
    if not present:
        return "Aucun titulaire pour l’instant."
    total = sum((one.share or Decimal(0) for one in present), Decimal(0))
    if total == 100:
        return ""
    return f"Les parts font {format_number(total, 0 if total == int(total) else 2)}\u00a0%\u00a0: il en faut 100."
