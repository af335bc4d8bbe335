"""`mailsetup-gui` where Python is frozen into it."""

import door


def main() -> None:
    door.open_aside()
    from mailsetup_gui.desktop.app import program

    program()


main()
