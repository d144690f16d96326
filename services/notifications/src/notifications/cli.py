"""The `notifications` command."""

from common.cli import service_cli
from notifications.wiring import app

main = service_cli("notifications", app)
