"""The trades, their everyday words, and the state of the official list."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import the_actor
from app.reference import queries, service
from app.reference.forms import TradeFilters, WordsForm
from app.reference.labels import REFUSAL_WORDS, SOURCES
from app.reference.models import Trade
from app.reference.rules import tidy_words
from app.reference.views.blueprint import EVERYTHING, blueprint, editors, sort_asked

HEADER = ("Métier", "Au féminin", "Famille", "Code ROME", "Mots de tous les jours", "Liste")


@blueprint.get("/metiers")
@editors
def trades() -> ResponseReturnValue:
    """The trades, filtered and sorted."""
    form = TradeFilters(request.args, meta={"csrf": False})
    form.famille.choices = [("", "Toutes"), *queries.family_choices()]
    form.source.choices = [("", "Toutes"), *((kind.value, words) for kind, words in SOURCES.items())]
    query = queries.trades_listed(
        words=form.mots.data or "", family=form.famille.data, source=form.source.data, sort=sort_asked()
    )
    if kind := request.args.get("export"):
        rows = (
            (one.name, one.feminine, one.family.name, one.rome_code, ", ".join(one.words), SOURCES[one.source])
            for one in paginate(query, 1, EVERYTHING).items
        )
        return export(kind, "metiers", HEADER, rows)
    page = paginate(query, page_number(request.args.get("page")))
    return render_template("reference/trades.html", filters_form=form, page=page, sort=sort_asked(), sources=SOURCES)


@blueprint.route("/metiers/<slug>", methods=["GET", "POST"])
@editors
def trade(slug: str) -> ResponseReturnValue:
    """One trade: the words that find it, the trades near it, what the law asks."""
    row = db.session.get(Trade, slug)
    if row is None:
        raise NotFound
    form = WordsForm(version=row.version, words="\n".join(row.words))
    if form.sent:
        try:
            service.change_words(
                slug, by=the_actor(), version=form.version.data, words=tidy_words(form.words.data or "")
            )
            flash("Les mots sont enregistrés.", "success")
            return redirect(url_for("reference.trade", slug=slug), 303)
        except Refused as refused:
            form.refuse(refused, REFUSAL_WORDS)
    return _trade_page(row, form)


def _trade_page(row: Trade, form: WordsForm) -> ResponseReturnValue:
    return render_template(
        "reference/trade.html",
        trade=row,
        form=form,
        moves=queries.moves_from(row.slug),
        titles=queries.title_names_required(row.slug),
        source=SOURCES[row.source],
    )


@blueprint.get("/metiers-rome")
@editors
def rome() -> ResponseReturnValue:
    """What the portal holds of the official list, and how an administrator brings it in."""
    codes, names = queries.rome_counts()
    return render_template("reference/rome.html", codes=codes, names=names, imports=queries.last_rome_imports())
