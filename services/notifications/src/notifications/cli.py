"""The `notifications` command."""

from common.cli import service_cli, wired

main = service_cli("notifications", wired("notifications"))
