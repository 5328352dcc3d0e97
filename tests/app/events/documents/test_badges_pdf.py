"""Badges stand on their sheet, eight of them, each with the address of its page."""

from app.events.documents.badges_pdf import BADGE_HEIGHT, BADGE_WIDTH, cards_of, sheets_of
from app.events.queries.badges import Badge, TableCard
from app.events.rules.badges import width_of

LONG = "Association intermédiaire pour l’emploi et la formation du Val d’Yerres et du Sénart"


def badge(name: str) -> Badge:
    return Badge(name, "Alex Martin", "De table en table", "ACDEFGHJ")


def test_nine_badges_are_two_sheets_of_eight_and_one():
    sheets = sheets_of([badge("Chantier Vert")] * 9, "Rencontres", "https://portail.example")
    assert [len(sheet) for sheet in sheets] == [8, 1]
    assert len({(one.x, one.y) for one in sheets[0]}) == 8
    assert max(one.x for one in sheets[0]) + BADGE_WIDTH == 174
    assert max(one.y for one in sheets[0]) + BADGE_HEIGHT == 256


def test_the_longest_name_stays_on_its_badge():
    [[one]] = sheets_of([badge(LONG)], LONG, "https://portail.example")
    assert all(width_of(line.words) * line.size <= BADGE_WIDTH - 12 for line in one.name)
    assert all(line.y <= 36 for line in one.name)
    assert one.code == "ACDE-FGHJ"


def test_a_table_card_names_who_sits_there():
    [card] = cards_of([TableCard(4, ("Chantier Vert",), ("Maçon", "Jardinier"))])
    assert [line.words for line in card.names] == ["Chantier Vert"]
    assert [line.words for line in card.trades] == ["Maçon, Jardinier"]
