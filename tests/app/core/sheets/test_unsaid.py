"""An error or a formula whose result was never saved is shown; a value is left as it is."""

import pytest

from app.core.sheets.unsaid import with_visible_faults


def _inline(text: str, attributes: str = ' r="A2"') -> str:
    return f'<c{attributes} t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A2" t="e"><f>B1</f><v>#REF!</v></c>', _inline("#REF!")),
        ('<c r="A2" s="3" t="e"><v>#N/A</v></c>', _inline("#N/A", ' r="A2" s="3"')),
        ('<c r="A2"><f>B1*2</f><v /></c>', _inline("=B1*2")),
        ('<c r="A2"><f>B1*2</f><v></v></c>', _inline("=B1*2")),
        ('<c r="A2"><f>A1&amp;B1</f></c>', _inline("=A1&amp;B1")),
        ('<c r="A2"><f t="shared" si="0"/></c>', _inline("=?")),
        ('<c r="A2"><f>B1</f><v>7</v></c>', None),
        ('<c r="A2"><f t="shared" si="0"/><v>7</v></c>', None),
        ('<c r="A2" t="str"><f>B1</f><v></v></c>', None),
        ('<c r="A2" t="s"><v>3</v></c>', None),
        ('<c r="A2" s="1"/><c r="B2"><v>7</v></c>', None),
    ],
)
def test_a_cell_that_says_nothing_readable_is_shown(cell: str, shown: str | None) -> None:
    around = '<row r="2"><c r="Z1" s="1"/>{}<c r="Z2"><v>1</v></c></row>'
    assert with_visible_faults(around.format(cell).encode()) == around.format(shown or cell).encode()


def test_a_prefix_of_the_sheet_is_kept() -> None:
    cell = b'<x:c r="A2" t="e"><x:v>#N/A</x:v></x:c>'
    assert with_visible_faults(cell) == b'<x:c r="A2" t="inlineStr"><x:is><x:t>#N/A</x:t></x:is></x:c>'
