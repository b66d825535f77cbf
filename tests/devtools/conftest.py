"""The two emulators that the contract tests compare, started once per session."""

from collections.abc import Generator

import pytest

from tests.devtools.emulators import Emulator


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    """MiniStack as it comes."""
    emulator = Emulator(tmp_path_factory.mktemp("stock"), mended=False)
    try:
        yield emulator.start()
    finally:
        emulator.stop()


@pytest.fixture(scope="session")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    """MiniStack with our shim, as ``hub up`` runs it."""
    emulator = Emulator(tmp_path_factory.mktemp("mended"), mended=True)
    try:
        yield emulator.start()
    finally:
        emulator.stop()
