"""``python -m tests.chaos``: see story.py."""

import sys

from tests.chaos.story import main

sys.exit(main())
