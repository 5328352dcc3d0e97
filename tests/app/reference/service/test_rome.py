"""The official list: imported, imported again, wrong, shorter."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.core.settings import ROOT
from app.reference.models import RomeCode, RomeImport, Trade
from app.reference.queries import find_trade, last_rome_imports, rome_counts, suggest_trades
from app.reference.rules import OTHER_FAMILY, TradeSource
from app.reference.service import RomeFileError, change_words, import_rome, load_reference
from tests.factories.people import somebody

SAMPLES = Path(__file__).parents[1] / "samples"
CODES, NAMES = SAMPLES / "codes.csv", SAMPLES / "appellations.csv"
OFFICIAL = ROOT.parent / "shared" / "data" / "rome"


def _official(session: scoped_session) -> dict[str, Trade]:
    rows = session.scalars(select(Trade).where(Trade.source == TradeSource.ROME, ~Trade.retired))
    return {trade.name: trade for trade in rows}


def test_official_names_are_added_in_both_genders_with_a_family(session: scoped_session) -> None:
    summary = import_rome(CODES, NAMES)
    names = _official(session)
    assert (summary.codes, summary.names, summary.kept + summary.added) == (13, 65, 65)
    cashier = names["Caissier de parking"]
    assert (cashier.feminine, cashier.rome_code, cashier.family_slug) == ("Caissière de parking", "D1505", "commerce")
    assert names["Cardiologue"].family_slug == OTHER_FAMILY
    assert session.get(RomeCode, "J1102").name == "Médecin généraliste"
    found = find_trade("caissière de parking")
    assert found is not None
    assert found.slug == cashier.slug


def test_a_name_that_is_ours_stays_ours(session: scoped_session) -> None:
    summary = import_rome(CODES, NAMES)
    names = _official(session)
    assert summary.kept >= 4
    for ours in ("Aide à domicile", "Jardinier paysagiste", "Caissier", "Agent de sécurité"):
        assert ours not in names
    found = find_trade("caissier")
    assert found is not None
    assert found.slug == "hote-caisse"


def test_a_second_run_changes_nothing(session: scoped_session) -> None:
    import_rome(CODES, NAMES)
    before = session.execute(select(func.count(), func.sum(Trade.version)).select_from(Trade)).one()
    again = import_rome(CODES, NAMES)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)
    assert session.execute(select(func.count(), func.sum(Trade.version)).select_from(Trade)).one() == before
    assert set(load_reference().values()) == {0}


def test_each_run_is_remembered_with_its_author(session: scoped_session) -> None:
    by = somebody(Role.ADMINISTRATOR).actor
    summary = import_rome(CODES, NAMES, by=by)
    (last,) = last_rome_imports()
    assert (last.imported_by, last.codes, last.names, last.added) == (by.name, 13, 65, summary.added)
    assert rome_counts()[1] == summary.added


def test_a_name_gone_from_the_list_is_retired_and_comes_back(session: scoped_session, tmp_path: Path) -> None:
    import_rome(CODES, NAMES)
    slug = _official(session)["Cardiologue"].slug
    shorter = tmp_path / "names.csv"
    shorter.write_text("".join(line for line in _lines(NAMES) if "Cardiologue" not in line), encoding="utf-8")
    assert import_rome(CODES, shorter).retired == 1
    assert session.get(Trade, slug).retired
    assert find_trade("cardiologue") is None
    back = import_rome(CODES, NAMES)
    assert (back.added, back.changed) == (0, 1)
    assert not session.get(Trade, slug).retired


def test_words_given_to_an_official_name_stay(session: scoped_session) -> None:
    by = somebody(Role.DEPARTMENT).actor
    import_rome(CODES, NAMES)
    trade = _official(session)["Cardiologue"]
    change_words(trade.slug, by=by, version=trade.version, words=["cœur"])
    import_rome(CODES, NAMES)
    assert session.get(Trade, trade.slug).words == ["cœur"]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


Change = Callable[[list[str]], list[str]]
WRONG_NAMES: dict[str, tuple[Change, str]] = {
    "another file": (lambda lines: _lines(CODES), r"ligne 1.*il manque.*libelle_appellation_long.*bon fichier"),
    "nothing": (lambda lines: [], r"ligne 1.*il manque"),
    "a header alone": (lambda lines: lines[:1], r"vide"),
    "a cell too many": (lambda lines: [*lines[:2], '"1","2",' + lines[2]], r"ligne 3.*nombre de colonnes"),
    "a cell too few": (lambda lines: [*lines[:2], '"1","2"\n'], r"ligne 3.*nombre de colonnes"),
    "an unknown code": (lambda lines: [lines[0], lines[1].replace("C1501", "Z9999")], r"ligne 2.*Z9999"),
    "a name twice": (lambda lines: [*lines[:2], lines[1]], r"ligne 3.*deux fois"),
    "a broken quote": (lambda lines: [*lines[:2], '"10,"x"y"\n'], r"ligne 3.*mal formée"),
    "no number": (lambda lines: [lines[0], '"abc' + lines[1][1:]], r"ligne 2.*numéro d’appellation"),
}


@pytest.mark.parametrize("case", WRONG_NAMES)
def test_a_wrong_file_of_names_is_refused_with_its_line(session: scoped_session, tmp_path: Path, case: str) -> None:
    change, message = WRONG_NAMES[case]
    wrong = tmp_path / "appellations.csv"
    wrong.write_text("".join(change(_lines(NAMES))), encoding="utf-8")
    before = rome_counts()
    with pytest.raises(RomeFileError, match=f"(?s){message}"):
        import_rome(CODES, wrong)
    assert rome_counts() == before


WRONG_CODES: dict[str, tuple[Change, str]] = {
    "another file": (lambda lines: _lines(NAMES), r"ligne 1.*libelle_rome"),
    "a wrong code": (lambda lines: [lines[0], lines[1].replace("A1203", "A12")], r"ligne 2.*pas un code ROME"),
    "a code twice": (lambda lines: [*lines[:2], lines[1]], r"ligne 3.*deux fois"),
    "a header alone": (lambda lines: lines[:1], r"vide"),
}


@pytest.mark.parametrize("case", WRONG_CODES)
def test_a_wrong_file_of_codes_is_refused_with_its_line(session: scoped_session, tmp_path: Path, case: str) -> None:
    change, message = WRONG_CODES[case]
    wrong = tmp_path / "codes.csv"
    wrong.write_text("".join(change(_lines(CODES))), encoding="utf-8")
    with pytest.raises(RomeFileError, match=f"(?s){message}"):
        import_rome(wrong, NAMES)


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff\xfe\x00", "é;à".encode("latin-1"), b"\x00\x00"])
def test_what_is_no_csv_is_refused(session: scoped_session, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "codes.xlsx"
    wrong.write_bytes(content)
    with pytest.raises(RomeFileError, match=r"codes\.xlsx"):
        import_rome(wrong, NAMES)


def test_a_missing_file_is_said(session: scoped_session, tmp_path: Path) -> None:
    with pytest.raises(RomeFileError, match="ne peut pas être lu"):
        import_rome(tmp_path / "absent.csv", NAMES)


def test_a_file_cut_short_does_not_retire_the_list(session: scoped_session, tmp_path: Path) -> None:
    import_rome(CODES, NAMES)
    before = rome_counts()
    short = tmp_path / "appellations.csv"
    short.write_text("".join(_lines(NAMES)[:8]), encoding="utf-8")
    with pytest.raises(RomeFileError, match="incomplet"):
        import_rome(CODES, short)
    assert rome_counts() == before
    assert session.scalar(select(func.count()).select_from(RomeImport)) == 1


@pytest.mark.parametrize("folder", [OFFICIAL] if OFFICIAL.is_dir() else [])
def test_the_whole_official_list_comes_in_twice(session: scoped_session, folder: Path) -> None:
    codes, names = sorted(folder.glob("*code_rome*.csv"))[0], sorted(folder.glob("*appellation*.csv"))[0]
    first = import_rome(codes, names)
    assert (first.codes, first.names, first.kept + first.added) == (1584, 13120, 13120)
    again = import_rome(codes, names)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)
    assert rome_counts() == (1584, first.added)
    for words in ("menage", "nounou", "caces", "plonge"):
        assert suggest_trades(words)[0].source is TradeSource.PORTAL
