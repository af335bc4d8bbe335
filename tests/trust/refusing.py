"""A truststore that is refused, by the sentence that a person reads. Not a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mailsetup_gui.trust.writers import BundleError
from mailsetup_gui.wording import truststores


@contextmanager
def refused(said: str) -> Iterator[pytest.ExceptionInfo[BundleError]]:
    with pytest.raises(BundleError) as caught:
        yield caught
    assert re.search(said, truststores.refused(caught.value))
