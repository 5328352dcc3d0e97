"""Which cells of a workbook show an error, or a formula whose result was never saved? They are made to say so.

The reader takes both for empty cells; a sheet of hours would lose them without a word.
"""

import re
from typing import Final

_PREFIX: Final = rb"(?:\w+:)?"
_CELL: Final = re.compile(rb"<((?:\w+:)?)c\b([^<>]*)(?<!/)>(.*?)</\1c>", re.DOTALL)
_SUSPECT: Final = re.compile(
    rb'<%sc\b[^<>]*\bt="e"'
    rb"|(?:</%sf>|<%sf\b[^<>]*/>)\s*(?:<%sv\s*/>|<%sv>\s*</%sv>|</%sc>)" % ((_PREFIX,) * 7)
)
_KIND: Final = re.compile(rb'\s+t="(\w+)"')
_FORMULA: Final = re.compile(rb"<%sf\b[^<>]*?(?:/>|>(.*?)</%sf>)" % (_PREFIX, _PREFIX), re.DOTALL)
_VALUE: Final = re.compile(rb"<%sv>\s*([^<]*?)\s*</%sv>" % (_PREFIX, _PREFIX))


def with_visible_faults(text: bytes) -> bytes:
    """The XML of a sheet where « #REF! » and « =SUM(A1:A3) » are texts, when they are all that the cell holds."""
    return _CELL.sub(_judge, text) if _SUSPECT.search(text) else text


def _judge(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, inside = cell[1], cell[2], cell[3]
    said = _KIND.search(attributes)
    kind = said[1] if said else b"n"
    value = _VALUE.search(inside)
    formula = _FORMULA.search(inside)
    if kind == b"e":
        shown = (value[1] if value else b"") or b"#REF!"
    elif formula and kind in {b"n", b"b", b"d"} and not (value and value[1]):
        shown = b"=" + (formula[1] or b"?")
    else:
        return cell[0]
    rest = _KIND.sub(b"", attributes)
    return b'<%sc%s t="inlineStr"><%sis><%st>%s</%st></%sis></%sc>' % (
        (prefix, rest, prefix, prefix, shown, prefix, prefix, prefix)
    )


_ODS_CELL: Final = re.compile(
    rb"<table:table-cell\b([^<>]*?)(?:/>|>(.*?)</table:table-cell>)",
    re.DOTALL,
)
_ODS_SUSPECT: Final = re.compile(rb'value-type="error"|>\s*(?:#[A-Z]|Err:\d)|table:formula="')
_ODS_TEXT: Final = re.compile(rb"<text:p\b[^<>]*>\s*([^<]*?)\s*</text:p>")
_ODS_ERROR: Final = re.compile(rb"(?:#[A-Z][A-Z0-9/]*\s?[!?]?|Err:\d{3})")
_ODS_FORMULA: Final = re.compile(rb'\btable:formula="(?:\w+:)?=?([^"]*)"')
_ODS_VALUE: Final = re.compile(rb'\s+(?:office:(?:value-type|value|string-value)|calcext:value-type)="[^"]*"')


def with_visible_ods_faults(text: bytes) -> bytes:
    """The same for the content of an ODS, where an error is written as an empty text or as zero."""
    return _ODS_CELL.sub(_judge_ods, text) if _ODS_SUSPECT.search(text) else text


def _judge_ods(cell: re.Match[bytes]) -> bytes:
    attributes, inside = cell[1], cell[2] or b""
    said = _ODS_TEXT.search(inside)
    formula = _ODS_FORMULA.search(attributes)
    if b'calcext:value-type="error"' in attributes or (said and _ODS_ERROR.fullmatch(said[1])):
        shown = (said[1] if said else b"") or b"#N/A"
    elif formula and b"office:value-type=" not in attributes:
        shown = b"=" + formula[1]
    else:
        return cell[0]
    rest = _ODS_VALUE.sub(b"", attributes)
    return b'<table:table-cell%s office:value-type="string"><text:p>%s</text:p></table:table-cell>' % (rest, shown)
