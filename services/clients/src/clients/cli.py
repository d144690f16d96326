"""The `clients` command."""

from common.cli import service_cli, wired

main = service_cli("clients", wired("clients"))
