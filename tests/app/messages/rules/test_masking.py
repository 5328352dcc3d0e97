"""An administrator sees that an address is in trouble, not whose it is."""

import pytest

from app.messages.rules import Channel
from app.messages.rules.masking import masked


@pytest.mark.parametrize(
    ("channel", "address", "shown"),
    [
        (Channel.EMAIL, "alex.martin@exemple.fr", "a•••@exemple.fr"),
        (Channel.EMAIL, "nonsense", "•••"),
        (Channel.SMS, "+33639980101", "••• 01"),
        (Channel.LETTER, "Mme Diallo\n3 rue du Four", "•••"),
    ],
)
def test_an_address_is_masked(channel: Channel, address: str, shown: str) -> None:
    assert masked(channel, address) == shown
