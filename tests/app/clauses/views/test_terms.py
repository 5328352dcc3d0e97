"""« Règles de la clause » as a facilitator, the département and a firm read and change them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clauses.forms.terms import values_of
from app.clauses.models import ClauseTerms, TermsTemplate
from app.clauses.rules.terms import DEFAULTS, TEMPLATES, Terms
from app.core.db import db
from app.core.roles import Role
from tests.factories.clauses import Site, a_site, terms_for
from tests.factories.people import somebody

pytestmark = pytest.mark.usefixtures("session", "today")
SignIn = Callable[[Any], FlaskClient]


def text_of(page: Any) -> str:
    return str(page.get_data(as_text=True)).replace("\u00a0", " ")


def sent(terms: Terms = DEFAULTS, **values: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    plain = {
        name: ("y" if value is True else str(value).replace(".", ","))
        for name, value in values_of(terms).items()
        if value is not None and value is not False and name != "categories"
    }
    return {**plain, "categories": list(terms.categories), "row_id": str(uuid4()), "version": "1", **values}


def rows_of(site: Site) -> list[ClauseTerms]:
    query = select(ClauseTerms).where(ClauseTerms.contract_id == site.contract.id).order_by(ClauseTerms.valid_from)
    return list(db.session.scalars(query))


def test_the_page_says_what_holds_today_and_what_is_to_come(sign_in: SignIn) -> None:
    site = a_site()
    terms_for(site.contract, TEMPLATES[0].terms)
    terms_for(site.contract, replace(TEMPLATES[0].terms, penalty_per_hour=Decimal(300)), since=date(2026, 12, 1))
    text = text_of(sign_in(site.facilitator).get(f"/clauses/marches/{site.contract.id}/regles"))
    assert "200,00 € par heure due et non réalisée." in text
    assert "Pénalité par heure manquante</strong> : 200,00 €" in text
    assert "300,00 €" in text
    assert text.index("À venir") < text.index("En vigueur</span>")


def test_a_contract_without_terms_says_that_the_usual_ones_hold(sign_in: SignIn) -> None:
    site = a_site()
    text = text_of(sign_in(site.facilitator).get(f"/clauses/marches/{site.contract.id}/regles"))
    assert "les règles habituelles s’appliquent" in text
    assert "208 h par mois au plus" in text


def test_a_firm_reads_plain_words_without_categories_notes_or_names(sign_in: SignIn) -> None:
    site = a_site()
    terms_for(site.contract, replace(DEFAULTS, categories=("rsa",)))
    row = terms_for(site.contract, replace(DEFAULTS, categories=("rqth",)), since=date(2026, 6, 1))
    row.note, row.recorded_by = "Allocataires du RSA seulement", site.facilitator.user.id
    db.session.flush()
    page = sign_in(site.employer).get(f"/clauses/marches/{site.contract.id}/regles")
    text = text_of(page)
    assert "les personnes que votre facilitateur a vérifiées" in text
    assert "Changer les règles" not in text
    for word in ("RSA", "RQTH", "CAF", "CDAPH", "1er juin 2026 <", site.facilitator.user.last_name, "/regles/changer"):
        assert word not in text


def test_a_firm_of_another_contract_finds_nothing(sign_in: SignIn) -> None:
    site, other = a_site(), a_site()
    assert sign_in(other.employer).get(f"/clauses/marches/{site.contract.id}/regles").status_code == 404


@pytest.mark.parametrize("role", [Role.REFERENT, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_others_may_not_read_the_terms(sign_in: SignIn, role: Role) -> None:
    site = a_site()
    client = sign_in(somebody(role))
    assert client.get(f"/clauses/marches/{site.contract.id}/regles").status_code == 403


def test_a_firm_may_not_open_the_form(sign_in: SignIn) -> None:
    site = a_site()
    client = sign_in(site.employer)
    assert client.get(f"/clauses/marches/{site.contract.id}/regles/changer").status_code == 403


def test_what_the_form_shows_unchanged_is_the_terms_as_they_were(sign_in: SignIn) -> None:
    site, terms = (
        a_site(),
        replace(TEMPLATES[0].terms, categories=("rsa", "deld"), proof_months={"rsa": 1, "deld": None}),
    )
    page = sign_in(site.facilitator).post(
        f"/clauses/marches/{site.contract.id}/regles/changer", data=sent(terms, valid_from="02/03/2026")
    )
    assert page.status_code == 303
    said = Terms.from_json(rows_of(site)[0].said)
    assert said == replace(terms, categories=("deld", "rsa"))


def test_a_change_sent_twice_is_recorded_once(sign_in: SignIn) -> None:
    site = a_site()
    data = sent(valid_from="02/03/2026", penalty_per_hour="30")
    client, path = sign_in(site.facilitator), f"/clauses/marches/{site.contract.id}/regles/changer"
    assert [client.post(path, data=data).status_code for _ in range(2)] == [303, 303]
    assert len(rows_of(site)) == 1


def test_refusals_stand_beside_their_fields_and_what_was_typed_stays(sign_in: SignIn) -> None:
    site = a_site()
    data = sent(valid_from="01/03/2026", due_day="31", month_cap="209", months_cdd="", note="Avenant n° 2")
    page = sign_in(site.facilitator).post(f"/clauses/marches/{site.contract.id}/regles/changer", data=data)
    text = text_of(page)
    assert "Écrivez un nombre de mois." in text
    data["months_cdd"] = "24"
    text = text_of(sign_in(site.facilitator).post(f"/clauses/marches/{site.contract.id}/regles/changer", data=data))
    for anchor in ("valid_from-error", "due_day-error", "month_cap-error"):
        assert f'id="{anchor}"' in text
    assert "Avenant n° 2" in text
    assert not rows_of(site)


def test_a_stale_form_shows_both(sign_in: SignIn) -> None:
    site = a_site()
    terms_for(site.contract, replace(DEFAULTS, penalty_per_hour=Decimal(45)))
    data = sent(valid_from="01/12/2026", penalty_per_hour="30")
    page = sign_in(site.facilitator).post(f"/clauses/marches/{site.contract.id}/regles/changer", data=data)
    assert page.status_code == 409
    assert "45" in text_of(page)
    assert 'name="version" value="2"' in text_of(page)


def test_the_form_starts_from_the_template_asked_for(sign_in: SignIn) -> None:
    site = a_site()
    path = f"/clauses/marches/{site.contract.id}/regles/changer?modele=works_quarterly"
    text = text_of(sign_in(site.facilitator).get(path))
    assert 'value="200"' in text
    assert '<option selected value="quarterly">' in text


def test_the_pages_read_little(sign_in: SignIn, statements: list[str]) -> None:
    site = a_site()
    for month in range(3, 11):
        terms_for(site.contract, replace(DEFAULTS, answer_days=month), since=date(2026, month, 5))
    client = sign_in(site.facilitator)
    for path in ("regles", "regles/changer"):
        statements.clear()
        assert client.get(f"/clauses/marches/{site.contract.id}/{path}").status_code == 200
        assert len(statements) <= 12


# --- templates --------------------------------------------------------------------------------------------


def test_the_departement_copies_a_template_then_takes_it_out(sign_in: SignIn) -> None:
    client = sign_in(somebody(Role.DEPARTMENT))
    assert "Travaux, rapports trimestriels" in text_of(client.get("/clauses/modeles"))
    page = client.post(
        "/clauses/modeles/monthly/copier", data=sent(TEMPLATES[1].terms, name="Espaces verts", due_day="10")
    )
    assert page.status_code == 303
    made = db.session.scalars(select(TermsTemplate).where(TermsTemplate.name == "Espaces verts")).one()
    assert Terms.from_json(made.said) == replace(TEMPLATES[1].terms, due_day=10)
    assert client.post(f"/clauses/modeles/{made.slug}/etat", data={"actif": "non"}).status_code == 303
    db.session.refresh(made)
    assert not made.active


def test_a_template_without_a_name_is_asked_for_one(sign_in: SignIn) -> None:
    page = sign_in(somebody(Role.DEPARTMENT)).post("/clauses/modeles/monthly/copier", data=sent(name=""))
    assert "Écrivez un nom." in text_of(page)


def test_an_unknown_template_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(somebody(Role.DEPARTMENT)).get("/clauses/modeles/rien/copier").status_code == 404


def test_a_facilitator_does_not_keep_the_templates(sign_in: SignIn) -> None:
    assert sign_in(somebody(Role.FACILITATOR)).get("/clauses/modeles").status_code == 403
