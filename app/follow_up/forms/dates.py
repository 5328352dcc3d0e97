"""Several days typed in one field, as people write them: « 24/10 et 31/10 »."""

import re
from datetime import date

import wtforms

from app.core import clock
from app.core.fields import _Asked, clean_text
from app.core.quantities import format_date_short, parse_date
from app.follow_up.rules.absences import AHEAD

_BETWEEN = re.compile(r"\s*(?:[,;\n]|\bet\b|\bpuis\b)\s*")
_PARTS = 30
"""More pieces than that are not days."""


def read_day(text: str, today: date) -> date:
    """A day, of which the year may be missing: then the latest that is not too far ahead. Raises ValueError."""
    try:
        return parse_date(text)
    except ValueError:
        latest = today + AHEAD
        joint = " " if re.search("[a-zéû]", text.lower()) else "/"
        for year in (latest.year, latest.year - 1, latest.year - 2, latest.year - 3, latest.year - 4):
            try:
                day = parse_date(f"{text.strip()}{joint}{year}")
            except ValueError:
                continue  # 29 February: of the last year that had one
            if day <= latest:
                return day
        raise


class DatesField(_Asked, wtforms.StringField):
    """Days parted by commas, lines or « et »; ``data`` is a tuple of dates, each once, in order."""

    def __init__(self, label: str = "", **kwargs: object) -> None:
        render = {"maxlength": 200, "autocomplete": "off"}
        super().__init__(label, render_kw=render, **kwargs)  # type: ignore[arg-type]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed for the page; name the piece that is no day."""
        self.data: tuple[date, ...] = ()
        text = clean_text(valuelist[0], lines=True) if valuelist else ""
        pieces = [piece for piece in _BETWEEN.split(text) if piece][:_PARTS]
        found = []
        for piece in pieces:
            try:
                found.append(read_day(piece, clock.today()))
            except ValueError:
                raise ValueError(
                    f"«\u00a0{piece[:30]}\u00a0» n’est pas une date. Exemple\u00a0: 24/10, 31/10"
                ) from None
        self.data = tuple(sorted(set(found)))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(format_date_short(day) for day in self.data or ())
