"""The `notifications` command."""

from common.cli import service_cli
from notifications.wiring import service

main = service_cli("notifications", service)
