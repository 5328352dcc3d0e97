"""What may be typed to sign the annex, or to record a paper."""

from wtforms import HiddenField

from app.core.fields import DateField, RadioField, TextField, TickField, choices_of
from app.core.forms import PortalForm
from app.follow_up.labels.kinds import ANNEX_SIDES
from app.follow_up.rules.kinds import AnnexSide


class _Shown(PortalForm):
    """The hash of the text on the page: what is signed is what was shown."""

    shown = HiddenField()

    @property
    def digest(self) -> bytes:
        """Nonsense is the hash of nothing."""
        try:
            return bytes.fromhex(self.shown.data or "")
        except ValueError:
            return b""


class SignForm(_Shown):
    """One tick, one button."""

    read = TickField("J’ai lu ce texte et je le signe.", required="Cochez la case pour dire que vous avez lu.")


class PaperForm(_Shown):
    """Who signed the paper, and when."""

    side = RadioField("Qui a signé\u00a0?", choices=choices_of(AnnexSide, ANNEX_SIDES), required="Dites qui a signé.")
    signer = TextField("Nom écrit sur le papier", max_length=120, required="Écrivez le nom.")
    signed_on = DateField("Signé le", required="Indiquez le jour de la signature.")
