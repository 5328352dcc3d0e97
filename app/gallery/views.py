"""Routes of the gallery: the components, the same for candidates, a printed page, and the error pages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.clauses.labels.drawing import draw
from app.clauses.rules.curve import curve
from app.clauses.rules.progress import MonthHours
from app.core.forms import PortalForm
from app.core.grid import Grid, Preset, Span
from app.core.paging import Page
from app.core.policy import public
from app.core.rendering import error_page
from app.gallery.forms import FilterForm, GalleryForm, QuestionForm

blueprint = Blueprint("gallery", __name__)
F = TypeVar("F", bound=PortalForm)

SHOWN_DAY = date(2026, 11, 5)
MORNINGS = Grid.from_spans(Span(day, 12, 23) for day in range(5))
FREE = Grid.from_presets([Preset.DAY, Preset.WEEKEND])
PREFIX = "faux-"  # both forms of the page have their own ids
WRONG = MultiDict(
    (PREFIX + name, value)
    for name, value in {
        "title": "",
        "siret": "2691001230001",
        "start": "31/11/2026",
        "pay": "douze",
        "contract": "",
        "week-preset": "early",
        "week-0-0-start": "6h10",
        "week-0-0-end": "12h",
    }.items()
)
_STARTS, _ENDS = date(2026, 3, 2), date(2027, 1, 15)
CURVE = draw(
    curve(
        [
            MonthHours(date(2026, month, 1), Decimal(hours), Decimal(hours))
            for month, hours in enumerate(range(40, 120, 10), 3)
        ],
        [(_STARTS, Decimal(600)), (date(2026, 6, 1), Decimal(720))],
        starts_on=_STARTS,
        ends_on=_ENDS,
        today=SHOWN_DAY,
        forecast=Decimal(690),
    ),
    title="Heures cumulées",
    starts_on=_STARTS,
    ends_on=_ENDS,
    today=SHOWN_DAY,
)
ERRORS: dict[int, dict[str, Any]] = {
    400: {},
    401: {},
    403: {},
    404: {},
    405: {},
    409: {
        "mine": [("Postes", "4", True), ("Salaire", "12,40\u00a0€ de l’heure", False)],
        "theirs": [("Postes", "2", True), ("Salaire", "12,40\u00a0€ de l’heure", False)],
        "values": [("posts", "4")],
        "version": 7,
        "action": "/composants",
    },
    410: {"title_of": "Maçon, Corbeil-Essonnes"},
    413: {},
    429: {"retry_after": 540},
    500: {"error_id": "7f3a-c41d"},
    503: {},
}


def _sent(kind: type[F]) -> F:
    """A form as somebody sent it, wrong."""
    form = kind(WRONG, prefix=PREFIX, meta={"csrf": False})
    form.validate()
    return form


@blueprint.get("/composants")
@public
def components() -> ResponseReturnValue:
    """Every component in every state."""
    wrong = _sent(GalleryForm)
    right = GalleryForm(None, data={"title": "Agent d’entretien", "means": ["bus"], "week": FREE, "start": SHOWN_DAY})
    return render_template(
        "gallery/components.html",
        wrong=wrong,
        right=right,
        filter_form=FilterForm(None),
        page=Page(items=(), number=2, size=20, total=170),
        mornings=MORNINGS,
        free=FREE,
        shown_day=SHOWN_DAY,
        drawing=CURVE,
        shown_time=datetime(2026, 11, 3, 17, 4, tzinfo=UTC),
        errors=ERRORS,
    )


@blueprint.get("/composants/candidat")
@public
def candidate_components() -> ResponseReturnValue:
    """The same parts on a candidate's page."""
    return render_template("gallery/candidate.html", wrong=_sent(QuestionForm), free=FREE)


@blueprint.get("/composants/document")
@public
def document() -> ResponseReturnValue:
    """A page made to be printed."""
    return render_template("gallery/document.html", mornings=MORNINGS)


@blueprint.get("/composants/erreurs/<int:status>")
@public
def error(status: int) -> ResponseReturnValue:
    """How an error page looks; the answer itself is a good one."""
    if status not in ERRORS:
        abort(404)
    return error_page(status, **ERRORS[status])[0]
