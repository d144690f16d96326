"""The `agreements` command."""

from common.cli import service_cli, wired

main = service_cli("agreements", wired("agreements"))
