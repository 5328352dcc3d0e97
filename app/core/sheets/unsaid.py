"""Which cells of an XLSX show an error, or a formula whose result was never saved? They are made to say so.

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
