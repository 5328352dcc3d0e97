"""The sheets of meetings: one's own alone, what stands on them, and the pack of the day as PDF."""

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking, MeetingSetup, MeetingWish, RoundClock
from app.events.rules.kinds import ClockPhase, EventKind, Side, Wish
from app.events.service import cancelling, planning
from app.organisations.models import Organisation
from tests.factories.candidates import CandidateFactory, wanted
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, an_organisation, somebody

pytestmark = pytest.mark.usefixtures("today")

BENEFIT_WORDS = re.compile(r"\bRSA\b|\bPLIE\b|allocation|handicap|RQTH|bénéficiaire|éligib", re.IGNORECASE)


def address(booking: Booking, end: str = "") -> str:
    return f"/inscriptions/{booking.id}/fiche{end}"


def text_of(answer) -> str:
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def the_main(answer) -> str:
    """Without the menu."""
    return text_of(answer).split("<main", 1)[1].split("</main>", 1)[0]


def member_of(booking: Booking) -> Somebody:
    who = somebody(Role.EMPLOYER, db.session.get(Organisation, booking.organisation_id))
    db.session.commit()
    return who


def planned(siae: int, firms: int) -> tuple[Staged, list[Booking], list[Booking]]:
    staged, seated, moving = a_speed_dating(siae, firms)
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    return staged, seated, moving


def a_job_dating() -> tuple[Staged, Somebody, Booking, Candidate, Booking]:
    staged = an_event(EventKind.JOB_DATING)
    desk = somebody(Role.EMPLOYER, an_organisation(name="Propreté Services"))
    OfferFactory(organisation=desk.organisation, published=True, trade_slug="agent-entretien")
    person = CandidateFactory(
        ready=True,
        consenting=True,
        full=True,
        first_name="Nadia",
        last_name="Kaddour",
        trades=wanted("agent-entretien"),
    )
    seated = a_booking(staged, desk, side=Side.SEATED)
    words = "Je touche le RSA, appelez Kaddour"
    stands = Somebody(desk.user, None, None, person, desk.actor)
    moving = a_booking(staged, stands, side=Side.MOVING, words=words)
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    return staged, desk, seated, person, moving


def test_a_sheet_says_when_where_whom_and_why_with_boxes_to_tick(session, sign_in):
    staged, seated, moving = a_speed_dating(2, 2)
    seated[0].trade_slugs, moving[0].trade_slugs = ["agent-entretien"], ["agent-entretien"]
    moving[0].posts, moving[0].words = 3, "Nous ouvrons un site à Palaiseau."
    for one, other in ((seated[0], moving[0]), (moving[0], seated[0])):
        db.session.add(MeetingWish(from_booking_id=one.id, to_booking_id=other.id, wish=Wish.MEET))
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    text = the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
    assert "Entreprise 1" in text
    assert "Vous vous êtes choisis." in text
    assert "Nous ouvrons un site à Palaiseau." in text
    assert "10 h" in text
    assert "Vous restez à la table" in text
    for words in ("On se reparle", "Un poste", "Une visite", "Un stage", "Pas de suite"):
        assert words in text


def test_a_round_without_a_meeting_is_a_pause(session, sign_in):
    _, seated, _ = planned(3, 2)
    text = the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
    assert text.count("Pas de rencontre : pause") == 1


def test_a_participant_reads_their_own_sheet_and_no_other(session, sign_in):
    _, seated, moving = planned(2, 2)
    client = sign_in(member_of(seated[0]))
    assert client.get(address(seated[0])).status_code == 200
    for other in (seated[1], moving[0]):
        assert client.get(address(other)).status_code == 404
        assert client.get(address(other, ".pdf")).status_code == 404


def test_another_organiser_reads_no_sheet_and_the_organiser_every_one(session, sign_in):
    staged, seated, moving = planned(2, 2)
    other = somebody(Role.FACILITATOR)
    db.session.commit()
    assert sign_in(other).get(address(seated[0])).status_code == 404
    client = sign_in(staged.organiser)
    assert client.get(address(seated[0])).status_code == 200
    text = text_of(client.get(f"/evenements/{staged.event.id}/plan/fiches"))
    for one in (*seated, *moving):
        assert one.name in text
    half = text_of(client.get(f"/evenements/{staged.event.id}/plan/fiches?cote=tables"))
    assert half.count("data-sheet=") == 2


def test_before_the_plan_the_sheet_says_that_it_comes(session, sign_in):
    _, seated, _ = a_speed_dating(2, 2)
    db.session.commit()
    assert "Le plan n’est pas encore fait" in text_of(sign_in(member_of(seated[0])).get(address(seated[0])))


