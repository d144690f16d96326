"""A consumer in a process that tests may kill. Told "start" on its standard input, it forks one and prints its id.

Forking spares each of them the seconds that importing takes.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from harness import Base, handlers_of, record, settings

from common.app import App
from common.messaging.consumer import Consumer
from common.uow import UnitOfWork


def main(folder: Path, values: dict[str, Any]) -> None:
    def handle(work: UnitOfWork, data: dict[str, Any]) -> None:
        while (folder / "hold").exists():
            time.sleep(0.01)
        if data["name"] == "poison":
            os._exit(1)
        record(work, data)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            app = App(name="probe", settings=settings(**values), base=Base, handlers=[*handlers_of(handle)])
            asyncio.run(Consumer(app).run(asyncio.Event()))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
