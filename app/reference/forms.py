"""What the département fills in: a change of territory and MDS, a name, everyday words, and the filters of lists."""

from app.core import fields
from app.core.forms import EditsRow, MakesRow, PortalForm

WORDS_HINT = "Un mot ou une expression par ligne. Pensez aussi aux fautes et aux mots que les gens tapent."


class CommuneFilters(PortalForm):
    """Filters of the list of communes; the names of the fields are those of the URL."""

    mots = fields.TextField("Commune ou code postal")
    territoire = fields.SelectField("Territoire", blank="Tous")
    mds = fields.SelectField("MDS", blank="Toutes")


class AssignmentForm(EditsRow):
    """Another MDS, hence another territory, from a day on."""

    mds = fields.SelectField("Nouvelle MDS", blank="Choisir", required="Choisissez une MDS.")
    valid_from = fields.DateField("À partir du", required="Donnez le premier jour du changement.")


class CancelForm(EditsRow):
    """Give up the planned change."""


class TerritoryForm(EditsRow):
    """The name of a territory."""

    name = fields.TextField("Nom", required="Donnez un nom.", max_length=80)


class MdsForm(EditsRow):
    """The name of an MDS."""

    name = fields.TextField("Nom", required="Donnez un nom.", max_length=80, hint="Exemple\u00a0: MDS de Massy")


class NewMdsForm(MakesRow):
    """A new MDS."""

    name = fields.TextField("Nom", required="Donnez un nom.", max_length=80, hint="Exemple\u00a0: MDS de Massy")
    territory = fields.SelectField("Territoire", blank="Choisir", required="Choisissez un territoire.")
    opened_on = fields.DateField("Ouverture", required="Donnez le jour de l’ouverture.")


class CloseMdsForm(EditsRow):
    """The end of an MDS."""

    closed_on = fields.DateField("Premier jour de fermeture", required="Donnez le premier jour de fermeture.")


class TradeFilters(PortalForm):
    """Filters of the list of trades."""

    mots = fields.TextField("Mot ou code ROME")
    famille = fields.SelectField("Famille", blank="Toutes")
    source = fields.SelectField("Liste", blank="Toutes")


class WordsForm(EditsRow):
    """The everyday words of a trade."""

    words = fields.LongTextField("Mots de tous les jours", rows=10, hint=WORDS_HINT, max_length=3000)
