"""Signatures on their page: each party for itself, who accompanies for all, the person in short words."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.placements.models import PlacementSignature
from app.placements.rules.kinds import Party, SignatureMeans
from app.placements.rules.states import PlacementState
from tests.app.placements.views.test_convention import SignIn, address, placed_in, text
from tests.factories.placements import a_signature

_S = PlacementState


def test_the_person_reads_the_draft_and_says_yes(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.PREPARED)
    client, own = sign_in(placed.person), f"/mes-stages/{placed.placement.id}"
    assert "Lire et dire oui" in text(client.get(own))
    shown = text(client.get(address(placed, "signatures")))
    assert "Lire le brouillon" in shown
    assert "signer_name" not in shown
    for _ in range(2):
        assert client.post(address(placed, "signatures")).location == own
    signature = session.scalars(select(PlacementSignature)).one()
    assert (signature.party, signature.means, signature.user_id) == (
        Party.PERSON, SignatureMeans.PORTAL, placed.person.user.id,
    )  # fmt: skip
    assert "Vous : d’accord" in text(client.get(own))  # the convention itself is signed elsewhere
    signature.means = SignatureMeans.OFFICIAL_SITE
    session.commit()
    assert "Vous : c’est signé" in text(client.get(own))


def test_who_accompanies_notes_a_paper_and_errors_stand_beside_their_field(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.PREPARED)
    client, there = sign_in(placed.referent), address(placed, "signatures")
    said = {"party": "person", "means": "portal", "signer_name": "Camille", "signed_on": "05/11/2026"}
    wrong = text(client.post(there, data=said))
    assert "Un accord sur le portail est donné par la personne elle-même." in wrong
    assert 'href="#means-0"' in wrong or 'href="#means"' in wrong
    assert client.post(there, data={**said, "means": "paper"}).location == address(placed)
    assert "Camille, le 5 novembre 2026" in text(client.get(address(placed)))
    assert 'value="person"' not in text(client.get(there))


def test_the_last_party_is_chosen_already(session: scoped_session, today: date, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.PREPARED)
    a_signature(placed.placement, Party.PERSON)
    a_signature(placed.placement, Party.HOST)
    session.commit()
    client, there = sign_in(placed.referent), address(placed, "signatures")
    boxes = [one for one in client.get(there).text.split("<input")[1:] if 'name="party"' in one.split(">")[0]]
    assert ["checked" in one.split(">")[0] for one in boxes] == [True]


def test_the_host_signs_for_itself_alone_and_takes_it_back(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.PREPARED)
    a_signature(placed.placement, Party.PERSON)
    session.commit()
    client = sign_in(placed.host)
    said = {"means": "official_site", "signer_name": "Léa Roux", "signed_on": "05/11/2026", "party": "person"}
    assert client.post(address(placed, "signatures"), data=said).location == address(placed)
    assert set(session.scalars(select(PlacementSignature.party))) == {Party.PERSON, Party.HOST}
    shown = text(client.get(address(placed)))
    assert "/signatures/host/retirer" in shown
    assert "/signatures/person/retirer" not in shown
    assert client.post(address(placed, "signatures/host/retirer")).location == address(placed)
    client.post(address(placed, "signatures/person/retirer"))
    assert session.scalars(select(PlacementSignature.party)).all() == [Party.PERSON]
    assert client.post(address(placed, "signatures/nobody/retirer")).status_code == 404
