"""The double-click door: python -m mailsetup_gui."""

import sys

from mailsetup_gui.desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
