"""Workers are killed at the three moments when an event could be lost or duplicated."""

import signal

import pytest
from plant import Plant, Process, Proxy, until


def duplicates(worker: Process) -> float:
    """Returns how many events the worker received a second time."""
    lines = worker.get("/metrics")[1].decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if 'outcome="duplicate"' in line and "_total{" in line)


def restart(plant: Plant, name: str) -> None:
    plant[name].start()
    until(plant[name].ready)


def test_killed_between_commit_and_publish(plant: Plant):
    plant["sample-worker"].signal(signal.SIGSTOP)
    for number in range(20):
        assert plant.make(f"stranded {number}")[0] == 201
    assert plant.unpublished() == 20
    plant["sample-worker"].kill()
    restart(plant, "sample-worker")
    until(plant.everyone_saw_everything_once)


def test_killed_between_handling_and_acknowledging(plant: Plant, proxy: Proxy):
    worker = plant["mirror-worker"]
    worker.stop()
    worker.start(AMQP_URL=proxy.url)
    until(worker.ready)
    before = plant.effects("mirror")
    proxy.hold_to_broker = True  # deliveries arrive, acknowledgements do not
    for number in range(20):
        assert plant.make(f"unacknowledged {number}")[0] == 201
    until(lambda: plant.effects("mirror") == before + 20)
    worker.kill()
    proxy.close()
    restart(plant, "mirror-worker")
    until(lambda: duplicates(worker) == 20)  # they were delivered again
    assert plant.everyone_saw_everything_once()


def test_killed_after_a_lost_confirm(plant: Plant, proxy: Proxy):
    worker = plant["sample-worker"]
    worker.stop()
    worker.start(AMQP_URL=proxy.url)
    until(worker.ready)
    before, met_before = plant.effects("mirror"), duplicates(plant["mirror-worker"])
    proxy.hold_to_client = True  # the broker accepts the events; its confirms do not arrive
    for number in range(20):
        assert plant.make(f"unconfirmed {number}")[0] == 201
    until(lambda: plant.effects("mirror") > before)
    assert plant.unpublished() == 20
    worker.kill()
    proxy.close()
    restart(plant, "sample-worker")
    until(plant.everyone_saw_everything_once)
    assert duplicates(plant["mirror-worker"]) > met_before  # they were published again


@pytest.mark.parametrize("held", ["hold_to_client", "hold_to_broker"])
def test_connection_cut_with_an_event_on_its_way(held: str, plant: Plant, proxy: Proxy):
    """The worker reconnects by itself; it is unknown whether the broker has the event."""
    worker = plant["sample-worker"]
    worker.stop()
    worker.start(AMQP_URL=proxy.url)
    until(worker.ready)
    setattr(proxy, held, True)
    held_before = proxy.held
    assert plant.make("cut")[0] == 201
    until(lambda: proxy.held > held_before)
    assert plant.unpublished() == 1
    proxy.cut()
    setattr(proxy, held, False)
    until(plant.everyone_saw_everything_once)
    assert worker.alive
    worker.stop()
    restart(plant, "sample-worker")


def test_asked_to_stop_it_ends_cleanly(plant: Plant):
    worker = plant["mirror-worker"]
    worker.stop()
    assert worker.popen is not None
    assert worker.popen.returncode == 0
    restart(plant, "mirror-worker")
