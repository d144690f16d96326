"""The `billing` command."""

from common.cli import service_cli, wired

main = service_cli("billing", wired("billing"))
