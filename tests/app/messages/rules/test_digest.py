"""The letter of the day says what each message said, without greeting again."""

from app.messages.rules import Category
from app.messages.rules.digest import Item, Waited, sections, told_lines


def waited(category: Category, subject: str, body: str = "") -> Waited:
    return Waited(category, "J. Martin", subject, body)


def test_messages_are_grouped_in_the_order_of_the_categories_and_keep_their_own() -> None:
    found = sections([waited(Category.CLAUSES, "1"), waited(Category.APPLICATIONS, "2"), waited(Category.CLAUSES, "3")])
    assert [(part.category, [item.subject for item in part.items]) for part in found] == [
        (Category.APPLICATIONS, ["2"]),
        (Category.CLAUSES, ["1", "3"]),
    ]


def test_greeting_and_closing_words_are_left_out_and_links_stay() -> None:
    body = "Bonjour J. Martin,\n\nUne personne attend :\nhttps://p.fr/a\n\nLe portail insertion de l’Essonne"
    assert sections([waited(Category.OFFERS, "S", body)])[0].items == (
        Item("S", ("Une personne attend :", "https://p.fr/a")),
    )


def test_a_greeting_on_the_line_of_the_text_goes_alone() -> None:
    assert told_lines(waited(Category.OFFERS, "S", "Bonjour J. Martin. Deux offres.")) == ("Deux offres.",)


def test_a_text_that_greets_nobody_is_told_whole() -> None:
    assert told_lines(waited(Category.OFFERS, "S", "Deux offres.\n\nUn lien")) == ("Deux offres.", "Un lien")
