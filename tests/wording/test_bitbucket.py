"""Whatever Bitbucket does, there is a sentence for it, and it claims no more than is known."""

from __future__ import annotations

import pytest

from mailsetup_gui.bitbucket.address import Address, Wrong
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.change import Setting, Spelling
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.troubles import RestError, Said, Trouble
from mailsetup_gui.bitbucket.writing import Step
from mailsetup_gui.wording import bitbucket, rest

WHERE = Address("https", "bitbucket.example.test", path="/stash")


@pytest.mark.parametrize("wrong", Wrong)
def test_every_mistake_in_address_or_sign_in_has_a_sentence(wrong: Wrong) -> None:
    assert rest.wrong(wrong, "x\u202ey").endswith(".")


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_sentence_with_what_bitbucket_says(trouble: Trouble) -> None:
    failure = Failure.SILENT if trouble is Trouble.UNREACHED else None
    error = RestError(trouble, "GET x", 418, (Said("port", "no\x1b[31m such", "E"),), "https://else.test/", failure)
    told = rest.trouble(error, WHERE)
    assert "port: “no\ufffd[31m such”" in told
    assert "{" not in told


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_to_get_an_answer_has_a_sentence(failure: Failure) -> None:
    assert "{" not in rest.trouble(RestError(Trouble.UNREACHED, "GET x", detail="d", failure=failure), WHERE)


@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("mail", [None, Mail(None), Mail({"hostname": "a.test", "username": "u"})])
def test_every_result_is_told(result: Result, mail: Mail | None) -> None:
    error = RestError(Trouble.SERVER_ERROR, "PUT x", 500)
    unequal = frozenset((Setting.ENCRYPTION, Setting.SENDER))
    told = bitbucket.applied(Applied(result, mail, unequal, Spelling.CAMEL_CASE, True, True, error, True), WHERE)
    assert told.title
    assert "{" not in "".join((told.title, *told.lines))
    assert (told.mood == "ok") == (result in (Result.SAVED, Result.SAME))
    assert ("saved and read back" in told.title.lower()) == (result is Result.SAVED and mail != Mail(None))


def test_a_step_tells_its_request_and_how_it_was_spelled() -> None:
    assert bitbucket.step(Step("PUT x", None, Spelling.HYPHENATED), WHERE) == "✓ PUT x (with hyphens)"
    assert bitbucket.step(Step("PUT x", RestError(Trouble.INVALID, "PUT x", 400)), WHERE).startswith("✕ PUT x: ")
