"""A real private RabbitMQ: reachable with its tools, and confirmed messages survive a crash."""

import asyncio
import os
import subprocess
from pathlib import Path

import aio_pika
import pytest

from local import envfile, infra, processes, rabbitmq
from local.run_dir import RunDir


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    run = RunDir.of(tmp_path_factory.mktemp("rabbitmq") / "run")
    prepared = infra.prepare(run, ephemeral=True)
    infra.start_rabbitmq(run, prepared)
    yield run, prepared
    for name in ("rabbitmq", "epmd"):
        processes.stop(run, name)


def test_the_pid_file_names_the_broker_itself(node):
    run, _ = node
    pid = int((run.pids / "rabbitmq.pid").read_text())
    assert Path(f"/proc/{pid}/comm").read_text().strip() == "beam.smp"


def test_its_own_tool_reaches_it(node):
    run, prepared = node
    env = os.environ | envfile.read(run.rabbitmq / "ctl.env")
    assert prepared.env["RABBITMQCTL_ENV_FILE"] == str(run.rabbitmq / "ctl.env")
    listed = subprocess.run(
        [rabbitmq.program("rabbitmqctl"), "--quiet", "list_users"], env=env, capture_output=True, text=True, check=True
    )
    assert "evergreen" in listed.stdout


def test_confirmed_messages_in_a_quorum_queue_survive_a_crash(node):
    run, prepared = node

    async def publish():
        async with await aio_pika.connect(prepared.env["AMQP_URL"]) as connection:
            channel = await connection.channel(publisher_confirms=True)
            await channel.declare_queue("kept", durable=True, arguments={"x-queue-type": "quorum"})
            message = aio_pika.Message(b"42", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, "kept")

    async def read():
        async with await aio_pika.connect(prepared.env["AMQP_URL"]) as connection:
            channel = await connection.channel()
            queue = await channel.get_queue("kept")
            return (await queue.get(timeout=20, no_ack=True)).body

    def registered():
        """RabbitMQ 3.10 stores a new quorum queue's name half a second later; a kill before that loses it."""
        return any(b"kept" in file.read_bytes() for file in run.rabbitmq.glob("data/**/names.dets"))

    asyncio.run(publish())
    assert processes.wait_until(registered, 10)
    processes.kill(run, "rabbitmq")
    infra.start_rabbitmq(run, prepared)
    assert asyncio.run(read()) == b"42"
