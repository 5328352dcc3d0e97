"""Where does each word of a badge and of a table card stand on its sheet? In millimetres, for a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import segno
from markupsafe import Markup

from app.events.queries.badges import Badge, TableCard
from app.events.rules.badges import Fitted, fitted, pages_of
from app.messages.rules.short_codes import shown_code

BADGE_WIDTH: Final = 87
BADGE_HEIGHT: Final = 64
"""Two by four on A4, inside the margins that every printer keeps."""
PREFIX: Final = "/badge/"


@dataclass(frozen=True, slots=True)
class Text:
    """One line: ``size`` in millimetres, ``y`` of its foot."""

    words: str
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class DrawnBadge:
    """One badge on its sheet."""

    x: int
    y: int
    badge: Badge
    title: str
    name: tuple[Text, ...]
    under: str
    code: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """One table card: half a sheet, folded so that both sides of the table read it."""

    table: int
    names: tuple[Text, ...]
    trades: tuple[Text, ...]


def sheets_of(badges: Sequence[Badge], title: str, base_url: str) -> list[list[DrawnBadge]]:
    """Eight a sheet."""
    return [[_drawn(badge, at, title, base_url) for at, badge in enumerate(sheet)] for sheet in pages_of(badges)]


def _drawn(badge: Badge, at: int, title: str, base_url: str) -> DrawnBadge:
    name = _name(badge.name)
    return DrawnBadge(
        x=at % 2 * BADGE_WIDTH,
        y=at // 2 * BADGE_HEIGHT,
        badge=badge,
        title=_line(title, BADGE_WIDTH - 12, 3.2),
        name=_stacked(name, first=20 if len(name.lines) > 1 else 25),
        under=_line(badge.under, 46, 4),
        code=shown_code(badge.code),
        qr=qr_at(f"{base_url}{PREFIX}{shown_code(badge.code)}", x=56, y=35, size=26),
    )


def _name(text: str) -> Fitted:
    """On one line when that leaves it large; else on two, which leave room for the line above."""
    alone = fitted(text, BADGE_WIDTH - 12, (11, 10, 9), lines=1)
    whole = " ".join(text.split())
    return alone if alone.lines == (whole,) else fitted(text, BADGE_WIDTH - 12, (8.5, 7.5, 6.5, 5.5))


def _line(text: str, width: float, size: float) -> str:
    return fitted(text, width, (size,), lines=1).lines[0] if text else ""


def _stacked(text: Fitted, first: float) -> tuple[Text, ...]:
    return tuple(Text(line, first + at * text.size * 1.15, text.size) for at, line in enumerate(text.lines))


def qr_at(address: str, *, x: float, y: float, size: float) -> Markup:
    """The QR of an address inside a larger drawing."""
    drawing: str = segno.make_qr(address, error="m").svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", f'<svg x="{x}" y="{y}" width="{size}" height="{size}" ', 1))  # noqa: S704


def cards_of(cards: Sequence[TableCard]) -> list[DrawnCard]:
    """One sheet a table: 174 by 256 millimetres, the same on both halves."""
    return [_card(card) for card in cards]


def _card(card: TableCard) -> DrawnCard:
    names = fitted(" · ".join(card.names), 110, (13, 11, 9, 7.5), lines=3)
    trades = fitted(", ".join(card.trades), 160, (6, 5, 4.5), lines=3) if card.trades else Fitted((), 5)
    return DrawnCard(card.table, _stacked(names, first=42), _stacked(trades, first=98))
