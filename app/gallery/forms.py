"""One form that holds a field of each kind, for the page of components."""

from wtforms import FileField

from app.core import fields
from app.core.forms import EditsRow, MakesRow
from app.core.grid_field import GridField

CONTRACTS = (("cdd", "CDD"), ("cdi", "CDI"), ("cddi", "CDD d’insertion"))
MEANS = (
    ("bus", "En bus ou en train"),
    ("bike", "À vélo"),
    ("car", "En voiture", {"hint": "permis B et véhicule"}),
)
SKILLS = tuple(
    (word, word.capitalize())
    for word in ("accueil", "caisse", "conduite", "cuisine", "jardin", "ménage", "peinture", "soudure")
)


class GalleryForm(EditsRow):
    """Every kind of field."""

    title = fields.TextField(
        "Intitulé du poste", required="Donnez un intitulé.", hint="Écrivez comme à l’oral\u00a0: «\u00a0maçon\u00a0»."
    )
    siret = fields.SiretField(required="Donnez le SIRET.")
    phone = fields.PhoneField()
    start = fields.DateField("Date de début", required="Donnez la date de début.")
    pay = fields.DecimalField("Salaire brut par heure", unit="€", maximum=100)
    contract = fields.SelectField(
        "Type de contrat", choices=CONTRACTS, blank="Choisir", required="Choisissez un contrat."
    )
    message = fields.LongTextField("Message à l’employeur", rows=3)
    means = fields.ManyField("Comment venez-vous au travail\u00a0?", choices=MEANS)  # type: ignore[arg-type]
    skills = fields.ManyField("Ce que vous savez faire", choices=SKILLS)
    agreed = fields.YesNoField(
        "La personne accepte-t-elle l’offre\u00a0?", required="Choisissez oui ou non.", hint="Demandez-lui d’abord."
    )
    consent = fields.TickField("J’accepte d’être contacté", required="Cochez la case pour continuer.")
    document = FileField("Votre CV", description="PDF ou photo, 5\u00a0Mo au plus.")
    week = GridField("Horaires", required="Dites au moins un horaire.")


class QuestionForm(MakesRow):
    """What a candidate's page asks, as examples."""

    start = fields.DateField("Quand pouvez-vous commencer\u00a0?", required="Donnez une date.")
    means = fields.ManyField("Comment venez-vous au travail\u00a0?", choices=MEANS)  # type: ignore[arg-type]
    agreed = fields.YesNoField("Acceptez-vous cette offre\u00a0?", required="Choisissez oui ou non.")
    week = GridField("Quand êtes-vous libre\u00a0?", required="Cochez au moins un horaire.")


class FilterForm(EditsRow):
    """The filters of the list shown."""

    mots = fields.TextField("Mots")
    etat = fields.SelectField("État", choices=(("publiee", "Publiée"),), blank="Tous")
