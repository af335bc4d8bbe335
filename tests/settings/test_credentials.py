"""A store in memory for what stores may do, and GNOME's own for what one really does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

from mailsetup_gui.settings.credentials import SERVICE, KeyringTrouble, Obstacle, forget, keep, recall, store_name
from mailsetup_gui.wording.storing import obstacle
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


class Store(KeyringBackend):
    """A real one, as far as its name tells."""

    __module__ = "keyring.backends.SecretService"
    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


class Unknown(Store):
    __module__ = "keyrings.alt.file"


class Forgetful(Store):
    __module__ = "keyring.backends.kwallet"

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password[:-1]


class Broken(Store):
    __module__ = "keyring.backends.kwallet"

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


class Prompting(Store):
    """Waits for a person who is not there."""

    __module__ = "keyring.backends.libsecret"

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.over.wait(10)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.over.wait(10)


Use = Callable[[KeyringBackend], None]


@pytest.fixture
def use() -> Iterator[Use]:
    """keyring's chosen backend is put back afterwards."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def trouble(work: Callable[..., object], *args: object) -> KeyringTrouble:
    with pytest.raises(KeyringTrouble) as caught:
        work(*args)
    return caught.value


def test_a_password_is_kept_recalled_and_forgotten(use: Use) -> None:
    store = Store()
    use(store)

    assert recall("prod") is None
    assert keep("prod", PASSWORD) == "Secret Service"
    assert store.kept == {(SERVICE, "prod"): PASSWORD}
    assert recall("prod") == PASSWORD
    forget("prod")
    forget("prod")
    assert recall("prod") is None


def test_a_new_password_replaces_the_old_one(use: Use) -> None:
    use(Store())

    keep("prod", "old")
    keep("prod", "new")

    assert recall("prod") == "new"


@pytest.mark.parametrize("store", [NullKeyring(), FailKeyring(), Unknown()], ids=lambda store: type(store).__module__)
def test_what_is_no_real_store_is_not_trusted_with_a_password(store: KeyringBackend, use: Use) -> None:
    use(store)

    for found in (
        trouble(store_name),
        trouble(keep, "prod", PASSWORD),
        trouble(recall, "prod"),
        trouble(forget, "prod"),
    ):
        assert found.obstacle is Obstacle.NO_STORE
    assert getattr(store, "kept", {}) == {}


def chain_of(*stores: KeyringBackend) -> ChainerBackend:
    class Chain(ChainerBackend):
        backends = stores

    chain: ChainerBackend = Chain()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    return chain


def test_of_a_chain_the_first_real_store_is_used(use: Use) -> None:
    plain, real = Unknown(), Store()
    use(chain_of(NullKeyring(), plain, real))

    assert keep("prod", PASSWORD) == "Secret Service"
    assert (plain.kept, len(real.kept)) == ({}, 1)


def test_a_chain_without_a_real_store_is_none(use: Use) -> None:
    use(chain_of(NullKeyring(), Unknown()))

    assert trouble(keep, "prod", PASSWORD).obstacle is Obstacle.NO_STORE


def test_a_store_that_does_not_give_back_what_it_took_is_found_out(use: Use) -> None:
    use(Forgetful())

    assert trouble(keep, "prod", PASSWORD).obstacle is Obstacle.NOT_KEPT


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (KeyringLocked("locked"), Obstacle.LOCKED),
        (InitError("Prompt dismissed"), Obstacle.LOCKED),
        (NoKeyringError("none"), Obstacle.NO_STORE),
        (PasswordSetError(f"cannot write {PASSWORD}"), Obstacle.FAILED),
        (RuntimeError(f"D-Bus: {PASSWORD}"), Obstacle.FAILED),
        (OSError(5, PASSWORD), Obstacle.FAILED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.name,
)
def test_whatever_a_store_raises_is_an_obstacle_that_holds_no_secret(
    error: Exception, found: Obstacle, use: Use
) -> None:
    use(Broken(error))

    for caught in (trouble(keep, "prod", PASSWORD), trouble(recall, "prod")):
        assert caught.obstacle is found
        assert not leaks(f"{caught!r} {caught} {caught.reason} {obstacle(caught)}")


def test_a_store_that_waits_for_nobody_is_left_behind(use: Use) -> None:
    store = Prompting()
    use(store)
    began = time.monotonic()

    found = [trouble(keep, "prod", PASSWORD, 0.1), trouble(recall, "prod", 0.1)]

    assert time.monotonic() - began < 5
    assert [one.obstacle for one in found] == [Obstacle.SILENT] * 2
    store.over.set()
