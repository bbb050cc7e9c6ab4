"""``python -m gouji.cli``: the command line without an installed script."""

import sys

from gouji.cli import main

sys.exit(main())
