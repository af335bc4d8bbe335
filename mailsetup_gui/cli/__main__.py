"""python -m mailsetup_gui.cli"""

import sys

from mailsetup_gui.cli import main

sys.exit(main())
