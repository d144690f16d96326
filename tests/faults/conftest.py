"""One private plant for all fault tests; each test starts with all processes running."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode adds no test folder to the path

from plant import Plant, Proxy

from local import infra
from local.run_dir import RunDir


@pytest.fixture(scope="session")
def whole_plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    """Uses its own PostgreSQL and RabbitMQ, because other tests need theirs alive."""
    run = RunDir.of(tmp_path_factory.mktemp("faults"))
    plant = Plant(run, infra.up(run, ephemeral=True), tmp_path_factory.mktemp("logs"))
    try:
        plant.lay_out()
        yield plant
    finally:
        plant.stop()
        infra.down(run)


@pytest.fixture
def plant(whole_plant: Plant) -> Plant:
    whole_plant.start()
    return whole_plant


@pytest.fixture
def proxy(plant: Plant) -> Iterator[Proxy]:
    proxy = Proxy(plant.amqp_url)
    yield proxy
    proxy.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Prints the end of every process's log after a failure."""
    report = yield
    plant = item.funcargs.get("whole_plant") if isinstance(item, pytest.Function) else None
    if report.failed and isinstance(plant, Plant):
        for log in sorted(plant.logs.glob("*.log")):
            report.sections.append((log.name, "\n".join(log.read_text().splitlines()[-25:])))
    return report
