"""The tasks that every service has beside its own."""

from datetime import timedelta

from common.app import App, Tick
from common.blobs.collecting import COLLECT
from common.messaging.retention import PRUNE
from common.republishing import REPUBLISH
from common.tasks.declaring import Task

HOUSEKEEPING = (Tick(PRUNE, timedelta(hours=1)), Tick(COLLECT, timedelta(hours=1)))


def tasks_of(app: App) -> dict[str, Task]:
    """Returns the tasks that the app's workers run, by name."""
    return {task.name: task for task in (PRUNE, COLLECT, REPUBLISH, *app.tasks)}
