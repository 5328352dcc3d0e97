"""« Marchés et lots », « Mes marchés » of an employer, and the form of a contract."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.contract_lists import ContractFilters, MyFilters
from app.clauses.forms.contracts import ContractFields, EditContractForm, NewContractForm, written
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.contracts import BAR_LOOKS, OBLIGATION, STANDING_LOOKS, STANDINGS
from app.clauses.labels.hours import period_words
from app.clauses.labels.kinds import CLAUSE_KINDS, NATURES
from app.clauses.labels.states import CONTRACT_LOOKS, CONTRACT_STATES
from app.clauses.models import Holder, PublicContract
from app.clauses.queries.buyers import buyer_choices, buyer_names, find_buyer
from app.clauses.queries.contract_figures import figures_of
from app.clauses.queries.contract_lots import plie_choices
from app.clauses.queries.contracts import contracts_listed, holder_names
from app.clauses.queries.mine import due_words
from app.clauses.queries.my_lots import lines_of, my_lots
from app.clauses.queries.visible import the_contract
from app.clauses.rules.contracts import BuyerValues
from app.clauses.rules.figures import obligation_flag
from app.clauses.rules.states import ContractState
from app.clauses.service import contracts as service
from app.clauses.views.blueprint import blueprint
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.reference import queries as reference

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Numéro", "Objet", "Acheteur", "Titulaires", "Nature", "État", "Montant HT", "Notification", "Livraison", "Clause",
    "Heures dues", "Heures validées", "Heures comptées", "Reste", "Avancement (%)", "Situation", "Obligation 2026",
)  # fmt: skip
MY_HEADER: Final = (
    "Numéro", "Objet", "Lot", "Intitulé du lot", "Acheteur", "État", "Ma part des heures", "Déclarées", "Validées",
    "Reste", "Prochain rapport", "À envoyer avant le",
)  # fmt: skip
STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)


def flagged(contract: PublicContract) -> bool:
    """« obligation sociale : clause ou motif » (rules.figures)."""
    return contract.state is not ContractState.CANCELLED and obligation_flag(
        contract.notified_on,
        contract.nature,
        contract.buyer.kind,
        contract.amount,
        contract.clause_kind,
        contract.obligation_reason,
    )


def contract_url(contract_id: UUID) -> str:
    """The first page of a contract."""
    known = "clauses.contract" in current_app.view_functions
    return url_for("clauses.contract" if known else "clauses.contract_lots", contract_id=contract_id)


@blueprint.get("/clauses")
@requires(*STEERS, Role.EMPLOYER)
def contracts() -> ResponseReturnValue:
    """The contracts of those who steer; for an employer, its own lots."""
    return _my_contracts() if the_actor().role is Role.EMPLOYER else _all_contracts()


def _all_contracts() -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    filters = ContractFilters(request.args, buyers=buyer_choices(actor), territories=reference.territory_choices())
    asked = filters.asked(request.args.get("tri"))
    query = contracts_listed(actor, asked, today)
    if kind := request.args.get("export"):
        rows = db.session.scalars(query.limit(EXPORT_MOST)).unique().all()
        return export(kind, f"marches-{today:%Y-%m-%d}", HEADER, _cells(rows))
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "clauses/contracts.html",
        page=page,
        figures=figures_of([row.id for row in page], today),
        flags={row.id for row in page if flagged(row)},
        filters=filters,
        sort=asked.sort,
        contract_url=contract_url,
        obligation=OBLIGATION,
        **_words(),
    )


def _my_contracts() -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    filters, sort = MyFilters(request.args), request.args.get("tri", "numero")
    query = my_lots(actor, words=filters.words, state=filters.state, sort=sort)
    if kind := request.args.get("export"):
        held = db.session.scalars(query.limit(EXPORT_MOST)).unique().all()
        return export(kind, f"mes-marches-{today:%Y-%m-%d}", MY_HEADER, _my_cells(held))
    page = paginate(query, page_number(request.args.get("page")))
    return render_template(
        "clauses/my_contracts.html",
        page=page,
        lines=lines_of(list(page), today),
        filters=filters,
        sort=sort,
        narrowed=bool(filters.words or filters.state),
        period_words=period_words,
        lot_url=_lot_url,
        due_words=lambda one: due_words(one, today),
        **_words(),
    )


def _lot_url(holder: Holder) -> str:
    """The page of a lot, else what the firm reports of it."""
    if "clauses.lot" in current_app.view_functions:
        return url_for("clauses.lot", lot_id=holder.lot_id)
    return url_for("clauses.my_hours")


def _words() -> dict[str, Any]:
    return {
        "states": CONTRACT_STATES,
        "looks": CONTRACT_LOOKS,
        "natures": NATURES,
        "standings": STANDINGS,
        "standing_looks": STANDING_LOOKS,
        "bar_looks": BAR_LOOKS,
    }


def _cells(rows: Sequence[PublicContract]) -> Iterator[Sequence[Any]]:
    ids = [row.id for row in rows]
    figures, names = figures_of(ids, clock.today()), holder_names(ids)
    for row in rows:
        one = figures[row.id]
        percent = round(one.ratio * 100, 2) if one.ratio is not None else None
        yield (
            row.number, row.title, row.buyer.name, ", ".join(names.get(row.id, ())), NATURES[row.nature],
            CONTRACT_STATES[row.state], row.amount, row.notified_on, row.delivered_on, CLAUSE_KINDS[row.clause_kind],
            one.due, one.validated, one.counted, one.left, percent,
            STANDINGS[one.standing] if one.standing else None, "à compléter" if flagged(row) else None,
        )  # fmt: skip


def _my_cells(held: Sequence[Holder]) -> Iterator[Sequence[Any]]:
    for line in lines_of(held, clock.today()):
        lot, contract, owed = line.holder.lot, line.holder.lot.contract, line.next_report
        yield (
            contract.number, contract.title, lot.number, lot.title, contract.buyer.name,
            CONTRACT_STATES[contract.state], line.due, line.declared, line.validated, line.left,
            period_words(owed.period) if owed else None, owed.due if owed else None,
        )  # fmt: skip


def _prepare(form: ContractFields, *, started: bool = False) -> None:
    form.offer(
        find_commune=reference.find_commune,
        suggest_communes=reference.suggest_communes,
        plies=plie_choices() if the_actor().role is Role.DEPARTMENT else None,
        started=started,
    )


def _buyer(form: Any) -> UUID | BuyerValues | None:
    """The one that the words name, or the new one; None, with what lacks said beside the field."""
    known = find_buyer(the_actor(), form.buyer.data, form.buyer_siret.data or None)
    if known is not None:
        return known.id
    words: BuyerValues | None = form.buyer_words()
    if words is None:
        message = "Cet acheteur n’est pas encore connu. Dites sa nature pour l’ajouter."
        form.buyer_kind.errors = [*form.buyer_kind.errors, message]
    return words


def _page(form: ContractFields, contract: PublicContract | None = None) -> ResponseReturnValue:
    return render_template(
        "clauses/contract_form.html",
        form=form,
        contract=contract,
        started=contract is not None and contract.state is not ContractState.PREPARED,
        flag=contract is not None and flagged(contract),
        buyers=buyer_names(the_actor()),
        communes=reference.commune_names(),
        obligation=OBLIGATION,
    )


def _after(contract: PublicContract) -> ResponseReturnValue:
    row = the_contract(the_actor(), contract.id)
    if flagged(row):
        flash(f"{OBLIGATION}. Dites la sorte de clause, ou écrivez le motif.", "warning")
        return redirect(url_for("clauses.contract_edit", contract_id=contract.id), 303)
    return redirect(url_for("clauses.contract_lots", contract_id=contract.id), 303)


@blueprint.route("/clauses/marches/nouveau", methods=["GET", "POST"])
@requires(*STEERS)
def contract_new() -> ResponseReturnValue:
    """Write a new contract, to be prepared."""
    form = NewContractForm()
    _prepare(form)
    if form.sent and (buyer := _buyer(form)) is not None:
        try:
            row = service.create_contract(form.row_id.data, form.content(buyer), by=the_actor(), today=clock.today())
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le marché est enregistré. Ajoutez maintenant ses lots.", "success")
            return _after(row)
    return _page(form)


@blueprint.route("/clauses/marches/<uuid:contract_id>/modifier", methods=["GET", "POST"])
@requires(*STEERS)
def contract_edit(contract_id: UUID) -> ResponseReturnValue:
    """Correct a contract; once it has started, amount and dates are left to avenants."""
    contract = the_contract(the_actor(), contract_id)
    form = EditContractForm(data=written(contract))
    _prepare(form, started=contract.state is not ContractState.PREPARED)
    if form.sent and (buyer := _buyer(form)) is not None:
        values = form.content(buyer, contract)
        try:
            row = service.save_contract(
                contract_id, values, by=the_actor(), today=clock.today(), version=form.version.data
            )
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
        else:
            flash("Le marché est enregistré.", "success")
            return _after(row)
    return _page(form, contract)
