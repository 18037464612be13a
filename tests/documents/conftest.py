"""What tests of documents share."""

import csv
from collections.abc import Iterator

import pytest


@pytest.fixture
def csv_limit() -> Iterator[None]:
    """Put back how long a field of a CSV file may be: frictionless moves it for the whole process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)
