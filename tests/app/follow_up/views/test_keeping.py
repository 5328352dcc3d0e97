"""What was typed comes back when the sign-in ended, or when the page was of another sign-in."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import scoped_session

from app.accounts.rules.throttles import Visitor
from app.core import clock
from app.core.errors import Throttled
from app.core.roles import Role
from app.core.settings import ROOT
from app.follow_up.models import FollowUpDraft, Voice
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.service import drafts
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, somebody

WORDS = "mots-gardés"
VISITOR = Visitor("192.0.2.7")


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


@pytest.fixture
def forged(app: Flask) -> Iterator[None]:
    """Pages carry their token again, as in life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def page_of(followed: Followed) -> str:
    return f"/suivis/visites/{followed.visits[VisitKind.MONTH_3].id}/compte-rendu"


def typed(client: FlaskClient, page: str) -> Any:
    return client.post(page, data={"version": "1", "action": "hold", "met_on": "05/11/2026", "person_words": WORDS})


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True))


def test_words_sent_by_nobody_wait_and_come_back_after_the_sign_in(
    client: FlaskClient,
    session: scoped_session,
    followed: Followed,
    sign_in: Callable[[Somebody], FlaskClient],
) -> None:
    answer = typed(client, page_of(followed))
    assert answer.status_code == 303
    way = urlsplit(answer.headers["Location"])
    assert way.path == "/connexion"
    back = parse_qs(way.query)["suite"][0]

    sign_in(followed.referent)
    shown = text(client.get(back))
    assert WORDS in shown
    assert 'value="hold" checked' in shown

    assert typed(client, back).status_code == 303
    assert session.scalar(select(func.count()).select_from(FollowUpDraft)) == 0
    assert session.scalars(select(Voice.words)).all() == [WORDS]


def test_words_that_wait_are_read_by_nobody_who_may_not_open_the_page(
    client: FlaskClient,
    session: scoped_session,
    followed: Followed,
    sign_in: Callable[[Somebody], FlaskClient],
) -> None:
    back = parse_qs(urlsplit(typed(client, page_of(followed)).headers["Location"]).query)["suite"][0]
    other = a_follow_up()
    stranger = somebody(Role.REFERENT)
    session.commit()
    assert sign_in(stranger).get(back).status_code == 404
    elsewhere = back.replace(page_of(followed), page_of(other))
    assert WORDS not in text(sign_in(other.referent).get(elsewhere))


def test_a_page_of_another_sign_in_comes_back_with_what_was_typed_and_records_nothing(
    session: scoped_session, followed: Followed, forged: None, sign_in: Callable[[Somebody], FlaskClient]
) -> None:
    client = sign_in(followed.referent)
    answer = typed(client, page_of(followed))
    assert answer.status_code == 303
    shown = text(client.get(answer.headers["Location"]))
    assert WORDS in shown
    assert "Vos mots sont là" in shown
    assert session.scalar(select(func.count()).select_from(Voice)) == 0


@pytest.mark.parametrize("empty", [{}, {"words": ""}])
def test_nothing_typed_is_the_page_that_asks_to_sign_in(
    client: FlaskClient, session: scoped_session, followed: Followed, empty: dict[str, str]
) -> None:
    assert client.post(page_of(followed), data=empty).status_code == 401
    assert session.scalar(select(func.count()).select_from(FollowUpDraft)) == 0


def test_other_forms_of_the_follow_up_are_refused_as_everywhere(client: FlaskClient, followed: Followed) -> None:
    assert client.post(f"/suivis/{followed.follow_up.id}/lien-tuteur", data={"channel": "email"}).status_code == 401


def test_a_draft_lives_two_days(session: scoped_session, today: date) -> None:
    draft_id = drafts.keep("/page", {"words": [WORDS]}, VISITOR)
    assert drafts.answers_of(draft_id, "/page") == {"words": [WORDS]}
    assert drafts.answers_of(draft_id, "/autre") is None
    session.execute(update(FollowUpDraft).values(written_at=clock.now() - timedelta(days=2, seconds=1)))
    assert drafts.answers_of(draft_id, "/page") is None
    drafts.keep("/page", {"words": ["autres"]}, VISITOR)
    assert session.scalar(select(func.count()).select_from(FollowUpDraft)) == 1


def test_a_draft_is_of_the_size_of_a_form(session: scoped_session, today: date) -> None:
    assert drafts.keep("/page", {"words": ["x" * 30_001]}, VISITOR) is None
    assert drafts.keep("/page", {f"f{rank}": ["x"] for rank in range(61)}, VISITOR) is None


def test_nobody_fills_the_base_with_drafts(session: scoped_session, today: date) -> None:
    for _ in range(drafts.PER_ADDRESS.tries):
        drafts.keep("/page", {"words": [WORDS]}, VISITOR)
    with pytest.raises(Throttled):
        drafts.keep("/page", {"words": [WORDS]}, VISITOR)


def test_the_script_that_keeps_words_is_light_and_allowed_on_every_page(client: FlaskClient, today: date) -> None:
    answer = client.get("/connexion")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "/static/keep.js" in text(answer)
    assert (ROOT / "app" / "static" / "keep.js").stat().st_size <= 3072
    assert (ROOT / "app" / "static" / "ask.js").stat().st_size <= 1024


def test_a_sign_that_no_keyboard_types_is_left_out_of_what_waits(
    client: FlaskClient, session: scoped_session, followed: Followed
) -> None:
    answer = client.post("/mon-travail/dire", data={"mood\0": "x", "words": f"{WORDS}\0 🙂"})

    assert answer.status_code == 303
    assert session.scalar(select(FollowUpDraft.answers)) == {"mood": ["x"], "words": [f"{WORDS} 🙂"]}
