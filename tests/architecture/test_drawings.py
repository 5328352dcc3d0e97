"""The drawn documents say what the code does now."""

import pytest
from flask import Flask

from app import drawings
from app.core.settings import ROOT


@pytest.mark.parametrize("name", ["states.md", "permissions.md"])
def test_a_drawn_document_is_up_to_date(app: Flask, name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == drawings.documents(app)[name], "run « make docs »"
