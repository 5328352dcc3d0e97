"""Bring in the official list of job names (ROME, France Travail open data) from its two files."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern
from typing import Any, Final

from sqlalchemy import func, select, update

from app.core.clock import now
from app.core.db import db
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.reference import rules
from app.reference.models import RomeCode, RomeImport, Trade
from app.reference.rules import TradeSource
from app.reference.service.load import LOCK
from app.reference.service.upsert import upsert

CODE: Final = pattern(r"[A-Z]\d{4}")
NUMBER: Final = pattern(r"\d{1,9}")
CODE_COLUMNS: Final = ("code_rome", "libelle_rome", "code_rome_parent")
NAME_COLUMNS: Final = ("code_ogr", "libelle_appellation_long", "code_rome")


class RomeFileError(Exception):
    """The file is not the one expected; the message, in French, says where and what."""


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What the import found and did. ``kept`` names are ours already: the portal's own trade stays."""

    codes: int
    names: int
    kept: int
    added: int
    changed: int
    retired: int


@transaction
def import_rome(codes_csv: Path | str, names_csv: Path | str, *, by: Actor = SYSTEM) -> ImportSummary:
    """Add the official codes and names; running it again on the same files changes nothing.

    A name that the portal has in its own words is left to it. A name gone from the list is retired, never removed.
    Raises RomeFileError: nothing is written then.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    codes = list(_codes(Path(codes_csv)))
    upsert(RomeCode, codes)
    names = list(_names(Path(names_csv), {row["code"] for row in codes}))
    _refuse_an_incomplete_file(Path(names_csv), len(names))
    ours = _our_names()
    official = [row for row in names if not ours & _sayings(row)]
    added, changed = upsert(Trade, _trades(official, codes), keep_edited=True)
    retired = _retire({row["slug"] for row in official})
    summary = ImportSummary(len(codes), len(names), len(names) - len(official), added, changed, retired)
    db.session.add(
        RomeImport(
            imported_at=now(),
            imported_by=by.name,
            codes=summary.codes,
            names=summary.names,
            added=added,
            changed=changed,
            retired=retired,
        )
    )
    db.session.expire_all()
    return summary


# --- the files ----------------------------------------------------------------------------------------------


def _lines(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells) of an official file, read line by line; the header must name the columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                wanted = ", ".join(f"«\u00a0{name}\u00a0»" for name in missing)
                raise RomeFileError(f"{path.name}, ligne 1\u00a0: il manque {wanted}. Est-ce le bon fichier\u00a0?")
            for row in reader:
                if None in row or None in row.values():
                    raise _wrong(path, reader.line_num, "le nombre de colonnes n’est pas celui de l’en-tête")
                yield reader.line_num, row
    except OSError as error:
        raise RomeFileError(f"Le fichier {path} ne peut pas être lu\u00a0: vérifiez son adresse.") from error
    except UnicodeDecodeError as error:
        raise RomeFileError(f"{path.name}\u00a0: ce n’est pas un fichier CSV en UTF-8.") from error
    except csv.Error as error:
        raise RomeFileError(f"{path.name}, ligne {reader.line_num + 1}\u00a0: la ligne est mal formée.") from error


def _wrong(path: Path, line: int, why: str) -> RomeFileError:
    return RomeFileError(f"{path.name}, ligne {line}\u00a0: {why}.")


def _codes(path: Path) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for line, row in _lines(path, CODE_COLUMNS):
        code, parent, name = row["code_rome"], row["code_rome_parent"], row["libelle_rome"].strip()
        if not CODE.fullmatch(code) or not CODE.fullmatch(parent):
            raise _wrong(path, line, f"«\u00a0{code or parent}\u00a0» n’est pas un code ROME (exemple\u00a0: K1304)")
        if not name:
            raise _wrong(path, line, f"le code {code} n’a pas de nom")
        if code in seen:
            raise _wrong(path, line, f"le code {code} est donné deux fois")
        seen.add(code)
        yield {"code": code, "name": name.replace("'", "’"), "parent_code": parent}
    if not seen:
        raise RomeFileError(f"{path.name}\u00a0: le fichier est vide.")


def _names(path: Path, codes: set[str]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for line, row in _lines(path, NAME_COLUMNS):
        number, code, long_name = row["code_ogr"], row["code_rome"], row["libelle_appellation_long"].strip()
        if not NUMBER.fullmatch(number):
            raise _wrong(path, line, f"«\u00a0{number}\u00a0» n’est pas un numéro d’appellation")
        if number in seen:
            raise _wrong(path, line, f"l’appellation {number} est donnée deux fois")
        if code not in codes:
            raise _wrong(path, line, f"le code «\u00a0{code}\u00a0» n’est pas dans le fichier des codes")
        if not long_name:
            raise _wrong(path, line, f"l’appellation {number} n’a pas de nom")
        seen.add(number)
        name, feminine = rules.gendered(long_name)
        yield {"slug": f"rome-{number}", "rome_code": code, "name": name, "feminine": feminine}
    if not seen:
        raise RomeFileError(f"{path.name}\u00a0: le fichier est vide.")


def _refuse_an_incomplete_file(path: Path, count: int) -> None:
    """Half of the names gone at once is a file cut short, not a new edition."""
    known = db.session.scalar(select(func.count()).where(Trade.source == TradeSource.ROME, ~Trade.retired)) or 0
    if count * 2 < known:
        short = f"{path.name}\u00a0: {count} appellations seulement, et le portail en connaît {known}."
        raise RomeFileError(f"{short} Le fichier est incomplet.")


# --- the trades ---------------------------------------------------------------------------------------------


def _our_names() -> set[str]:
    """Names of our trades, and their everyday words tied to their code: « vigile » is ours for K2503 only."""
    ours = set()
    for trade in db.session.scalars(select(Trade).where(Trade.source == TradeSource.PORTAL)):
        ours |= {rules.essence(trade.name), rules.essence(trade.feminine)}
        ours |= {f"{trade.rome_code} {rules.essence(word)}" for word in trade.words}
    return ours


def _sayings(row: dict[str, str]) -> set[str]:
    names = {rules.essence(row["name"]), rules.essence(row["feminine"])}
    return names | {f"{row['rome_code']} {name}" for name in names}


def _trades(names: Iterable[dict[str, str]], codes: Iterable[dict[str, str]]) -> Iterator[dict[str, Any]]:
    ours = db.session.execute(
        select(Trade.rome_code, Trade.family_slug).where(Trade.source == TradeSource.PORTAL, ~Trade.retired)
    )
    guess = rules.FamilyGuess(
        [(code, family) for code, family in ours], {row["code"]: row["parent_code"] for row in codes}
    )
    for row in names:
        yield {
            **row,
            "words": [],
            "family_slug": guess.of(row["rome_code"]),
            "source": TradeSource.ROME,
            "retired": False,
            "search_text": rules.search_text(row["name"], row["feminine"], ()),
        }


def _retire(current: set[str]) -> int:
    known = db.session.scalars(select(Trade.slug).where(Trade.source == TradeSource.ROME, ~Trade.retired))
    gone = [slug for slug in known if slug not in current]
    if gone:
        db.session.execute(update(Trade).where(Trade.slug.in_(gone)).values(retired=True, version=Trade.version + 1))
    return len(gone)
