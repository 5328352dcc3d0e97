"""Loading the shipped tables, once and again."""

from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.reference.models import Commune, CommuneAssignment, Mds, Territory, Trade, TradeMove
from app.reference.rules import FIRST_DAY, TradeSource
from app.reference.service import assign_commune, change_words, load_reference
from tests.factories.people import somebody


def test_loading_again_changes_nothing(session: scoped_session) -> None:
    assert set(load_reference().values()) == {0}


def test_the_shipped_tables_are_there(session: scoped_session) -> None:
    count = {model: session.scalar(select(func.count()).select_from(model)) for model in (Territory, Mds, Commune)}
    assert count == {Territory: 5, Mds: 21, Commune: 194}
    starts = session.execute(select(func.count(), func.min(CommuneAssignment.valid_from))).one()
    assert tuple(starts) == (194, FIRST_DAY)


def test_a_row_that_differs_is_brought_back(session: scoped_session) -> None:
    trade = session.get(Trade, "agent-entretien")
    version = trade.version
    trade.words = ["autre"]
    session.flush()
    assert load_reference()["reference_trade"] == 1
    assert "ménage" in session.get(Trade, "agent-entretien").words
    assert session.get(Trade, "agent-entretien").version > version


def test_words_edited_in_the_portal_are_kept(session: scoped_session) -> None:
    editor = somebody(Role.DEPARTMENT).actor
    trade = session.get(Trade, "agent-entretien")
    change_words("agent-entretien", by=editor, version=trade.version, words=["serpillière"])
    assert load_reference()["reference_trade"] == 0
    assert session.get(Trade, "agent-entretien").words == ["serpillière"]


def test_an_assignment_decided_by_the_departement_is_kept(session: scoped_session, today: date) -> None:
    editor = somebody(Role.DEPARTMENT).actor
    commune = session.get(Commune, "91377")
    assign_commune("91377", by=editor, version=commune.version, mds_code="91692", valid_from=today, today=today)
    assert load_reference()["reference_commune_assignment"] == 0
    history = session.scalars(select(CommuneAssignment).where(CommuneAssignment.commune_insee == "91377")).all()
    assert {(one.mds_code, one.valid_from) for one in history} == {("91377", FIRST_DAY), ("91692", today)}


def test_what_is_no_longer_shipped_is_retired_or_gone(session: scoped_session) -> None:
    session.add(
        Trade(slug="ancien", rome_code="K2205", name="Ancien", feminine="Ancien", words=["x"], family_slug="proprete")
    )
    session.flush()
    session.add(TradeMove(from_slug="ancien", to_slug="ash", points=12))
    session.flush()
    load_reference()
    old = session.get(Trade, "ancien")
    assert (old.retired, old.source) == (True, TradeSource.PORTAL)
    assert session.get(TradeMove, ("ancien", "ash")) is None


def test_a_move_that_was_removed_comes_back(session: scoped_session) -> None:
    session.execute(delete(TradeMove).where(TradeMove.to_slug == "ash"))
    assert load_reference()["reference_trade_move"] > 3
