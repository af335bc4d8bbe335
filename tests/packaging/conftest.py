"""Built once for all of these tests: the package, the portable folder, a bare Debian with the package in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging import bare, places, screen


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    places.tools("dpkg-deb", "readelf", "strip", "git")
    return places.built("deb", tmp_path_factory.mktemp("deb"))


@pytest.fixture(scope="session")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bare.unpacked(package, tmp_path_factory.mktemp("unpacked"))


@pytest.fixture(scope="session")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    places.tools("objdump", "readelf", "strip", "git")
    return places.built("folder", tmp_path_factory.mktemp("portable"))


@pytest.fixture(scope="session")
def debian(package: Path) -> Iterator[bare.Root]:
    with bare.root() as made:
        made.install(package)
        yield made


@pytest.fixture
def display() -> Iterator[screen.Screen]:
    with screen.shown() as made:
        yield made
