"""What the tests of this room share."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from mailsetup_gui.smtp.waiting import Cancel


@pytest.fixture
def cancel() -> Iterator[Cancel]:
    with closing(Cancel()) as cancel:
        yield cancel
