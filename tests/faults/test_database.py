"""PostgreSQL is killed and restarted; no other process is restarted."""

import time

from plant import Plant, until

HEALTHY_WITHIN = 10


def test_postgres_killed_and_back(plant: Plant):
    pids = {name: process.pid for name, process in plant.processes.items()}
    assert plant.make("before")[0] == 201
    until(plant.everyone_saw_everything_once)
    plant.kill("postgres")
    status, headers = plant.make("while away")
    assert status == 503
    assert int(headers["Retry-After"]) > 0
    for process in plant.processes.values():
        until(lambda process=process: process.get("/readyz")[0] == 503)
        assert process.get("/healthz")[0] == 200
    plant.start_postgres()
    back = time.monotonic()
    until(lambda: all(process.ready() for process in plant.processes.values()), within=HEALTHY_WITHIN)
    assert plant.make("after")[0] == 201
    until(plant.everyone_saw_everything_once, within=HEALTHY_WITHIN)
    assert {name: process.pid for name, process in plant.processes.items()} == pids
    assert all(process.alive for process in plant.processes.values())
    print(f"healthy {time.monotonic() - back:.1f} s after PostgreSQL was back")
