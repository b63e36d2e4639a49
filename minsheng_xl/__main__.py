"""python -m minsheng_xl."""

import sys

from minsheng_xl.cli import main

sys.exit(main())
