"""The official file is read whatever its liberties; what is wrong in one contract is said and spoils no other."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clauses.rules.decp import DecpFaultKind, DecpFirm, DecpForm, read_decp, reading

BUYER = "35600000000048"
HOLDER = "55204599900869"


def _contract(**values: Any) -> dict[str, Any]:
    return {
        "id": "2026-014",
        "acheteur": {"id": BUYER},
        "nature": "Marché",
        "objet": "Réfection du collège",
        "codeCPV": "45214200-2",
        "dureeMois": 24,
        "dateNotification": "2026-09-01",
        "montant": 250000.5,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": HOLDER}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale", "Critère social"]},
    } | values


def _file(*contracts: Any) -> bytes:
    return json.dumps({"marches": {"marche": list(contracts)}}).encode()


def _faults(data: bytes) -> list[tuple[int, str, DecpFaultKind]]:
    return [(fault.index, fault.field, fault.kind) for fault in read_decp(data).faults]


def test_a_contract_of_the_schema_2_is_read_with_types() -> None:
    read = read_decp(_file(_contract()))
    (contract,) = read.contracts
    assert read.faults == ()
    assert contract.key == (BUYER, "2026-014")
    assert (contract.cpv, contract.months, contract.amount) == ("45214200", 24, Decimal("250000.50"))
    assert contract.notified_on == date(2026, 9, 1)
    assert contract.ends_on == date(2028, 9, 1)
    assert contract.holders == (DecpFirm("SIRET", HOLDER),)
    assert contract.social == ("Clause sociale", "Critère social")


def test_every_other_field_of_the_schema_has_its_place() -> None:
    (contract,) = read_decp(
        _file(
            _contract(
                acheteur={"id": BUYER, "nom": "Département"},
                techniques={"technique": ["Concours", "Accord-cadre"]},
                modalitesExecution={"modaliteExecution": ["Tranches"]},
                idAccordCadre="AC1",
                marcheInnovant=True,
                ccag="Travaux",
                offresRecues=4,
                attributionAvance=False,
                tauxAvance=0.1,
                typeGroupementOperateurs="Conjoint",
                sousTraitanceDeclaree=True,
                procedure="Appel d'offres ouvert",
                lieuExecution={"code": "91228", "typeCode": "Code commune"},
                datePublicationDonnees="2026-09-15",
                typesPrix={"typePrix": ["Provisoire", "Définitif ferme"]},
                formePrix="Mixte",
                origineUE=0.5,
                origineFrance=0.25,
                considerationsEnvironnementales={"considerationEnvironnementale": ["Clause environnementale"]},
            )
        )
    ).contracts
    assert contract.buyer_name == "Département"
    assert (contract.techniques, contract.execution) == (("Accord-cadre", "Concours"), ("Tranches",))
    assert (contract.innovative, contract.advance, contract.subcontracting) == (True, False, True)
    assert (contract.offers_received, contract.advance_rate) == (4, Decimal("0.1"))
    assert (contract.place_code, contract.place_kind) == ("91228", "Code commune")
    assert contract.price_kinds == ("Définitif ferme", "Provisoire")
    assert (contract.origin_eu, contract.origin_france) == (Decimal("0.5"), Decimal("0.25"))
    assert contract.environmental == ("Clause environnementale",)
    assert (contract.framework_id, contract.general_terms, contract.grouping) == ("AC1", "Travaux", "Conjoint")


def test_modifications_change_the_amount_the_duration_and_the_holders_in_the_order_of_their_dates() -> None:
    other = {"titulaire": {"typeIdentifiant": "TVA", "id": "DE814864138"}}
    later = {"id": 2, "dateNotificationModification": "2027-03-01", "montant": "300 000,00", "titulaires": [other]}
    sooner = {"id": 1, "dateNotificationModification": "2027-01-01", "montant": 280000, "dureeMois": 30}
    (contract,) = read_decp(
        _file(_contract(modifications=[{"modification": later}, {"modification": sooner}]))
    ).contracts
    assert [change.id for change in contract.in_order] == [1, 2]
    assert contract.amount == Decimal("250000.50")
    assert contract.amount_now == Decimal(300000)
    assert contract.months_now == 30
    assert contract.holders_now == (DecpFirm("TVA", "DE814864138"),)


def test_acts_of_subcontracting_are_read_with_their_modifications() -> None:
    act = {
        "id": 1,
        "sousTraitant": {"id": HOLDER, "typeIdentifiant": "SIRET"},
        "dureeMois": 12,
        "dateNotification": "2026-10-11",
        "montant": 123456.89,
        "variationPrix": "Révisable",
    }
    change = {"id": 1, "dateNotificationModificationSousTraitance": "2026-12-01", "montant": 100}
    (contract,) = read_decp(
        _file(
            _contract(
                actesSousTraitance=[{"acteSousTraitance": act}],
                modificationsActesSousTraitance=[{"modificationActeSousTraitance": change}],
            )
        )
    ).contracts
    (subcontract,) = contract.subcontracts
    assert (subcontract.firm, subcontract.amount) == (DecpFirm("SIRET", HOLDER), Decimal("123456.89"))
    assert contract.subcontract_changes[0].notified_on == date(2026, 12, 1)


def test_a_concession_has_a_signature_and_a_value() -> None:
    concession = {
        "id": "C1",
        "autoriteConcedante": {"id": BUYER},
        "nature": "Concession de travaux",
        "objet": "Réseau de chaleur",
        "dureeMois": 120,
        "dateSignature": "2024-04-02",
        "dateDebutExecution": "2024-05-01",
        "valeurGlobale": 10.3,
        "montantSubventionPublique": 0.5,
        "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": HOLDER}}],
        "modifications": [{"modification": {"id": 1, "dateSignatureModification": "2025-04-19", "valeurGlobale": 25}}],
    }
    read = read_decp(json.dumps({"marches": {"contrat-concession": [concession]}}).encode())
    (contract,) = read.contracts
    assert read.faults == ()
    assert (contract.form, contract.notified_on) == (DecpForm.CONCESSION, date(2024, 4, 2))
    assert (contract.amount, contract.amount_now, contract.subsidy) == (Decimal("10.3"), Decimal(25), Decimal("0.5"))
    assert contract.ends_on == date(2034, 5, 1)


def test_a_file_of_the_older_schema_is_read() -> None:
    old = _contract(
        titulaires=[{"typeIdentifiant": "SIRET", "id": HOLDER, "denominationSociale": "Garami"}],
        modifications=[{"objetModification": "Délai", "dateNotificationModification": "2027-01-01", "dureeMois": 30}],
        lieuExecution={"code": "35238", "typeCode": "Code commune", "nom": "Rennes"},
    )
    read = read_decp(json.dumps({"marches": [old]}).encode())
    (contract,) = read.contracts
    assert read.faults == ()
    assert contract.holders == (DecpFirm("SIRET", HOLDER, "Garami"),)
    assert (contract.changes[0].subject, contract.place_name) == ("Délai", "Rennes")


@pytest.mark.parametrize(
    "written",
    [
        {"titulaires": {"titulaire": [{"typeIdentifiant": "SIRET", "id": HOLDER}]}},
        {"titulaires": [{"titulaire": [{"typeIdentifiant": "SIRET", "id": HOLDER}]}]},
        {"titulaires": {"titulaire": {"id": HOLDER}}},
        {"titulaires": [{"id": HOLDER}]},
        {"montant": "250 000,50", "dureeMois": "24", "codeCPV": 45214200},
        {"acheteur": BUYER, "considerationsSociales": ["clause sociale", "CRITERE SOCIAL"]},
        {"dateNotification": "2026-09-01T00:00:00+02:00", "considerationsSociales": "Clause sociale"},
        {"dateNotification": "01/09/2026", "marcheInnovant": "non", "offresRecues": "NC", "modifications": None},
    ],
)
def test_the_liberties_of_platforms_are_no_fault(written: dict[str, Any]) -> None:
    read = read_decp(_file(_contract(**written)))
    (contract,) = read.contracts
    assert read.faults == ()
    assert contract.holders == (DecpFirm("SIRET", HOLDER),)
    assert (contract.amount, contract.months, contract.cpv) == (Decimal("250000.50"), 24, "45214200")
    assert (contract.notified_on, contract.social[0]) == (date(2026, 9, 1), "Clause sociale")


@pytest.mark.parametrize(
    ("written", "field", "kind"),
    [
        ({"id": ""}, "id", DecpFaultKind.MISSING),
        ({"id": "x" * 61}, "id", DecpFaultKind.TOO_LONG),
        ({"acheteur": {"id": "35600000000049"}}, "acheteur.id", DecpFaultKind.NOT_A_SIRET),
        ({"acheteur": {}}, "acheteur.id", DecpFaultKind.MISSING),
        ({"objet": {"a": 1}}, "objet", DecpFaultKind.NOT_A_TEXT),
        ({"dateNotification": "2026-02-30"}, "dateNotification", DecpFaultKind.NOT_A_DATE),
        ({"dateNotification": "0001-01-01"}, "dateNotification", DecpFaultKind.OUT_OF_RANGE),
        ({"dateNotification": 20260901}, "dateNotification", DecpFaultKind.NOT_A_DATE),
        ({"dateNotification": "NC"}, "dateNotification", DecpFaultKind.MISSING),
    ],
)
def test_a_contract_without_what_makes_it_one_is_left_out_alone(
    written: dict[str, Any], field: str, kind: DecpFaultKind
) -> None:
    read = read_decp(_file(_contract(id="avant"), _contract(**written), _contract(id="après")))
    assert [contract.id for contract in read.contracts] == ["avant", "après"]
    (fault,) = read.faults
    assert (fault.index, fault.field, fault.kind, fault.blocking) == (1, field, kind, True)


@pytest.mark.parametrize(
    ("written", "field", "kind"),
    [
        ({"montant": 1e17}, "montant", DecpFaultKind.OUT_OF_RANGE),
        ({"montant": "1e99999"}, "montant", DecpFaultKind.NOT_A_NUMBER),
        ({"montant": -1}, "montant", DecpFaultKind.OUT_OF_RANGE),
        ({"montant": True}, "montant", DecpFaultKind.NOT_A_NUMBER),
        ({"montant": "beaucoup"}, "montant", DecpFaultKind.NOT_A_NUMBER),
        ({"montant": None}, "montant", DecpFaultKind.MISSING),
        ({"dureeMois": 0}, "dureeMois", DecpFaultKind.OUT_OF_RANGE),
        ({"dureeMois": 2.5}, "dureeMois", DecpFaultKind.NOT_A_NUMBER),
        ({"codeCPV": "4521420"}, "codeCPV", DecpFaultKind.NOT_A_CPV),
        ({"marcheInnovant": "peut-être"}, "marcheInnovant", DecpFaultKind.NOT_YES_OR_NO),
        ({"tauxAvance": 30}, "tauxAvance", DecpFaultKind.OUT_OF_RANGE),
        ({"titulaires": "SIRET"}, "titulaires", DecpFaultKind.NOT_A_LIST),
        ({"titulaires": [{"titulaire": "typeIdentifiant"}]}, "titulaires[1]", DecpFaultKind.NOT_AN_OBJECT),
        ({"titulaires": [{"titulaire": {"id": ""}}]}, "titulaires[1].id", DecpFaultKind.MISSING),
        (
            {"titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "214356"}}]},
            "titulaires[1].id",
            DecpFaultKind.NOT_A_SIRET,
        ),
        (
            {"considerationsSociales": {"considerationSociale": ["Clause sociale", "Autre"]}},
            "considerationsSociales.considerationSociale",
            DecpFaultKind.UNKNOWN_WORD,
        ),
        (
            {"modifications": [{"modification": {"id": 1, "montant": "x"}}]},
            "modifications[1].montant",
            DecpFaultKind.NOT_A_NUMBER,
        ),
        ({"objet": "a" * 1001}, "objet", DecpFaultKind.TOO_LONG),
    ],
)
def test_a_lesser_fault_is_said_and_the_contract_stays(
    written: dict[str, Any], field: str, kind: DecpFaultKind
) -> None:
    read = read_decp(_file(_contract(**written)))
    (fault,) = read.faults
    assert (fault.index, fault.contract_id, fault.field, fault.kind) == (0, "2026-014", field, kind)
    assert not fault.blocking
    assert read.faults_of(read.contracts[0]) == (fault,)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", DecpFaultKind.NOT_JSON),
        (b'{"marches": ', DecpFaultKind.NOT_JSON),
        (b"PK\x03\x04\xff\x00", DecpFaultKind.NOT_JSON),
        (b"[" * 200_000, DecpFaultKind.TOO_DEEP),
        (b"[" + b"9" * 5_000 + b"]", DecpFaultKind.NOT_JSON),
        (b"[" + b"[]," * 2_000_000 + b"1]", DecpFaultKind.TOO_MANY),
        (b" " * (20 * 1024 * 1024 + 1), DecpFaultKind.TOO_BIG),
        (b"{}", DecpFaultKind.NO_CONTRACT),
        (b'{"marches": {"marche": []}}', DecpFaultKind.NO_CONTRACT),
        (b"3", DecpFaultKind.NO_CONTRACT),
    ],
)
def test_a_file_that_is_none_gives_one_fault(data: bytes, kind: DecpFaultKind) -> None:
    read = read_decp(data)
    assert read.contracts == ()
    (fault,) = read.faults
    assert (fault.index, fault.kind, fault.blocking) == (-1, kind, True)


def test_too_many_contracts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CONTRACTS", 2)
    assert _faults(_file({}, {}, {})) == [(-1, "", DecpFaultKind.TOO_MANY)]


def test_what_is_no_object_among_contracts_is_one_fault() -> None:
    assert _faults(_file(3, _contract())) == [(0, "", DecpFaultKind.NOT_AN_OBJECT)]


def test_the_same_contract_twice_counts_once_and_a_different_one_under_its_number_is_a_fault() -> None:
    assert _faults(_file(_contract(), _contract())) == []
    read = read_decp(_file(_contract(), _contract(objet="Autre")))
    assert [contract.subject for contract in read.contracts] == ["Réfection du collège"]
    assert _faults(_file(_contract(), _contract(objet="Autre"))) == [(1, "id", DecpFaultKind.TWICE)]


def test_a_text_with_a_null_or_half_a_character_can_be_stored() -> None:
    data = _file(_contract()).replace(b"R\\u00e9fection", b"A\\u0000B\\ud800C")
    subject = read_decp(data).contracts[0].subject
    assert subject == "A B?C du collège"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["marches", "marche", *_contract(), "titulaire", "modifications", "modification", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*_contract(), "modifications", "actesSousTraitance", "ccag"]), _json), _json)
def test_no_content_makes_the_reader_fail(over: dict[str, Any], other: Any) -> None:
    read = read_decp(json.dumps({"marches": {"marche": [_contract() | over, other]}}).encode())
    assert len(read.contracts) + len({fault.index for fault in read.faults if fault.blocking}) == 2 or not other
    assert read_decp(json.dumps(other).encode()) is not None


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    assert read_decp(data).contracts == ()