def test_what_an_employer_reads_holds_no_family_name_and_no_benefit_word(session, sign_in):
    _, desk, seated, *_ = a_job_dating()
    text = the_main(sign_in(desk).get(address(seated)))
    assert "Nadia K." in text
    assert "Recherche ce métier" in text
    assert "Kaddour" not in text
    assert not BENEFIT_WORDS.search(text)


def test_the_recruiter_s_pdf_holds_neither(session, sign_in, pdf_machine, monkeypatch):
    _, desk, seated, *_ = a_job_dating()
    pages: list[str] = []
    monkeypatch.setattr("app.core.pdf.answers.pdf_of", lambda page, **_: pages.append(page) or b"%PDF-1.7")
    answer = sign_in(desk).get(address(seated, ".pdf"))
    assert answer.mimetype == "application/pdf"
    assert "fiche.pdf" in answer.headers["Content-Disposition"]
    (page,) = pages
    assert "Nadia K." in page
    assert "Kaddour" not in page
    assert not BENEFIT_WORDS.search(page)


def test_all_sheets_of_a_job_dating_hold_no_family_name(session, sign_in):
    staged, *_ = a_job_dating()
    text = the_main(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/plan/fiches"))
    assert text.count("Nadia K.") == 2
    assert "Kaddour" not in text
    assert not BENEFIT_WORDS.search(text)


def _pages(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def _sizes() -> Iterator[tuple[int, int]]:
    """Few sheets, with few or many lines: the drawing takes its time a line."""
    yield 9, 3
    yield 12, 3
    yield 20, 3
    yield 30, 2


@pytest.mark.parametrize(("siae", "firms"), sorted(_sizes()))
def test_each_sheet_takes_one_page(session, sign_in, pdf_machine, siae, firms):
    staged, seated, moving = a_speed_dating(siae, firms, seats=30)
    for one in (*seated, *moving):
        one.words = "Nous cherchons des personnes motivées pour un site qui ouvre en janvier. " * 6
        one.trade_slugs = ["agent-entretien", "jardinier-paysagiste"]
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)
    client = sign_in(staged.organiser)
    answer = client.get(f"/evenements/{staged.event.id}/plan/fiches.pdf?cote=mouvement")
    assert answer.mimetype == "application/pdf"
    assert _pages(_inflated(answer.get_data())) == firms


def _inflated(data: bytes) -> bytes:
    """Page objects may lie in compressed streams."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_the_pack_of_the_day_has_rounds_sheets_and_blank_ones(session, sign_in, pdf_machine):
    staged, *_ = planned(3, 3)
    answer = sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/plan.pdf")
    assert answer.mimetype == "application/pdf"
    pages = _pages(_inflated(answer.get_data()))
    assert pages == 1 + 1 + 6 + 2


@pytest.mark.parametrize("where", ["own", "all"])
def test_twelve_statements_at_most_whoever_comes(session, sign_in, statements, where):
    counts = []
    for size in (3, 12):
        staged, seated, _ = planned(size, size)
        who = member_of(seated[0]) if where == "own" else staged.organiser
        page = address(seated[0]) if where == "own" else f"/evenements/{staged.event.id}/plan/fiches"
        client = sign_in(who)
        client.get(page)
        db.session.expire_all()
        statements.clear()
        assert client.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_changed_minutes_change_the_hours_of_the_sheet(session, sign_in):
    _, seated, _ = planned(2, 2)
    db.session.query(MeetingSetup).one().round_minutes = 28
    db.session.commit()
    assert "10 h 30" in the_main(sign_in(member_of(seated[0])).get(address(seated[0])))


def test_who_cancelled_since_the_plan_is_a_pause_on_the_sheets_of_the_others(session, sign_in):
    staged, seated, moving = planned(2, 2)
    gone = moving[0].name
    assert gone in the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
    cancelling.cancel(moving[0].id, by=staged.organiser.actor)
    assert gone not in the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
    assert gone not in the_main(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/plan/fiches"))


def test_rounds_begun_late_are_printed_with_the_hours_of_the_room(session, sign_in):
    staged, seated, _ = planned(2, 2)
    starts_at = staged.slot.starts_at
    assert "10 h 12" in the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
    late = starts_at + timedelta(minutes=15)
    db.session.add(RoundClock(slot_id=staged.slot.id, round=1, phase=ClockPhase.TALKING, phase_since=late))
    db.session.commit()
    with clock.frozen(late + timedelta(minutes=3)):
        own = the_main(sign_in(member_of(seated[0])).get(address(seated[0])))
        everybody = the_main(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/plan/fiches"))
        plan = the_main(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/plan"))
    for page in (own, everybody, plan):
        assert "10 h 27" in page
        assert "10 h 12" not in page
