"""Run fuzzers: python -m tests.fuzz [NAME]."""

import sys

from tests.fuzz.run import main

sys.exit(main())
