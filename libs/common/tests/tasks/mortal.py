"""The tasks component in a process that tests may kill. Told "start" on its standard input, it forks one.

Forking spares each of them the seconds that importing takes.
"""

import asyncio
import os
import signal
import sys

from field import app_of

from common.config import Settings
from common.tasks.worker import Tasks


def main() -> None:
    settings = Settings.load("field")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the parent speaks there
            app = app_of(settings)
            asyncio.run(_run(Tasks(app, app.tasks)))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


async def _run(tasks: Tasks) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await tasks.run(stop)


if __name__ == "__main__":
    main()
