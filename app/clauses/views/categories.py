"""« Catégories de public »: what proves each, how old the proof may be, whether it may be chosen."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.clauses.forms.eligibility import CategoryForm
from app.clauses.queries.categories import all_categories, fingerprint
from app.clauses.service.categories import change_category
from app.clauses.views.blueprint import blueprint
from app.core.errors import NotFound
from app.core.policy import requires, the_actor
from app.core.roles import Role


@blueprint.get("/clauses/categories")
@requires(Role.DEPARTMENT)
def categories() -> ResponseReturnValue:
    """The list of the département."""
    return render_template("clauses/categories.html", categories=all_categories())


@blueprint.route("/clauses/categories/<slug>", methods=["GET", "POST"])
@requires(Role.DEPARTMENT)
def category_edit(slug: str) -> ResponseReturnValue:
    """Change one of them."""
    category = next((one for one in all_categories() if one.slug == slug), None)
    if category is None:
        raise NotFound
    said = {"proof": category.proof, "proof_max_months": category.proof_max_months, "active": category.active}
    form = CategoryForm(data={**said, "version": fingerprint(category)})
    if form.sent:
        change_category(
            slug,
            proof=form.proof.data or "",
            proof_max_months=form.proof_max_months.data,  # type: ignore[arg-type]
            active=bool(form.active.data),
            by=the_actor(),
            version=form.version.data,
        )
        flash("C’est enregistré. Ce qui est déjà vérifié garde sa date.", "success")
        return redirect(url_for(".categories"), 303)
    return render_template("clauses/category_edit.html", category=category, form=form)
