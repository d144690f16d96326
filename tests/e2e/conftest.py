"""End-to-end tests on one running system; what several of them use stands beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode puts no test folder on the path
