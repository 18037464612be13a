"""Toy houses: one that stands for all tests of a module, and one to be broken."""

from collections.abc import Iterator

import pytest

from tests.server.toy import House
from tests.waiting import until


@pytest.fixture(scope="module")
def standing() -> Iterator[House]:
    made = House()
    yield made
    made.stop()
    assert not made.thread.is_alive()


@pytest.fixture
def house(standing: House) -> House:
    """Give the house that stands for all tests, swept."""
    assert until(lambda: standing.hub.connected(1) == 0)
    standing.receipts.clear()
    standing.casts = standing.waiting = 0
    standing.closed.clear()
    return standing


@pytest.fixture
def own_house() -> Iterator[House]:
    """Give a house that the test may break or close."""
    made = House()
    yield made
    made.stop()
    assert not made.thread.is_alive()
