"""Late hours are chased by drafts: one a firm, period and level, nothing leaves without a facilitator."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.jobs import chase
from app.clauses.models import HourReminder
from app.clauses.rules.reporting import ReminderRefusal
from app.clauses.rules.states import ReportState
from app.clauses.service import reminders
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.messages.models import Message
from tests.factories.clauses import Site, a_holder, a_lot, a_report, a_site
from tests.factories.people import somebody

OCTOBER, DELIVERED = date(2026, 10, 1), date(2027, 1, 15)
pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    """A contract of October only."""
    return a_site(notified_on=date(2026, 10, 5), delivered_on=DELIVERED)


def _drafts(session: scoped_session) -> Sequence[HourReminder]:
    open_ = (HourReminder.sent_on.is_(None), HourReminder.dropped_on.is_(None))
    return session.scalars(select(HourReminder).where(*open_).order_by(HourReminder.level)).all()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("day", "level"),
    [(11, None), (12, 1), (15, 1), (16, 2), (29, 2), (30, 3)],
)
def test_a_late_report_is_chased_at_its_level(session: scoped_session, day: int, level: int | None) -> None:
    chase(date(2026, 11, day))
    assert [row.level for row in _drafts(session)] == ([level] if level else [])


@pytest.mark.usefixtures("site")
def test_chased_twice_adds_nothing(session: scoped_session) -> None:
    assert chase(date(2026, 11, 16)) == 1
    assert chase(date(2026, 11, 16)) == 0
    assert len(_drafts(session)) == 1


@pytest.mark.usefixtures("site")
def test_a_firmer_reminder_replaces_one_that_never_left(session: scoped_session) -> None:
    for day in (12, 16, 30):
        chase(date(2026, 11, day))
    assert [row.level for row in _drafts(session)] == [3]


@pytest.mark.parametrize(
    ("state", "chased"), [(ReportState.DRAFT, 1), (ReportState.RETURNED, 1), (ReportState.DECLARED, 0)]
)
def test_a_draft_is_chased_and_what_was_sent_is_not(
    site: Site, session: scoped_session, state: ReportState, chased: int
) -> None:
    a_report(site.holder, OCTOBER, state)
    assert chase(date(2026, 11, 16)) == chased


def test_the_words_name_the_lot_the_period_and_the_day(site: Site, session: scoped_session) -> None:
    chase(date(2026, 11, 12))
    (row,) = _drafts(session)
    subject, _, body = row.text.partition("\n")
    assert subject == "Heures d’octobre 2026\u00a0: à envoyer avant le 15\u00a0novembre 2026".replace("15\u00a0", "15 ")
    assert f"« {site.lot.title} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in body
    assert "/mes-heures" in body


def test_a_reminder_is_edited_and_sent_to_those_of_the_firm(site: Site, session: scoped_session, today: date) -> None:
    chase(date(2026, 11, 16))
    (row,) = _drafts(session)
    assert reminders.send(row.id, "Vos heures\nBonjour, il manque octobre.", site.facilitator.actor, today) == 1
    message = session.scalars(select(Message)).one()
    assert (message.to_address, message.subject) == (site.employer.user.email, "Vos heures")
    assert message.body == "Bonjour, il manque octobre."
    session.commit()
    with pytest.raises(Refused) as refused:
        reminders.send(row.id, "Encore", site.facilitator.actor, today)
    assert refused.value.reasons == (ReminderRefusal.DONE,)


def test_the_contact_of_the_firm_is_written_to_first(site: Site, session: scoped_session, today: date) -> None:
    site.holder.contact_email, site.holder.contact_name = "paie@exemple.fr", "Mme Paie"
    chase(date(2026, 11, 16))
    (row,) = _drafts(session)
    reminders.send(row.id, row.text, site.facilitator.actor, today)
    assert session.scalars(select(Message.to_address)).all() == ["paie@exemple.fr"]


def test_a_firm_without_an_address_is_not_written_to(site: Site, session: scoped_session, today: date) -> None:
    alone = a_holder(a_lot(site.contract), organisation_id=None, name="Maçonnerie Petit")
    chase(date(2026, 11, 16))
    row = session.scalars(select(HourReminder).where(HourReminder.holder_id == alone.id)).one()
    session.commit()
    with pytest.raises(Refused) as refused:
        reminders.send(row.id, row.text, site.facilitator.actor, today)
    assert refused.value.reasons == (ReminderRefusal.NO_ADDRESS,)


def test_a_dropped_reminder_does_not_come_back(site: Site, session: scoped_session, today: date) -> None:
    chase(date(2026, 11, 16))
    reminders.drop(_drafts(session)[0].id, site.facilitator.actor, today)
    assert chase(date(2026, 11, 17)) == 0
    assert not _drafts(session)


def test_a_facilitator_of_elsewhere_sends_nothing(site: Site, session: scoped_session, today: date) -> None:
    chase(date(2026, 11, 16))
    row, stranger = _drafts(session)[0], somebody(Role.EMPLOYER)
    session.commit()
    with pytest.raises(NotFound):
        reminders.send(row.id, row.text, stranger.actor, today)
