"""A sheet is read once; every planted fault is found in its cell; good lines are added when asked, never twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.candidates import queries, service
from app.candidates.labels import COLUMNS
from app.candidates.models import Candidate, CandidateImport, CandidateImportLine
from app.candidates.rules import CandidateRefusal, Column, FaultKind, ImportLineState, Means, Programme
from app.candidates.rules.sections import ProgrammeStay, TravelLimit
from app.core.errors import NotFound, Refused
from app.core.grid import Grid, Preset
from app.core.roles import Role
from app.core.sheets import Sheet, SheetRow
from app.core.workflow import WorkflowRefusal
from tests.factories.candidates import followed_by
from tests.factories.people import Somebody, somebody

pytestmark = pytest.mark.usefixtures("session", "today")
S = ImportLineState
HEADER = tuple(COLUMNS.values())


@pytest.fixture
def who() -> Somebody:
    return somebody(Role.FACILITATOR)


def _line(**cells: str) -> tuple[str, ...]:
    said = {"last_name": "Kaddour", "first_name": "Nadia", **cells}
    return tuple(said.get(column.value, "") for column in COLUMNS)


def _sheet(*lines: tuple[str, ...], header: tuple[str, ...] = HEADER, first: int = 1) -> Sheet:
    rows = [SheetRow(first, header), *(SheetRow(first + rank, cells) for rank, cells in enumerate(lines, 1))]
    return Sheet("Feuille1", tuple(rows))


def _start(who: Somebody, sheet: Sheet, sha256: str = "a") -> CandidateImport:
    return service.start_import(uuid4(), sheet, file_name="personnes.xlsx", sha256=sha256, by=who.actor)


def _lines(made: CandidateImport) -> dict[int, CandidateImportLine]:
    return {line.number: line for line in queries.lines_in(made.id)}


def _states(made: CandidateImport) -> dict[int, S]:
    return {number: line.state for number, line in _lines(made).items()}


PLANTED = {
    3: (_line(last_name="Un", birth_date="31/02/1990"), [(Column.BIRTH_DATE, FaultKind.NOT_A_DATE)]),
    4: (_line(last_name="Deux", birth_date="06/11/2026"), [(Column.BIRTH_DATE, FaultKind.BORN_LATER)]),
    5: (_line(last_name="Trois", birth_date="06/11/2010"), [(Column.BIRTH_DATE, FaultKind.TOO_YOUNG)]),
    6: (_line(last_name="Quatre", phone="06 12"), [(Column.PHONE, FaultKind.NOT_A_PHONE)]),
    7: (_line(last_name="Cinq", email="nadia@"), [(Column.EMAIL, FaultKind.NOT_AN_EMAIL)]),
    8: (_line(last_name="Six", commune="Paris"), [(Column.COMMUNE, FaultKind.UNKNOWN_COMMUNE)]),
    9: (_line(last_name="Sept", trades="ménage ; xyzzy"), [(Column.TRADES, FaultKind.UNKNOWN_TRADE)]),
    10: (_line(last_name="Huit", french="bon"), [(Column.FRENCH, FaultKind.UNKNOWN_LEVEL)]),
    11: (_line(last_name="Neuf", licences="Z"), [(Column.LICENCES, FaultKind.UNKNOWN_LICENCE)]),
    12: (
        _line(last_name="Dix", bus="long", car="999"),
        [(Column.BUS, FaultKind.NOT_MINUTES), (Column.CAR, FaultKind.NOT_MINUTES)],
    ),
    13: (_line(last_name="Onze", hours_min="60"), [(Column.HOURS_MIN, FaultKind.NOT_HOURS)]),
    14: (_line(last_name="Douze", hours_min="35", hours_max="20"), [(Column.HOURS_MAX, FaultKind.HOURS_ORDER)]),
    15: (_line(last_name="Treize", programmes="CER"), [(Column.PROGRAMMES, FaultKind.UNKNOWN_PROGRAMME)]),
    16: (_line(last_name="Quatorze", referent="x@y.fr"), [(Column.REFERENT, FaultKind.UNKNOWN_REFERENT)]),
    17: (_line(last_name="", first_name=""), [(Column.LAST_NAME, FaultKind.NAME_MISSING)]),
    18: (_line(last_name="Seize", address="x" * 10_000), [(Column.ADDRESS, FaultKind.TOO_LONG)]),
    19: (_line(last_name="Dix-sept", moments="toujours"), [(Column.MOMENTS, FaultKind.UNKNOWN_MOMENT)]),
    20: (_line(last_name="Dix-huit", available_from="demain"), [(Column.AVAILABLE_FROM, FaultKind.NOT_A_DATE)]),
}  # fmt: skip


def test_every_planted_fault_is_reported_in_its_cell_and_no_other(who: Somebody) -> None:
    made = _start(who, _sheet(_line(), *(cells for cells, _ in PLANTED.values())))
    lines = _lines(made)
    assert lines[2].state is S.NEW
    found = {
        number: [(Column(fault["column"]), FaultKind(fault["kind"])) for fault in line.faults]
        for number, line in lines.items()
        if line.state is S.FAULTY
    }
    assert found == {number: faults for number, (_, faults) in PLANTED.items()}


def test_a_full_line_becomes_a_full_file_followed_by_the_referent_and_the_plie(
    session: scoped_session, who: Somebody
) -> None:
    referent = somebody(Role.REFERENT)
    made = _start(
        who,
        _sheet(
            _line(
                birth_date="16/11/1990", phone="06 12 34 56 78", email="n@exemple.fr", address="3, rue Haute",
                commune="etampes", trades="ménage ; Maçon", own_words="J’aime l’ordre.", french="A2", licences="B",
                bus="45", car="30 min", available_from="16/11/2026", moments="journée ; matin tôt", hours_min="20",
                hours_max="35", programmes="RSA", programmes_since="01/03/2026", referent=str(referent.user.email),
            )
        ),
    )  # fmt: skip
    assert service.accept_import(made.id, by=who.actor) == (1, 0)
    line = _lines(made)[2]
    assert line.candidate_id is not None
    person = queries.the_candidate(who.actor, line.candidate_id)
    lines = queries.lines_of([person.id])[person.id]
    assert (line.state, made.added) == (S.ADDED, 1)
    assert (person.full_name, person.birth_date, person.phone) == ("Nadia Kaddour", date(1990, 11, 16), "+33612345678")
    assert (person.commune_insee, person.french, person.licences) == ("91223", 2, ["b"])
    assert lines.trade_slugs == ["agent-entretien", "macon"]
    assert lines.travels == [TravelLimit(Means.BUS, 45), TravelLimit(Means.CAR, 30)]
    assert person.grid == Grid.from_presets([Preset.DAY, Preset.EARLY])
    assert (person.hours_min, person.hours_max) == (Decimal(20), Decimal(35))
    assert lines.programmes == [ProgrammeStay(Programme.RSA, date(2026, 3, 1))]
    assert person.referent_id == referent.user.id
    assert person.referent_organisation_id == referent.actor.organisation_id
    assert person.facilitator_organisation_id == who.actor.organisation_id
    assert (person.consent_at, person.ready_on) == (None, None)
    assert session.scalars(select(User).where(User.candidate_id == person.id)).one().phone == "+33612345678"
    action = session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == person.id)).one()
    assert action == "candidate.imported"


def test_a_person_already_known_or_twice_in_the_sheet_is_not_new(who: Somebody) -> None:
    known = followed_by(who, last_name="Kadour", birth_date=date(1990, 11, 16))
    made = _start(
        who,
        _sheet(
            _line(birth_date="16/11/1990"),
            _line(last_name="Petit", phone="06 12 34 56 78"),
            _line(last_name="PETIT", first_name="nadia", phone="+33 6 12 34 56 78"),
        ),
    )
    lines = _lines(made)
    assert _states(made) == {2: S.KNOWN, 3: S.NEW, 4: S.KNOWN}
    assert (lines[2].candidate_id, lines[4].twin_line) == (known.id, 3)


def test_a_phone_that_is_somebody_elses_is_a_fault_of_its_cell(who: Somebody) -> None:
    followed_by(who, first_name="Léa", last_name="Petit", phone="+33612345678")
    made = _start(who, _sheet(_line(phone="06 12 34 56 78")))
    line = _lines(made)[2]
    assert line.state is S.FAULTY
    assert [(fault["column"], fault["kind"]) for fault in line.faults] == [("phone", "phone_of_another")]


def test_the_same_file_again_is_the_import_already_made(session: scoped_session, who: Somebody) -> None:
    colleague = somebody(Role.FACILITATOR, who.organisation)
    first = _start(who, _sheet(_line()))
    assert _start(colleague, _sheet(_line())) is first
    assert session.scalar(select(func.count()).select_from(CandidateImport)) == 1


def test_accepting_twice_or_another_file_of_the_same_people_adds_nothing(
    session: scoped_session, who: Somebody
) -> None:
    made = _start(who, _sheet(_line(birth_date="16/11/1990"), _line(last_name="Petit")))
    assert service.accept_import(made.id, by=who.actor) == (2, 0)
    with pytest.raises(Refused) as refused:
        service.accept_import(made.id, by=who.actor)
    assert refused.value.reasons == (CandidateRefusal.NOTHING_TO_ADD,)
    before = session.scalar(select(func.count()).select_from(Candidate))
    again = _start(who, _sheet(_line(last_name="Petit"), _line(birth_date="16/11/1990")), sha256="b")
    assert set(_states(again).values()) == {S.KNOWN}
    with pytest.raises(Refused):
        service.accept_import(again.id, by=who.actor)
    assert session.scalar(select(func.count()).select_from(Candidate)) == before


def test_somebody_opened_meanwhile_is_not_added(who: Somebody) -> None:
    made = _start(who, _sheet(_line(birth_date="16/11/1990"), _line(last_name="Petit")))
    known = followed_by(who, last_name="Kaddour", birth_date=date(1990, 11, 16))
    assert service.accept_import(made.id, by=who.actor) == (1, 0)
    assert _states(made) == {2: S.KNOWN, 3: S.ADDED}
    assert _lines(made)[2].candidate_id == known.id


def test_a_known_line_said_to_be_somebody_else_is_added(who: Somebody) -> None:
    followed_by(who, last_name="Kaddour")
    made = _start(who, _sheet(_line()))
    assert _states(made) == {2: S.KNOWN}
    assert service.accept_import(made.id, by=who.actor, others=[2, 99]) == (1, 0)
    assert _states(made) == {2: S.ADDED}


def test_faulty_lines_wait_and_do_not_hold_the_others(who: Somebody) -> None:
    made = _start(who, _sheet(_line(last_name="Un"), _line(last_name="Deux", phone="06"), _line(last_name="Trois")))
    assert service.accept_import(made.id, by=who.actor) == (2, 0)
    assert _states(made) == {2: S.ADDED, 3: S.FAULTY, 4: S.ADDED}


def test_a_long_sheet_is_added_in_batches_and_goes_on(who: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.candidates.service.accepting.A_BATCH", 2)
    made = _start(who, _sheet(*(_line(last_name=name) for name in ("Un", "Deux", "Trois", "Quatre", "Cinq"))))
    answers = [service.accept_import(made.id, by=who.actor) for _ in range(3)]
    assert answers == [(2, 3), (2, 1), (1, 0)]
    assert (set(_states(made).values()), made.added) == ({S.ADDED}, 5)


def test_an_address_shared_by_two_lines_opens_one_access(session: scoped_session, who: Somebody) -> None:
    shared = {"email": "famille@exemple.fr"}
    made = _start(who, _sheet(_line(last_name="Un", **shared), _line(last_name="Deux", **shared), _line()))
    service.accept_import(made.id, by=who.actor)
    ids = [line.candidate_id for line in _lines(made).values()]
    users = session.scalars(select(User).where(User.candidate_id.in_(ids))).all()
    assert sorted((user.last_name, user.email) for user in users) == [
        ("Deux", None),
        ("Kaddour", None),
        ("Un", "famille@exemple.fr"),
    ]


def test_titles_may_stand_lower_and_columns_in_any_order(who: Somebody) -> None:
    sheet = Sheet(
        "",
        (
            SheetRow(1, ("Liste des personnes",)),
            SheetRow(3, ("Groupe", "Prénom", "N° sécurité sociale", "NOM")),
            SheetRow(4, ("A", "Nadia", "2901191", "Kaddour")),
        ),
        ("XFD1048576",),
    )
    made = _start(who, sheet)
    line = _lines(made)[4]
    assert (line.understood["last_name"], line.state) == ("Kaddour", S.NEW)
    assert line.cells == ["A", "Nadia", "", "Kaddour"]
    assert len(made.notes) == 3
    assert "XFD1048576" in made.notes[-1]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (_sheet(("a", "b"), header=("Colonne", "Autre")), CandidateRefusal.NO_HEADER),
        (_sheet(), CandidateRefusal.NO_LINES),
    ],
)
def test_a_sheet_without_titles_or_lines_says_so(who: Somebody, sheet: Sheet, reason: CandidateRefusal) -> None:
    with pytest.raises(Refused) as refused:
        _start(who, sheet)
    assert refused.value.reasons == (reason,)


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.EMPLOYER, Role.ADMINISTRATOR, Role.CANDIDATE])
def test_the_others_bring_no_sheet(role: Role) -> None:
    with pytest.raises(Refused) as refused:
        _start(somebody(role), _sheet(_line()))
    assert refused.value.reasons == (WorkflowRefusal.NOT_YOUR_ROLE,)


def test_an_import_is_of_its_organisation(who: Somebody) -> None:
    made = _start(who, _sheet(_line()))
    stranger = somebody(Role.FACILITATOR)
    with pytest.raises(NotFound):
        service.accept_import(made.id, by=stranger.actor)
    assert queries.counts_of([made.id]) == {made.id: {S.NEW: 1, S.KNOWN: 0, S.FAULTY: 0, S.ADDED: 0}}
