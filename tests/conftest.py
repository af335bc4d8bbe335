"""What holds for every test: no display is needed, and where MAILSETUP_CI is 1 a skipped test is a failed one."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

os.environ["LANGUAGE"] = "en"  # what the tests read, whoever runs them
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # theirs is neither asked nor changed
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first test module imports PySide6

_STATE = tempfile.mkdtemp(prefix="mailsetup-state-")
atexit.register(shutil.rmtree, _STATE, ignore_errors=True)
os.environ["MAILSETUP_STATE_DIR"] = _STATE  # nothing of a test stays with the person who runs it

pytest_plugins = ["tests.postfix", "tests.settings.stores"]

PACKAGES = "tests/packaging/"
IS_CI = os.environ.get("MAILSETUP_CI") == "1"


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist is not typed
    """A file's tests stay in one process, which makes their servers once; so do the tests of the finished packages."""

    def _split_scope(self, nodeid: str) -> str:
        return PACKAGES if nodeid.startswith(PACKAGES) else nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: no process is left waiting for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(PACKAGES))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IS_CI and report.skipped:
        fail(report)
    return report


def fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    """CI installs whatever a test needs, so a skip there means that something is not proven any more."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"CI accepts no skipped test. {reason}"
