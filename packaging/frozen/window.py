"""`mailsetup-gui` where Python is frozen into it."""

import sys

import door


def main() -> int:
    door.open_reader()
    sys.argv[0] = door.WINDOW_CLASS
    from mailsetup_gui.desktop.app import main

    return main()


sys.exit(main())
