"""`python -m local COMMAND --run DIR`"""

from local.cli import main

main()
