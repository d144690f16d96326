"""The `gateway` command."""

from common.cli import service_cli, wired
from gateway.organisation.commands import organisation
from gateway.user.commands import users

main = service_cli("gateway", wired("gateway"))
main.add_command(users)
main.add_command(organisation)
