"""RabbitMQ is killed repeatedly under load."""

import pytest
from plant import Plant, load, until


def answers(statuses: list[int], more: int) -> None:
    """Waits for that many more answers."""
    seen = len(statuses)
    until(lambda: len(statuses) >= seen + more)


@pytest.mark.slow
def test_broker_killed_three_times_under_load(plant: Plant):
    """No request fails, every event leaves within 30 s of the end, every subscriber handles each once."""
    with load(plant, "storm") as statuses:
        for _ in range(3):
            answers(statuses, 50)
            plant.kill("rabbitmq")
            answers(statuses, 50)  # requests do not wait for the broker
            plant.start_broker()
    until(lambda: plant.unpublished() == 0, within=30)
    until(plant.everyone_saw_everything_once)
    assert set(statuses) == {201}
    assert plant.events() >= len(statuses) >= 300
    assert all(process.alive for process in plant.processes.values())
