"""« À la date du » of the progress pages, and the filters of the département's table, in the address."""

import datetime
from typing import Final

from wtforms import Form

from app.core.fields import DateField

FIRST_DAY: Final = datetime.date(2000, 1, 1)


class AsOfForm(Form):
    """The day as of which a page speaks: today when it is empty, no day, or still to come."""

    date = DateField("Voir à la date du")

    def day(self, today: datetime.date) -> datetime.date:
        """Never an error on the page: what is no day means today."""
        self.validate()
        asked = None if self.date.errors else self.date.data
        if asked is None or not FIRST_DAY <= asked <= today:
            return today
        return asked
