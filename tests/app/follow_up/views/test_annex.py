"""The annex on screen, on paper, as a PDF; the person signs on any phone."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Annex, AnnexSignature
from app.follow_up.rules.kinds import AnnexSide, CloseOutcome, SignatureMeans
from app.follow_up.rules.states import FollowUpState
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody
from tests.tagged_pdf import TaggedPdf

SignIn = Callable[[Somebody], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def digest_on(shown: str) -> str:
    return shown.split('name="shown" type="hidden" value="')[1].split('"')[0]


def page_of(followed: Followed, end: str = "") -> str:
    return f"/suivis/{followed.follow_up.id}/annexe{end}"


def test_the_referent_reads_and_signs_with_a_tick(
    session: scoped_session, followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    shown = text(client.get(page_of(followed)))
    assert len(statements) <= 12
    data = {"shown": digest_on(shown)}
    assert "Cochez la case" in text(client.post(page_of(followed), data=data))
    for _ in range(2):
        assert client.post(page_of(followed), data={**data, "read": "y"}).status_code == 303
    (one,) = session.scalars(select(AnnexSignature)).all()
    figures = one.text_hash.hex()
    shown = text(client.get(page_of(followed)))
    assert f"par {followed.referent.user.full_name}, signature électronique simple, empreinte" in shown
    assert f"{figures[:4]} {figures[4:8]}" in shown


def test_a_text_that_changed_meanwhile_is_shown_again_and_not_signed(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.referent)
    old = digest_on(text(client.get(page_of(followed))))
    followed.job.title = "Chef d’équipe"
    session.commit()
    answer = client.post(page_of(followed), data={"shown": old, "read": "y"})
    shown = text(answer)
    assert "Le texte vient de changer. Relisez-le, puis signez." in shown
    assert digest_on(shown) != old
    assert session.scalar(select(func.count()).select_from(AnnexSignature)) == 0


def test_an_older_text_stays_to_be_read_and_is_signed_no_more(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.referent)
    data = {"shown": digest_on(text(client.get(page_of(followed)))), "read": "y"}
    client.post(page_of(followed), data=data)
    followed.job.title = "Chef d’équipe"
    session.commit()
    shown = text(client.get(page_of(followed)))
    assert "Le texte a changé depuis la dernière signature" in shown
    (annex_id,) = session.scalars(select(Annex.id)).all()
    older = text(client.get(page_of(followed, f"?texte={annex_id}")))
    assert "Préparateur de commandes" in older
    assert "Chef d’équipe" not in older
    assert "Signer l’annexe" not in older


def test_a_follow_up_that_is_over_shows_what_was_signed(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.person)
    data = {"shown": digest_on(text(client.get("/mon-travail/annexe"))), "read": "y"}
    client.post("/mon-travail/annexe", data=data)
    row = followed.follow_up
    row.state, row.settled_on, row.close_outcome = FollowUpState.CLOSED, date(2026, 11, 5), CloseOutcome.KEPT
    followed.job.title = "Chef d’équipe"
    session.commit()
    shown = text(client.get(f"/mon-travail/annexe?suivi={row.id}"))
    assert "Préparateur de commandes" in shown
    assert "Signer</button>" not in shown


def test_nonsense_in_the_hidden_field_signs_nothing(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    text(sign_in(followed.person).post("/mon-travail/annexe", data={"shown": "zz", "read": "y"}))
    assert session.scalar(select(func.count()).select_from(AnnexSignature)) == 0


def test_the_person_reads_it_in_few_words_then_whole_and_signs(
    session: scoped_session, followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.person)
    assert "Un papier à signer" in text(client.get("/mon-travail"))
    statements.clear()
    shown = text(client.get("/mon-travail/annexe"))
    assert len(statements) <= 12
    assert "Votre employeur ne lit jamais vos mots." in shown
    assert "Ce à quoi chacun s’engage" in shown
    answer = client.post("/mon-travail/annexe", data={"shown": digest_on(shown), "read": "y"})
    assert answer.headers["Location"].endswith("/mon-travail")
    (one,) = session.scalars(select(AnnexSignature)).all()
    assert (one.side, one.signer_name) == (AnnexSide.PERSON, followed.person.user.full_name)
    assert "Un papier à signer" not in text(client.get("/mon-travail"))
    assert "Vous avez signé ce texte." in text(client.get("/mon-travail/annexe"))


def test_a_paper_is_noted(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    shown = text(client.get(page_of(followed, "/papier")))
    data = {"shown": digest_on(shown), "side": "person", "signer": "Camille Durand", "signed_on": "06/11/2026"}
    assert "Ce jour n’est pas encore passé." in text(client.post(page_of(followed, "/papier"), data=data))
    answer = client.post(page_of(followed, "/papier"), data={**data, "signed_on": "02/09/2026"})
    assert answer.status_code == 303
    (one,) = session.scalars(select(AnnexSignature)).all()
    assert (one.means, one.signed_on) == (SignatureMeans.PAPER, date(2026, 9, 2))
    assert "signé le 2 septembre 2026 par Camille Durand" in text(client.get(page_of(followed)))


def test_readers_who_do_not_follow_see_no_button(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    for who in (a_colleague(followed), somebody(Role.DEPARTMENT)):
        session.commit()
        client = sign_in(who)
        assert "Signer l’annexe" not in text(client.get(page_of(followed)))
        assert client.post(page_of(followed), data={"shown": "00", "read": "y"}).status_code == 404


def test_nobody_reads_the_annex_of_another(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    other = somebody(Role.CANDIDATE)
    session.commit()
    client = sign_in(other)
    for page in ("/mon-travail/annexe", f"/mon-travail/annexe?suivi={followed.follow_up.id}"):
        assert client.get(page).status_code == 404


@pytest.mark.usefixtures("pdf_machine")
def test_it_is_a_tagged_pdf_for_both(followed: Followed, sign_in: SignIn) -> None:
    for who, page in ((followed.referent, page_of(followed, ".pdf")), (followed.person, "/mon-travail/annexe.pdf")):
        answer = sign_in(who).get(page)
        assert answer.mimetype == "application/pdf"
        assert "annexe-suivi" in answer.headers["Content-Disposition"]
        assert "Durand" not in answer.headers["Content-Disposition"]
        assert not TaggedPdf(answer.data).faults()
