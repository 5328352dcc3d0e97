"""The département corrects communes, territories, MDS and words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role
from app.reference import queries, service
from app.reference.models import Commune, CommuneAssignment, Mds, Territory, Trade
from app.reference.rules import FIRST_DAY, ReferenceRefusal
from app.reference.service.edits import commune_reassigned
from tests.factories.people import somebody
from tests.factories.reference import AssignmentFactory, MdsFactory

MASSY, ULIS, BRUNOY = "91377", "91692", "91114"


@pytest.fixture
def editor(session: scoped_session) -> Actor:
    return somebody(Role.DEPARTMENT).actor


def _version(session: scoped_session, insee: str = MASSY) -> int:
    return session.get(Commune, insee).version


def _assign(session: scoped_session, by: Actor, mds: str, start: date, today: date) -> CommuneAssignment:
    return service.assign_commune(MASSY, by=by, version=_version(session), mds_code=mds, valid_from=start, today=today)


def test_a_change_starts_on_its_day_and_the_past_stays(session: scoped_session, editor: Actor, today: date) -> None:
    start = today + timedelta(days=30)
    _assign(session, editor, BRUNOY, start, today)
    before, after = queries.assignment_on(MASSY, start - timedelta(days=1)), queries.assignment_on(MASSY, start)
    assert before is not None
    assert after is not None
    assert (before.territory_code, before.mds_code, before.valid_from) == ("nord-ouest", MASSY, FIRST_DAY)
    assert (after.territory_code, after.mds_code, after.decided_by) == ("nord-est", BRUNOY, editor.name)
    assert queries.assignments_on(today)[MASSY] == ("nord-ouest", MASSY)
    assert queries.assignments_on(start)[MASSY] == ("nord-est", BRUNOY)


def test_the_trail_and_the_listeners_know(session: scoped_session, editor: Actor, today: date) -> None:
    heard: list[str] = []
    commune_reassigned.connect(heard.append)
    try:
        _assign(session, editor, ULIS, today, today)
    finally:
        commune_reassigned._listeners.remove(heard.append)
    assert heard == [MASSY]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "reference.commune_assigned")).one()
    assert (entry.actor_name, entry.details["before"]) == (editor.name, ["nord-ouest", MASSY])


def test_sent_twice_it_is_done_once(session: scoped_session, editor: Actor, today: date) -> None:
    version = _version(session)
    for _ in range(2):
        service.assign_commune(MASSY, by=editor, version=version, mds_code=ULIS, valid_from=today, today=today)
    assert len(queries.history_of(MASSY)) == 2


def test_a_stale_form_is_told_what_the_row_says(session: scoped_session, editor: Actor, today: date) -> None:
    version = _version(session)
    _assign(session, editor, ULIS, today, today)
    with pytest.raises(StaleVersion) as caught:
        service.assign_commune(
            MASSY, by=editor, version=version, mds_code=BRUNOY, valid_from=today + timedelta(days=1), today=today
        )
    assert caught.value.theirs == {"mds": ULIS, "valid_from": today, "version": version + 1}


def test_a_refusal_names_its_fields(session: scoped_session, editor: Actor, today: date) -> None:
    with pytest.raises(Refused) as caught:
        _assign(session, editor, "inconnue", today - timedelta(days=1), today)
    assert caught.value.reasons == (ReferenceRefusal.UNKNOWN_MDS, ReferenceRefusal.IN_THE_PAST)
    assert caught.value.fields[ReferenceRefusal.UNKNOWN_MDS] == "mds"
    assert caught.value.fields[ReferenceRefusal.IN_THE_PAST] == "valid_from"
    assert len(queries.history_of(MASSY)) == 1


def test_an_unknown_commune_is_not_found(session: scoped_session, editor: Actor, today: date) -> None:
    with pytest.raises(NotFound):
        service.assign_commune("99999", by=editor, version=1, mds_code=ULIS, valid_from=today, today=today)


def test_a_planned_change_may_be_replaced_or_given_up(session: scoped_session, editor: Actor, today: date) -> None:
    start = today + timedelta(days=30)
    _assign(session, editor, BRUNOY, start, today)
    _assign(session, editor, ULIS, start, today)
    assert [one.mds_code for one in queries.history_of(MASSY)] == [ULIS, MASSY]
    service.cancel_planned_assignment(MASSY, by=editor, version=_version(session), today=today)
    only = queries.history_of(MASSY)
    assert [(one.mds_code, one.valid_until) for one in only] == [(MASSY, None)]


def test_a_change_in_force_cannot_be_given_up(session: scoped_session, editor: Actor, today: date) -> None:
    _assign(session, editor, ULIS, today, today)
    with pytest.raises(Refused) as caught:
        service.cancel_planned_assignment(MASSY, by=editor, version=_version(session), today=today)
    assert caught.value.reasons == (ReferenceRefusal.NOT_PLANNED,)


def test_the_database_itself_refuses_two_assignments_at_once(session: scoped_session) -> None:
    with pytest.raises(IntegrityError, match="no_overlap"):
        AssignmentFactory(commune=session.get(Commune, MASSY), mds_code=ULIS, valid_from=date(2020, 1, 1))
    session.rollback()


def test_a_territory_and_an_mds_are_renamed_once_at_a_time(session: scoped_session, editor: Actor) -> None:
    territory, mds = session.get(Territory, "nord-est"), session.get(Mds, BRUNOY)
    before = territory.version
    service.rename_territory("nord-est", by=editor, version=before, name="Val d’Yerres")
    service.rename_mds(BRUNOY, by=editor, version=mds.version, name="MDS du Val d’Yerres")
    assert (territory.name, mds.name) == ("Val d’Yerres", "MDS du Val d’Yerres")
    with pytest.raises(StaleVersion):
        service.rename_territory("nord-est", by=editor, version=before, name="Autre")


def test_an_mds_is_opened_once_even_sent_twice(session: scoped_session, editor: Actor, today: date) -> None:
    row_id = uuid4()
    made = [
        service.add_mds(row_id, by=editor, name="MDS de Lisses", territory_code="grand-paris-sud", opened_on=today)
        for _ in range(2)
    ]
    assert made[0].code == made[1].code
    assert len(session.scalars(select(Mds).where(Mds.name == "MDS de Lisses")).all()) == 1
    with pytest.raises(Refused):
        service.add_mds(uuid4(), by=editor, name="MDS", territory_code="nulle-part", opened_on=today)


def test_an_mds_closes_after_its_communes_have_moved(session: scoped_session, editor: Actor, today: date) -> None:
    mds = MdsFactory()
    version = mds.version
    _assign(session, editor, mds.code, today, today)
    end = today + timedelta(days=60)
    with pytest.raises(Refused) as caught:
        service.close_mds(mds.code, by=editor, version=version, closed_on=end)
    assert caught.value.reasons == (ReferenceRefusal.MDS_STILL_SERVES,)
    _assign(session, editor, ULIS, end, today)
    assert service.close_mds(mds.code, by=editor, version=version, closed_on=end).closed_on == end
    assert mds.code in dict(queries.mds_choices(today))
    assert mds.code not in dict(queries.mds_choices(end))


def test_words_are_changed_and_found_at_once(session: scoped_session, editor: Actor) -> None:
    trade = session.get(Trade, "plongeur")
    assert queries.find_trade("lave vaisselle") is None
    service.change_words("plongeur", by=editor, version=trade.version, words=["lave-vaisselle", "plonge"])
    found = queries.find_trade("lave vaisselle")
    assert found is not None
    assert found.slug == "plongeur"
    assert queries.find_trade("faire la plonge") is None


def test_no_words_or_a_stale_form_change_nothing(session: scoped_session, editor: Actor) -> None:
    trade = session.get(Trade, "plongeur")
    words = list(trade.words)
    with pytest.raises(Refused):
        service.change_words("plongeur", by=editor, version=trade.version, words=[])
    with pytest.raises(StaleVersion) as caught:
        service.change_words("plongeur", by=editor, version=0, words=["plonge"])
    assert caught.value.theirs["words"] == "\n".join(words)
    assert session.get(Trade, "plongeur").words == words
