"""The `catalog` command."""

from common.cli import service_cli, wired

main = service_cli("catalog", wired("catalog"))
